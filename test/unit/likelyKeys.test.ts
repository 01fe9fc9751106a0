import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import { likelyKeys, type KeySources } from '../../src/core/keys/likelyKeys';
import type { SqlServer } from '../../src/core/model';

const version = '0123456789abcdef'.repeat(2);
const uri = (key: string) => `https://kv-a.vault.azure.net/keys/${key}/${version}`;

interface Input {
  readonly name: string;
  readonly group?: string;
  readonly subscription?: string;
  readonly tenant?: string;
  readonly key?: string;
}

function server({ name, group = 'rg-a', subscription = 's-a', tenant = 't-a', key }: Input): SqlServer {
  return {
    id: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Sql/servers/${name}`,
    name,
    subscriptionId: subscription,
    resourceGroup: group,
    location: 'westeurope',
    tenantId: tenant,
    identity: { userAssigned: [] },
    listedProtector: key === undefined ? { type: 'serviceManaged' } : { type: 'customerManaged', uri: uri(key) },
  };
}

const target = server({ name: 'sql-a' });
const offered = (sources: Partial<KeySources>): string[] =>
  likelyKeys({ targets: [target], servers: [], recent: [], cloud: publicCloud, ...sources }).map(({ key }) => key.name);

describe('the likely keys', () => {
  it('are those of the replication partner, of the server, of its resource group, used recently, and of its subscription', () => {
    const servers = [
      server({ name: 'sql-far', group: 'rg-b', key: 'same-subscription' }),
      server({ name: 'sql-near', key: 'same-group' }),
      server({ name: 'sql-a', key: 'own' }),
      server({ name: 'sql-partner', group: 'rg-b', subscription: 's-b', key: 'partner' }),
    ];
    assert.deepEqual(offered({ servers, recent: [uri('recent')], partners: ['SQL-PARTNER'] }), [
      'partner',
      'own',
      'same-group',
      'recent',
      'same-subscription',
    ]);
  });

  it('are offered once each, without version, with the servers that use them', () => {
    const servers = ['sql-c', 'sql-b'].map((name) => server({ name, key: 'shared' }));
    const [only, ...others] = likelyKeys({
      targets: [target],
      servers: [...servers, server({ name: 'sql-d' })],
      recent: [uri('SHARED')],
      cloud: publicCloud,
    });
    assert.deepEqual([only?.key.version, only?.used.version, others], [undefined, version, []]);
    assert.deepEqual(
      only?.servers.map(({ name }) => name),
      ['sql-b', 'sql-c'],
    );
  });

  it('are none of another subscription or tenant, of another cloud, or that nobody uses', () => {
    const servers = [
      server({ name: 'sql-b', subscription: 's-b', key: 'other-subscription' }),
      server({ name: 'sql-c', tenant: 't-b', key: 'other-tenant' }),
    ];
    assert.deepEqual(offered({ servers, recent: ['https://kv-a.vault.azure.cn/keys/china', 'no address'] }), []);
  });

  it('are at most five, the most used ones of the subscription', () => {
    const servers = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k6'].map((key, i) =>
      server({ name: `sql-${i}`, group: 'rg-b', key }),
    );
    assert.deepEqual(offered({ servers }), ['k6', 'k1', 'k2', 'k3', 'k4']);
  });
});
