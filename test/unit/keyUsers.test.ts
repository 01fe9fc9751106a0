import assert from 'node:assert/strict';
import { usersOf } from '../../src/core/keys/keyUsers';
import type { SqlServer } from '../../src/core/model';

const orders = 'https://kv-orders.vault.azure.net/keys/tde-orders';
const server = (name: string, uri?: string): SqlServer => ({
  id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Sql/servers/${name}`,
  name,
  subscriptionId: 's',
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
  ...(uri !== undefined && { listedProtector: { type: 'customerManaged', uri } }),
});
const weu = server('sql-orders-weu', `${orders}/1`);
const neu = server('sql-orders-neu', `${orders.replace('kv-orders', 'KV-Orders')}/2`);
const hr = server('sql-hr');

const found = (id: string, ...given: Parameters<typeof usersOf>) => {
  const users = usersOf(...given).find((one) => one.id === id);
  return { servers: users?.servers.map(({ name }) => name), identifiers: users?.identifiers };
};

describe('the servers that use a key or a vault', () => {
  it('are those whose listed TDE protector is in it, whatever its version and casing', () => {
    const both = ['sql-orders-weu', 'sql-orders-neu'];
    const servers = [weu, neu, hr];
    assert.deepEqual(found('kv-orders.vault.azure.net', servers, []).servers, both);
    const key = found('kv-orders.vault.azure.net/tde-orders', servers, []);
    assert.deepEqual(key.servers, both);
    assert.equal(key.identifiers?.length, 2);
  });

  it('include those whose other server keys have been read, each server once', () => {
    const read = [
      { server: hr, keys: [{ uri: `${orders}/1` }, {}] },
      { server: weu, keys: [{ uri: `${orders}/1` }] },
    ];
    assert.deepEqual(found('kv-orders.vault.azure.net/tde-orders', [weu, hr], read).servers, [
      'sql-orders-weu',
      'sql-hr',
    ]);
  });

  it('are none for service-managed keys', () => {
    assert.deepEqual(usersOf([hr], [{ server: hr, keys: [{}] }]), []);
  });
});
