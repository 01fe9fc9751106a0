import type { Cloud } from '../clouds';
import { tellsNoCause } from '../errors/errorCatalogue';
import { lockCheck, permissionCheck, throttlingCheck } from './callerChecks';
import type { Facts } from './facts';
import type { Evidence, Finding, Outcome } from '../errors/finding';
import type { Check } from './check';
import { accessCheck, identityCheck, tenantCheck } from './identityChecks';
import { keyCheck, newestCheck } from './keyChecks';
import { chainCheck, replicasCheck } from './replicaChecks';
import { requestCheck } from './requestCheck';
import { operationsCheck, registeredCheck, serverCheck } from './serverChecks';
import { firewallCheck, protectionCheck, provisioningCheck, vaultCheck } from './vaultChecks';

/** All checks, in the order in which Azure SQL would meet what they are about. */
const checks: readonly Check[] = [
  requestCheck,
  permissionCheck,
  lockCheck,
  throttlingCheck,
  serverCheck,
  operationsCheck,
  registeredCheck,
  identityCheck,
  vaultCheck,
  provisioningCheck,
  tenantCheck,
  firewallCheck,
  accessCheck,
  keyCheck,
  newestCheck,
  protectionCheck,
  chainCheck,
  replicasCheck,
];

/** What would come of creating the server key, as far as the facts tell. */
export function preflight(facts: Facts, cloud: Cloud, now: Date): readonly Finding[] {
  return checks.flatMap((check) => check(facts, { cloud, now }));
}

/** The findings about a code. A code that says nothing, or that nobody knows, may come of anything that is wrong. */
export function evidenceFor(code: string, findings: readonly Finding[]): Evidence {
  const isSuspicion = tellsNoCause(code);
  const about = findings.filter(({ codes, outcome }) =>
    isSuspicion ? outcome === 'fail' : codes.some((known) => known === code),
  );
  const those = (...outcomes: readonly Outcome[]) => about.filter(({ outcome }) => outcomes.includes(outcome));
  return { found: those('fail', 'warn'), ruledOut: those('pass'), unchecked: those('unknown'), isSuspicion };
}
