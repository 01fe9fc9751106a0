import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import { checkPrimaryIdentity } from '../../src/core/checks/primaryIdentityCheck';
import type { RoleGrant } from '../../src/core/accessModel';
import type { SqlServer, TdeProtector } from '../../src/core/model';
import type { KeyVault, VaultSettings } from '../../src/core/vaultModel';
import { azureWith } from '../azureWith';

const server: SqlServer = {
  ...{ id: '/s', name: 'sql-a', location: 'westeurope', resourceGroup: 'rg', subscriptionId: 'sub' },
  identity: { userAssigned: [] },
};
const identity = { id: '/x/id-a', name: 'id-a', resourceGroup: 'rg', subscriptionId: 'sub', principalId: 'p' };
const uri = 'https://kv-a.vault.azure.net/keys/tde/9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const using: TdeProtector = { type: 'customerManaged', serverKeyName: 'k', uri, autoRotation: false };
const managed: TdeProtector = { type: 'serviceManaged', serverKeyName: 'ServiceManaged', autoRotation: false };
const vault = { id: '/v', name: 'kv-a', kind: 'vault' } as KeyVault;
const settings: VaultSettings = {
  ...{ tenantId: 't', provisioningState: 'Succeeded', softDelete: true, purgeProtection: true },
  ...{ permissionModel: 'roles', accessPolicies: [], firewall: 'off' },
};
const role: RoleGrant = {
  roleId: 'r',
  roleName: 'Key User',
  assignment: 'a-1',
  isConditional: false,
  scope: '/v',
  actions: [],
  notActions: [],
  dataActions: ['Microsoft.KeyVault/vaults/keys/*'],
  notDataActions: [],
};

async function found(protector: TdeProtector, roles: readonly RoleGrant[]) {
  const azure = azureWith({
    tdeProtectors: { get: () => Promise.resolve(protector) },
    keyVaults: {
      find: () => Promise.resolve(vault),
      getSettings: () => Promise.resolve(settings),
    },
    access: { listRoles: () => Promise.resolve(roles) },
  });
  const findings = await checkPrimaryIdentity(azure, server, identity, {
    cloud: publicCloud,
    subscriptionIds: ['sub'],
  });
  return findings.map(({ outcome, text }) => `${outcome}: ${text}`);
}

describe('a new primary identity', () => {
  it('is refused if it has no permissions on the key of the TDE protector', async () => {
    assert.deepEqual(await found(using, []), ['fail: "id-a" lacks get, wrapKey, unwrapKey on the key "tde" of "kv-a"']);
  });

  it('is accepted if it has them, or if the TDE protector is service-managed', async () => {
    assert.deepEqual(await found(using, [role]), []);
    assert.deepEqual(await found(managed, []), []);
  });

  it('is warned about if the vault of the TDE protector is out of sight', async () => {
    const unknown = ['unknown: Could not be checked: access of "id-a" to the TDE protector of "sql-a"'];
    assert.deepEqual(await found({ ...using, uri: 'https://kv-b.vault.azure.net/x' }, [role]), unknown);
  });
});
