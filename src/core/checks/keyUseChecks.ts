import { accessCheck } from './accessCheck';
import { identityCheck, tenantCheck } from './identityChecks';
import { keyCheck } from './keyChecks';
import { firewallCheck, protectionCheck, provisioningCheck, vaultCheck } from './vaultChecks';

/** Whether a server or a managed instance can use a key, in the order in which Azure SQL would encounter the problems. */
export const keyUseChecks = [
  identityCheck,
  vaultCheck,
  provisioningCheck,
  tenantCheck,
  firewallCheck,
  accessCheck,
  keyCheck,
  protectionCheck,
];
