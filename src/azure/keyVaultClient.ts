import { createKeyVaultManagement, type KeyVaultManagementContext } from '@azure/arm-keyvault/api';
import type { KeyVault } from '../core/model';
import type { Tenants } from './tenants';

/** Opens the management of a vault's subscription. */
export type KeyVaultClients = (vault: KeyVault) => Promise<KeyVaultManagementContext>;

export function keyVaultClients(tenants: Tenants): KeyVaultClients {
  return async ({ subscriptionId }) => {
    const { credential, options } = await tenants.of(subscriptionId);
    return createKeyVaultManagement(credential, subscriptionId, options);
  };
}
