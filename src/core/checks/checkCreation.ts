import { tellsNoCause } from '../errors/errorCatalogue';
import { lockCheck, newKeyPermissionCheck, permissionCheck, throttlingCheck } from './callerChecks';
import type { Creation } from '../creation/creation';
import type { Facts } from './facts';
import type { Evidence, Finding, Outcome } from '../errors/finding';
import type { Check, World } from './check';
import { denyCheck, policyCheck, synapseCheck } from './governanceChecks';
import { newestCheck } from './keyChecks';
import { serverKeyCheck } from './keyUseChecks';
import { evidenceForOutage, isOutage, outageFindings } from './outage';
import { chainCheck, protectorsCheck, replicasCheck } from './replicaChecks';
import { regionCheck } from './regionCheck';
import { requestCheck } from './requestCheck';
import { operationsCheck, registeredCheck, serverCheck } from './serverChecks';

/** All checks, in the order in which Azure SQL would encounter the problems. */
const checks: readonly Check[] = [
  requestCheck,
  permissionCheck,
  newKeyPermissionCheck,
  denyCheck,
  synapseCheck,
  policyCheck,
  lockCheck,
  throttlingCheck,
  serverCheck,
  operationsCheck,
  registeredCheck,
  serverKeyCheck,
  newestCheck,
  chainCheck,
  replicasCheck,
  protectorsCheck,
  regionCheck,
];

/** Predicts from the facts whether Azure would create the server key. */
export function checkCreation(creation: Creation, facts: Facts, world: World): readonly Finding[] {
  const findings = checks.flatMap((check) => check(creation, facts, world));
  return [...findings, ...outageFindings(creation, facts, findings, world)];
}

/** These are only about the request that creates a server key. */
const creationOnly: ReadonlySet<Check> = new Set([
  requestCheck,
  permissionCheck,
  newKeyPermissionCheck,
  denyCheck,
  policyCheck,
  registeredCheck,
]);
/** Azure refuses these only when the key becomes the TDE protector. */
const refusedAsProtector: ReadonlySet<Check> = new Set([newestCheck, chainCheck, replicasCheck]);

/** Predicts from the facts whether the server can use a server key as its TDE protector, with or without automatic rotation. */
export function checkProtector(
  creation: Creation,
  facts: Facts,
  world: World,
  autoRotation?: boolean,
): readonly Finding[] {
  const { protector } = facts;
  const wanted =
    protector.value && autoRotation !== undefined
      ? { ...facts, protector: { value: { ...protector.value, autoRotation } } }
      : facts;
  const findings = checks
    .filter((check) => !creationOnly.has(check))
    .flatMap((check) => {
      const found = check(creation, wanted, world);
      return autoRotation !== undefined && refusedAsProtector.has(check) ? found.map(asRefusal) : found;
    });
  return [...findings, ...outageFindings(creation, facts, findings, world)];
}

/** Tells from the facts why a server can't use the newest version of its key: the key has no version. Rights of the user don't matter. */
export const checkRotation: Check = serverKeyCheck;

const asRefusal = (finding: Finding): Finding =>
  finding.outcome === 'warn' ? { ...finding, outcome: 'fail' } : finding;

/** The findings about an error code. If the code is generic or unknown, every problem is a possible cause. After an outage, the key is the TDE protector. */
export function evidenceFor(code: string, findings: readonly Finding[]): Evidence {
  if (isOutage(code)) return evidenceForOutage(code, findings);
  const isSuspicion = tellsNoCause(code);
  const about = findings.filter(({ codes, outcome }) =>
    isSuspicion ? outcome === 'fail' || outcome === 'warn' : codes.some((known) => known === code),
  );
  const those = (...outcomes: readonly Outcome[]) => about.filter(({ outcome }) => outcomes.includes(outcome));
  return { found: those('fail', 'warn'), ruledOut: those('pass'), unchecked: those('unknown'), isSuspicion };
}
