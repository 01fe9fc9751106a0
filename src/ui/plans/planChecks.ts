import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { Creation } from '../../core/creation/creation';
import type { Finding } from '../../core/errors/finding';
import { sameId } from '../../core/armId';
import { isDone } from '../../core/plan/planState';
import type { ReadServer } from '../../core/plan/rotationGroup';
import type { RotationPlan } from '../../core/plan/rotationPlan';
import type { ChangingStep } from '../../core/plan/runPlan';
import { longestReadMs } from '../fixes/rightsObstacles';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';

/**
 * Runs the checks before the changes of one kind: those of each change that is left, and whether the servers can still use their
 * current TDE protectors.
 */
export async function checkPlan(
  services: Services,
  plan: RotationPlan,
  kind: ChangingStep['kind'],
  servers: readonly ReadServer[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(longestReadMs)]);
  const creationOf = (on: { readonly id: string }, keyIdentifier: string | undefined): readonly Creation[] => {
    const parsed = parseKeyIdentifier(keyIdentifier ?? '', services.cloud());
    const there = servers.find(({ server }) => sameId(server.id, on.id));
    return parsed.ok && there ? [{ server: there.server, key: parsed.key }] : [];
  };
  const changes = plan.steps.flatMap((step) =>
    step.kind === kind && !isDone(step, servers) ? creationOf(step.server, step.keyIdentifier) : [],
  );
  const present = servers.flatMap(({ server, protector }) => creationOf(server, protector.uri));
  const checker = creationChecker(services, changes);
  const found = await Promise.all([
    ...changes.map(async (creation) =>
      kind === 'createServerKey'
        ? ((await checker.check(creation, limited)).findings ?? [])
        : checker.checkProtector(creation, plan.autoRotation, limited),
    ),
    ...present.map((creation) => checker.checkProtector(creation, undefined, limited)),
  ]);
  return found.flat();
}
