import { ArmError } from '../../src/core/armError';
import type { Change } from '../../src/core/operations/change';
import type { Entry, Known } from '../../src/core/operations/entry';

const subscription = '/subscriptions/8c2f1e64-0000-4000-8000-000000000001';
export const serverId = `${subscription}/resourceGroups/rg-billing/providers/Microsoft.Sql/servers/sql-billing-weu`;
export const vaultId = `${subscription}/resourceGroups/rg-billing/providers/Microsoft.KeyVault/vaults/kv-billing`;
export const hsmId = `${subscription}/resourceGroups/rg-hsm/providers/Microsoft.KeyVault/managedHSMs/hsm-contoso`;
export const keyName = `kv-billing_tde-billing_${'0123456789abcdef'.repeat(2)}`;
export const keyIdentifier = `https://kv-billing.vault.azure.net/keys/tde-billing/${'0123456789abcdef'.repeat(2)}`;
export const cloud = 'https://management.azure.com';

export const creation: Change = { kind: 'createServerKey', resource: `${serverId}/keys/${keyName}`, keyIdentifier };

export const entryWith = (changes: Partial<Entry> = {}): Entry => ({
  version: 1,
  id: '5b1a6e0e-0000-4000-8000-000000000002',
  change: creation,
  cloud,
  owner: { window: 'w1', host: 'laptop', pid: 4711 },
  started: Date.UTC(2026, 10, 25, 12, 4, 31),
  state: 'sent',
  ...changes,
});

export const knownWith = (changes: Partial<Entry> = {}, waits: Known['waits'] = 'nobody'): Known => ({
  entry: entryWith(changes),
  waits,
});

export const failed = new ArmError({
  code: 'AzureKeyVaultKeyDisabled',
  message: 'The key is disabled.',
  inResult: true,
});
