import type { Finding } from '../../core/errors/finding';
import type { ReadServer } from '../../core/plan/rotationGroup';
import type { KeyIdentifier } from '../../core/vaultModel';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';

/** What the checks of the keys find for each server, without what passed. */
export async function checkKeys(
  services: Services,
  servers: readonly ReadServer[],
  keys: readonly KeyIdentifier[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const run = servers.flatMap(({ server }) => keys.map((key) => ({ server, key })));
  const { check } = creationChecker(services, run);
  const checked = await Promise.all(run.map((creation) => check(creation, signal)));
  const findings = checked.flatMap(({ findings: all = [] }) => all.filter(({ outcome }) => outcome !== 'pass'));
  return findings.filter(({ text }, i) => findings.findIndex((one) => one.text === text) === i);
}
