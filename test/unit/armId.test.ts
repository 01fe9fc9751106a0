import assert from 'node:assert/strict';
import { armResources, idKey, lastSegment, parseArmId, sameId } from '../../src/core/armId';

const server = '/subscriptions/s-1/resourceGroups/rg (old)/providers/Microsoft.Sql/servers/sql-a';

describe('an ARM ID', () => {
  const rows = [
    ['/subscriptions/s-1', 's-1', '', 'subscriptions', 's-1'],
    ['/subscriptions/s-1/resourceGroups/rg', 's-1', 'rg', 'resourceGroups', 'rg'],
    [server, 's-1', 'rg (old)', 'Microsoft.Sql/servers', 'sql-a'],
    [`${server}/keys/kv_key`, 's-1', 'rg (old)', 'Microsoft.Sql/servers/keys', 'kv_key'],
    [`${server}/providers/Microsoft.Authorization/locks/no`, 's-1', 'rg (old)', 'Microsoft.Authorization/locks', 'no'],
    [
      '/SUBSCRIPTIONS/S-1/RESOURCEGROUPS/RG/PROVIDERS/Microsoft.Sql/servers/A',
      'S-1',
      'RG',
      'Microsoft.Sql/servers',
      'A',
    ],
    ['sql-a', '', '', undefined, 'sql-a'],
    ['', '', '', undefined, ''],
  ] as const;

  for (const [id, subscriptionId, resourceGroup, type, name] of rows) {
    it(`splits into its parts: "${id}"`, () => {
      assert.deepEqual(parseArmId(id), { subscriptionId, resourceGroup, name });
      assert.equal(armResources(id).at(-1)?.type, type);
    });
  }

  it('is read without delay, however long it is', () => {
    const began = process.cpuUsage();
    assert.equal(armResources('/a/b'.repeat(25_000)).length, 25_000);
    assert.ok(process.cpuUsage(began).user < 500_000);
  });

  it('names the resources from the outermost to the innermost', () => {
    assert.deepEqual(armResources(`${server}/keys/kv_key/providers/Microsoft.Authorization/locks/no`), [
      { id: '/subscriptions/s-1', type: 'subscriptions', name: 's-1' },
      { id: '/subscriptions/s-1/resourceGroups/rg (old)', type: 'resourceGroups', name: 'rg (old)' },
      { id: server, type: 'Microsoft.Sql/servers', name: 'sql-a' },
      { id: `${server}/keys/kv_key`, type: 'Microsoft.Sql/servers/keys', name: 'kv_key' },
      {
        id: `${server}/keys/kv_key/providers/Microsoft.Authorization/locks/no`,
        type: 'Microsoft.Authorization/locks',
        name: 'no',
      },
    ]);
  });

  it('names no resource for a type without a name', () => {
    assert.deepEqual(armResources(`${server}/keys`), armResources(server));
    assert.deepEqual(armResources('/subscriptions'), []);
  });

  it('ends with the name of the resource', () => {
    assert.equal(lastSegment(server), 'sql-a');
    assert.equal(lastSegment('https://kv-a.vault.azure.net/keys/tde'), 'tde');
  });

  it('is the same in any casing', () => {
    assert.ok(sameId(server, server.toUpperCase()));
    assert.equal(idKey(server), idKey(server.toUpperCase()));
    assert.ok(!sameId(server, `${server}/`));
  });

  it('is never the same as another if it is unknown', () => {
    assert.ok(!sameId(undefined, undefined));
    assert.ok(!sameId(undefined, ''));
  });
});
