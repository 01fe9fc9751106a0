import type { Cloud } from '../clouds';
import { lockCheck, permissionCheck, throttlingCheck } from './callerChecks';
import type { Facts } from './facts';
import type { Check, Finding, Outcome } from './finding';
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

/** What is true now of the causes of an error code. */
export interface Evidence {
  readonly found: readonly Finding[];
  readonly ruledOut: readonly Finding[];
  readonly unchecked: readonly Finding[];
}

/** The findings about a code. A code that no check knows may come of anything that was found. */
export function evidenceFor(code: string, findings: readonly Finding[]): Evidence {
  const about = findings.filter(({ codes }) => codes.includes(code));
  const relevant = about.length > 0 ? about : findings.filter(({ outcome }) => outcome === 'fail');
  const those = (...outcomes: readonly Outcome[]) => relevant.filter(({ outcome }) => outcomes.includes(outcome));
  return { found: those('fail', 'warn'), ruledOut: those('pass'), unchecked: those('unknown') };
}
