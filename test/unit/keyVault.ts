import type { KeyVault } from '../../src/core/vaultModel';

/** A key vault that TDE can use. */
export const vault: KeyVault = {
  kind: 'vault',
  id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-a',
  name: 'kv-a',
  subscriptionId: '1',
  resourceGroup: 'rg',
  location: 'westeurope',
  uri: 'https://kv-a.vault.azure.net',
  purgeProtection: true,
  hardwareKeys: false,
};
