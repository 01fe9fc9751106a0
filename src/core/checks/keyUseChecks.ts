import { accessCheck } from './accessCheck';
import type { Check, KeyUseCheck } from './check';
import { identityCheck, tenantCheck } from './identityChecks';
import { keyCheck } from './keyChecks';
import { firewallCheck, protectionCheck, provisioningCheck, vaultCheck } from './vaultChecks';

const checks: readonly KeyUseCheck[] = [
  vaultCheck,
  provisioningCheck,
  tenantCheck,
  firewallCheck,
  accessCheck,
  keyCheck,
  protectionCheck,
];

/** Predicts whether an identity can use a key, in the order in which Azure SQL would encounter the problems. */
export const checkKeyUse: KeyUseCheck = (use, facts, world) => checks.flatMap((check) => check(use, facts, world));

/** Has a server or a managed instance an identity, and can it use the key? */
export const serverKeyCheck: Check<'server' | 'vault' | 'settings' | 'version' | 'newest' | 'roles'> = (
  { server, key },
  facts,
  world,
) => [
  ...identityCheck({ server }, facts),
  ...checkKeyUse({ user: server, key }, { ...facts, user: facts.server }, world),
];
