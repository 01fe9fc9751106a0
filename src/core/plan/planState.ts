import * as l10n from '@vscode/l10n';
import { idKey, sameId } from '../armId';
import type { Finding } from '../errors/finding';
import { isSameVaultKey, isServerKeyOf, isSetTo } from '../keys/sameKey';
import type { GeoPartner, TdeProtector } from '../model';
import { listed } from '../text';
import type { PlanServer } from './rotationGroup';
import { rotationPlan, type RotationPlan, type Step } from './rotationPlan';

/** Whether a step is done. A comparison never is, because it is repeated before each TDE protector. */
export function isDone(step: Step, servers: readonly PlanServer[]): boolean {
  if (step.kind === 'compareThumbprints') return false;
  const now = servers.find(({ server }) => sameId(server.id, step.server.id));
  const key = now?.keys.find(isServerKeyOf(step.keyIdentifier));
  if (!now || !key) return false;
  return (
    step.kind === 'createServerKey' || (isSetTo(now.protector, key) && now.protector.autoRotation === step.autoRotation)
  );
}

/** The steps that aren't done. */
export const stepsLeft = (plan: RotationPlan, servers: readonly PlanServer[]): readonly Step[] =>
  stepsWithout(
    plan,
    plan.steps.filter((step) => isDone(step, servers)),
  );

/** The steps without those that are done. A comparison is left as long as a TDE protector is. */
export function stepsWithout({ steps }: RotationPlan, done: readonly Step[]): readonly Step[] {
  const left = steps.filter((step) => !done.includes(step));
  const isComparisonLeft = left.some(({ kind }) => kind === 'setProtector');
  return steps.filter((step) => (step.kind === 'compareThumbprints' ? isComparisonLeft : left.includes(step)));
}

/**
 * What differs between the state that a plan was created for and the current one, as sentences. What the plan itself has changed
 * doesn't count.
 */
export function differences(plan: RotationPlan, now: readonly PlanServer[]): readonly string[] {
  const pairs = plan.servers.flatMap((before) => {
    const after = now.find(({ server }) => sameId(server.id, before.server.id));
    return after ? [{ before, after }] : [];
  });
  const gone = plan.servers.filter(({ server }) => !pairs.some(({ before }) => before.server === server));
  const added = now.filter(({ server }) => !pairs.some(({ after }) => after.server === server));
  return [
    ...gone.map(({ server }) => l10n.t('"{0}" no longer replicates with the other servers.', server.name)),
    ...added.map(({ server }) => l10n.t('"{0}" replicates with the servers of the plan now.', server.name)),
    ...pairs.flatMap(({ before, after }) => [
      ...(rolesOf(before) === rolesOf(after)
        ? []
        : [l10n.t('The replication of "{0}" has changed.', before.server.name)]),
      ...protectorDifference(plan, before, after),
    ]),
    ...missingKeys(plan, now),
  ];
}

const rolesOf = ({ partners }: PlanServer): string =>
  [...new Set(partners.map(({ name, role }: GeoPartner) => `${role} ${idKey(name)}`))].sort().join();

function protectorDifference(
  plan: RotationPlan,
  { server, protector }: PlanServer,
  after: PlanServer,
): readonly string[] {
  const step = plan.steps.find((one) => one.kind === 'setProtector' && sameId(one.server.id, server.id));
  if (step && isDone(step, [after])) return [];
  if (!isSameProtector(protector, after.protector)) {
    return [l10n.t('The TDE protector of "{0}" is another key now.', server.name)];
  }
  if (protector.autoRotation === after.protector.autoRotation) return [];
  return after.protector.autoRotation
    ? [l10n.t('Automatic rotation of "{0}" is on now.', server.name)]
    : [l10n.t('Automatic rotation of "{0}" is off now.', server.name)];
}

/** Whether two readings show the same key as the TDE protector of a server. */
export const isSameProtector = (one: TdeProtector, other: TdeProtector): boolean =>
  one.type === other.type &&
  (one.type === 'serviceManaged' || isSameVaultKey(one, other) || sameId(one.serverKeyName, other.serverKeyName));

/** Server keys that were there when the plan was created, and that it needs. */
function missingKeys(plan: RotationPlan, now: readonly PlanServer[]): readonly string[] {
  const [first, ...others] = now;
  if (!first) return [];
  const isPlanned = (step: Step): boolean =>
    plan.steps.some((one) => one.kind === 'createServerKey' && isSameCreation(one, step));
  const { steps } = rotationPlan([first, ...others], plan.keyIdentifier, plan.autoRotation, plan.ownKeys);
  return steps.flatMap((step) =>
    step.kind === 'createServerKey' && !isPlanned(step)
      ? [l10n.t('"{0}" no longer has the server key {1}.', step.server.name, step.keyIdentifier)]
      : [],
  );
}

type CreationStep = Extract<Step, { kind: 'createServerKey' }>;

const isSameCreation = (one: CreationStep, other: Step): boolean =>
  other.kind === 'createServerKey' &&
  sameId(one.server.id, other.server.id) &&
  sameId(one.keyIdentifier, other.keyIdentifier);

/** What isn't as planned after the last step, as sentences. */
export function problemsAtEnd(plan: RotationPlan, now: readonly PlanServer[]): readonly string[] {
  const changed = plan.steps.flatMap((step) => (step.kind === 'setProtector' && !isDone(step, now) ? [step] : []));
  return [
    ...differences(plan, now),
    ...changed.map(({ server }) => l10n.t('The TDE protector of "{0}" isn\'t the new key.', server.name)),
    ...barrier(plan, now),
  ];
}

/** The replication that hasn't caught up, so that no TDE protector may change. */
export const lagging = (servers: readonly Pick<PlanServer, 'server' | 'partners'>[]): readonly Finding[] =>
  servers.flatMap(({ server, partners }) =>
    partners.flatMap(({ role, name, lag }) =>
      role === 'primary' && lag !== undefined
        ? [
            {
              outcome: 'fail',
              text: l10n.t('"{0}" hasn\'t caught up with "{1}": {2}', server.name, name, lag),
              codes: [],
            },
          ]
        : [],
    ),
  );

/**
 * Why the TDE protectors must not change yet, as sentences: a server lacks a key, or the same key has another thumbprint on
 * another server.
 */
export function barrier({ steps, servers: planned }: RotationPlan, now: readonly PlanServer[]): readonly string[] {
  const newKeys = steps.flatMap((step) => (step.kind === 'setProtector' ? [step.keyIdentifier] : []));
  const uris = [...newKeys, ...planned.flatMap(({ protector }) => protector.uri ?? [])];
  return [...new Map(uris.map((uri) => [idKey(uri), uri])).values()].flatMap((uri) => {
    const found = now.map(({ server, keys }) => ({ name: server.name, key: keys.find(isServerKeyOf(uri)) }));
    const lacking = newKeys.includes(uri) ? found.filter(({ key }) => !key) : [];
    const thumbprints = new Map(found.flatMap(({ key }) => (key?.thumbprint ? [[idKey(key.thumbprint), uri]] : [])));
    return [
      ...lacking.map(({ name }) => l10n.t('"{0}" doesn\'t have the server key {1}.', name, uri)),
      ...(thumbprints.size > 1
        ? [l10n.t('{0} has different thumbprints on {1}.', uri, listed(found.map(({ name }) => `"${name}"`)))]
        : []),
    ];
  });
}
