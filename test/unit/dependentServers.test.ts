import assert from 'node:assert/strict';
import { dependentServers } from '../../src/core/checks/dependentServers';
import type { AzureFix } from '../../src/core/checks/describeFix';
import type { SqlServer } from '../../src/core/model';
import { vault } from './keyVault';
import { sqlServer } from './sqlServer';

const protectedBy = (name: string, uri: string): SqlServer => ({
  ...sqlServer(name),
  listedProtector: { type: 'customerManaged', uri },
});
const servers: readonly SqlServer[] = [
  protectedBy('sql-a', 'https://kv-a.vault.azure.net/keys/tde/1'),
  protectedBy('sql-casing', 'https://KV-A.vault.azure.net/keys/other/2'),
  protectedBy('sql-longer-name', 'https://kv-a.vault.azure.net.evil.example/keys/tde/1'),
  protectedBy('sql-hsm', 'https://kv-a.managedhsm.azure.net/keys/tde/1'),
  { ...sqlServer('sql-managed'), listedProtector: { type: 'serviceManaged' } },
  sqlServer('sql-unknown'),
];
const dependents = (...fixes: AzureFix[]) => dependentServers(fixes, servers).map(({ name }) => name);
const assign = (name: string): AzureFix => ({ kind: 'assignIdentity', server: sqlServer(name) });

describe('the servers that depend on a fix', () => {
  it('are those whose TDE protector is in its vault', () => {
    assert.deepEqual(dependents({ kind: 'allowTrustedServices', vault }), ['sql-a', 'sql-casing']);
    const grant = {
      kind: 'grantRole',
      principalId: 'p',
      principalName: 'p',
      vault,
      scope: `${vault.id}/keys/x`,
    } as const;
    assert.deepEqual(dependents(grant), ['sql-a', 'sql-casing']);
  });

  it('are its own server, unless that uses the service-managed key', () => {
    assert.deepEqual(dependents(assign('SQL-A'), assign('sql-managed'), assign('sql-unknown')), [
      'sql-a',
      'sql-unknown',
    ]);
  });

  it('are each server once, for several fixes', () => {
    const found = dependents({ kind: 'enablePurgeProtection', vault }, assign('sql-a'));
    assert.deepEqual(found, ['sql-a', 'sql-casing']);
  });

  it('are none for a change of the TDE protector, and for a resource provider', () => {
    const [server = sqlServer('none')] = servers;
    assert.deepEqual(dependents({ kind: 'revalidateProtector', server }), []);
    assert.deepEqual(dependents({ kind: 'registerProvider', subscriptionId: '1', namespace: 'Microsoft.Sql' }), []);
  });
});
