import type { ErrorCode } from '../../src/core/errors/errorCatalogue';
import { publicCloud } from '../../src/core/clouds';
import { checkCreation } from '../../src/core/checks/checkCreation';
import type { Facts } from '../../src/core/checks/facts';
import type { Creation } from '../../src/core/creation/creation';
import type { Finding } from '../../src/core/errors/finding';
import { keyIn } from '../../src/core/keys/keyChoice';
import type { ServerDetails } from '../../src/core/model';
import type { KeyVault, VaultSettings } from '../../src/core/vaultModel';

export const now = new Date('2026-11-24T12:00:00Z');
export const principalId = '11111111-2222-3333-4444-555555555555';
const inGroup = '/subscriptions/s/resourceGroups/rg (old)/providers';
const version = '0123456789abcdef0123456789abcdef';

export const place: ServerDetails = {
  id: `${inGroup}/Microsoft.Sql/servers/sql-a`,
  name: 'sql-a',
  subscriptionId: 's',
  resourceGroup: 'rg (old)',
  location: 'westeurope',
  identity: { systemAssigned: { principalId }, userAssigned: [] },
  identityTenantId: 't',
  state: 'Ready',
};
export const vault: KeyVault = {
  kind: 'vault',
  id: `${inGroup}/Microsoft.KeyVault/vaults/kv-a`,
  name: 'kv-a',
  subscriptionId: 's',
  resourceGroup: 'rg (old)',
  location: 'westeurope',
  uri: 'https://kv-a.vault.azure.net',
  purgeProtection: true,
  hardwareKeys: false,
};
const vaultSettings: VaultSettings = {
  tenantId: 't',
  provisioningState: 'Succeeded',
  softDelete: true,
  purgeProtection: true,
  permissionModel: 'roles',
  accessPolicies: [],
  firewall: 'off',
};
export const key = keyIn(vault, 'tde', version);
export const vaultKey = {
  name: 'tde',
  uri: `${vault.uri}/keys/tde/${version}`,
  keyType: 'RSA',
  keySize: 2048,
  enabled: true,
};
export const role = {
  roleId: 'r',
  roleName: 'Key User',
  assignment: 'a-1',
  isConditional: false,
  scope: vault.id,
  actions: [],
  notActions: [],
  dataActions: ['Microsoft.KeyVault/vaults/keys/*'],
  notDataActions: [] as string[],
};

export const creation: Creation = { server: place, key };

export const good: Facts = {
  server: { value: place },
  elsewhere: undefined,
  serverKeys: { value: [] },
  protector: { value: { serverKeyName: 'ServiceManaged', type: 'serviceManaged', autoRotation: false } },
  inaccessible: undefined,
  vault: { value: vault },
  settings: { value: vaultSettings },
  version: { value: vaultKey },
  newest: { value: vaultKey },
  roles: { value: [role] },
  partners: { value: [] },
  operations: { value: [] },
  locks: { value: [] },
  denyAssignments: { value: [] },
  policies: { value: [] },
  permissions: { value: [{ actions: ['Microsoft.Sql/*'], notActions: [] }] },
  groupPermissions: { value: [{ actions: ['Microsoft.Sql/*'], notActions: [] }] },
  vaultPermissions: undefined,
};

export const check = (facts: Partial<Facts> = {}, changes: Partial<Creation> = {}): readonly Finding[] =>
  checkCreation({ ...creation, ...changes }, { ...good, ...facts }, { cloud: publicCloud, now });
export const problems = (facts: Partial<Facts>): string[] =>
  check(facts).flatMap(({ outcome, text }) => (outcome === 'pass' ? [] : [`${outcome}: ${text}`]));
export const withSettings = (changes: Partial<VaultSettings>) => ({
  settings: { value: { ...vaultSettings, ...changes } },
});

export const userAssigned = { userAssigned: [{ id: '/x/id-a', principalId }], primaryUserAssigned: '/x/id-a' };

/** A check rules out one cause of these, and another check may be open. */
export const severalCauses: readonly ErrorCode[] = ['AzureKeyVaultMissingPermissions', 'UmiMissingAkvPermissions'];
