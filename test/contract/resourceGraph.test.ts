import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

type Row = Record<string, unknown>;

describe('Resource Graph', () => {
  const azure = freshEmulator();

  const post = (query: string, rest: object = {}): Promise<HttpAnswer> =>
    azure.arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { body: { query, ...rest } });
  const rows = async (query: string, rest?: object): Promise<Row[]> => (await post(query, rest)).body.data as Row[];
  const names = async (query: string): Promise<unknown[]> => (await rows(query)).map((row) => row.name);
  const servers = "resources | where type =~ 'Microsoft.Sql/servers'";

  it('lists the servers with the columns that the tree needs', async () => {
    const { body } = await post(
      `${servers} | project id, name, location, resourceGroup, subscriptionId, tenantId, identity, primary=properties.primaryUserAssignedIdentityId | order by name asc`,
    );
    assert.deepEqual([body.totalRecords, body.count, body.resultTruncated], [12, 12, 'false']);
    const inventory = (body.data as Row[]).find((row) => row.name === 'sql-inventory-weu');
    assert.deepEqual([inventory?.location, inventory?.resourceGroup], ['westeurope', 'rg-inventory']);
    assert.match(String(inventory?.primary), /id-sql-inventory$/);
    assert.equal((inventory?.identity as Row | undefined)?.type, 'UserAssigned');
  });

  const queries: [query: string, expected: string[]][] = [
    [
      `${servers} and location == 'northeurope' | project name | order by name asc`,
      ['sql-archive-neu', 'sql-dev-neu', 'sql-legacy-neu', 'sql-orders-neu'],
    ],
    [`${servers} | where name in~ ('SQL-HR-WEU', 'sql-dev-neu') | sort by name`, ['sql-hr-weu', 'sql-dev-neu']],
    [`${servers} | where name contains 'fabrikam'`, ['sql-fabrikam-use']],
    [`${servers} | where name startswith 'sql-b' | project name`, ['sql-billing-weu']],
    [
      `${servers} | where tostring(identity.type) != 'SystemAssigned' | order by name asc`,
      ['sql-inventory-weu', 'sql-reports-weu'],
    ],
    [`Resources\n| where type in~ ('microsoft.keyvault/managedhsms')\n| project name`, ['hsm-contoso']],
    [`${servers} | order by name asc | take 1`, ['sql-archive-neu']],
    [
      `resourcecontainers | where type == 'microsoft.resources/subscriptions' | order by name asc`,
      ['Contoso Development', 'Contoso Production', 'Fabrikam Test'],
    ],
  ];
  for (const [query, expected] of queries) {
    it(`runs ${query.replaceAll('\n', ' ')}`, async () => {
      assert.deepEqual(await names(query), expected);
    });
  }

  it('lists vaults and managed HSMs with their URLs and SKUs', async () => {
    const vaults = await rows(
      "resources | where type in~ ('microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms') | project id, name, type, location, resourceGroup, subscriptionId, tenantId, vaultUri = properties.vaultUri, hsmUri = properties.hsmUri, purgeProtection = properties.enablePurgeProtection, sku = properties.sku.name, hsmSku = sku.name | order by id asc",
    );
    const shown = vaults.map(({ name, type, vaultUri, hsmUri, purgeProtection, sku, hsmSku }) => [
      name,
      type,
      vaultUri ?? hsmUri,
      purgeProtection,
      sku ?? hsmSku,
    ]);
    const vault = 'microsoft.keyvault/vaults';
    assert.equal(shown.length, 7);
    assert.deepEqual(
      shown.filter(([name]) => ['hsm-contoso', 'kv-nopurge', 'kv-orders'].includes(String(name))),
      [
        [
          'hsm-contoso',
          'microsoft.keyvault/managedhsms',
          'https://hsm-contoso.managedhsm.azure.net/',
          true,
          'Standard_B1',
        ],
        ['kv-nopurge', vault, 'https://kv-nopurge.vault.azure.net/', null, 'standard'],
        ['kv-orders', vault, 'https://kv-orders.vault.azure.net/', true, 'premium'],
      ],
    );
  });

  it('lists the databases of a server, including master', async () => {
    const server = serverId(azure.running.emulator.state, 'sql-billing-weu');
    const databases = `resources | where type =~ 'microsoft.sql/servers/databases' | where id startswith '${server}/'`;
    const user = await rows(`${databases} | where name != 'master' | project id, name | order by name asc`);
    assert.deepEqual(
      user,
      ['billing', 'invoices', 'payments'].map((name) => ({ id: `${server}/databases/${name}`, name })),
    );
    assert.deepEqual(await rows(`${databases} | where name == 'master' | project kind`), [{ kind: 'v12.0,system' }]);
    const { body } = await azure.arm.get(`${server}/databases`);
    assert.deepEqual(
      body.value?.map((d) => d.name),
      ['master', 'billing', 'invoices', 'payments'],
    );
  });

  it('reads escaped signs in a string, which is on one line', async () => {
    assert.deepEqual(await names(`${servers} | where name == 'sql-\\'a\\\\' | take 1`), []);
    assert.equal((await post(`${servers} | where name == 'sql\n'`)).status, 400);
  });

  it('counts rows', async () => {
    assert.deepEqual(await rows(`${servers} | count`), [{ count_: 12 }]);
  });

  for (const query of [
    'nonsense',
    `${servers} | summarize count( by location`,
    `${servers} | where (a == 'b'`,
    `${servers} | project`,
  ]) {
    it(`refuses an invalid query as Azure does: ${query}`, async () => {
      const { status, body } = await post(query);
      assert.deepEqual([status, body.error?.code], [400, 'BadRequest']);
      assert.equal(body.error?.details?.[0]?.code, 'InvalidQuery');
    });
  }

  it('limits the query to the requested subscriptions, and refuses it if there are none', async () => {
    const { state } = azure.running.emulator;
    const [production] = state.subscriptions;
    assert.equal((await rows(servers, { subscriptions: [production?.subscriptionId] })).length, 9);
    const { status, body } = await post(servers, { subscriptions: ['00000000-0000-0000-0000-000000000000'] });
    assert.deepEqual([status, body.error?.details?.[0]?.code], [400, 'NoValidSubscriptionsInQueryRequest']);
  });

  it('omits what the caller has no permission to read, and all server keys', async () => {
    const { state } = azure.running.emulator;
    state.roleAssignments = state.roleAssignments.filter((a) => !a.scope.endsWith('rg-orders'));
    assert.equal((await rows(servers)).length, 10);
    assert.deepEqual(await rows("resources | where type =~ 'microsoft.sql/servers/keys'"), []);
  });

  it('returns pages for $top and $skipToken, but only of rows with an ID', async () => {
    const query = `${servers} | project id, name | order by name asc`;
    const collected: Row[] = [];
    let token: unknown;
    do {
      const options = { $top: 5, ...(token !== undefined && { $skipToken: token }) };
      const { body } = await post(query, { options });
      collected.push(...(body.data as Row[]));
      token = body.$skipToken;
    } while (token !== undefined);
    assert.equal(new Set(collected.map((row) => row.id)).size, 12);
    const { body } = await post(`${servers} | project name`, { options: { $top: 5 } });
    assert.deepEqual([body.$skipToken, body.resultTruncated], [undefined, 'true']);
    const skipped = await post(query, { options: { $skip: 11 } });
    assert.equal(skipped.body.count, 1);
  });

  it('returns a table on request', async () => {
    const { body } = await post(`${servers} | project name | order by name asc | limit 1`, {
      options: { resultFormat: 'table' },
    });
    assert.deepEqual(body.data, { columns: [{ name: 'name', type: 'string' }], rows: [['sql-archive-neu']] });
  });

  it('counts down the quota, and enforces it with the option graphQuota', async () => {
    const remaining = async () => Number((await post(servers)).headers['x-ms-user-quota-remaining']);
    assert.deepEqual([await remaining(), await remaining()], [14, 13]);
    for (let query = 3; query <= 16; query += 1) assert.equal((await post(servers)).status, 200);
    azure.running.emulator.options.graphQuota = true;
    const { status, headers, body } = await post(servers);
    assert.deepEqual([status, body.error?.code], [429, 'RateLimiting']);
    assert.match(String(headers['x-ms-user-quota-resets-after']), /^00:00:0\d$/);
  });
});

describe('Paged lists', () => {
  const azure = freshEmulator({ pageSize: 2 });

  async function pages(path: string): Promise<number[]> {
    const { status, body } = await azure.arm.get(path);
    assert.equal(status, 200);
    const size = body.value?.length ?? 0;
    return body.nextLink === undefined ? [size] : [size, ...(await pages(body.nextLink))];
  }

  it('have a nextLink if Azure documents one', async () => {
    const { state } = azure.running.emulator;
    const subscription = vaultId(state, 'kv-orders').split('/').slice(0, 3).join('/');
    assert.deepEqual(await pages('/subscriptions'), [2, 1]);
    assert.deepEqual(await pages(`${subscription}/providers/Microsoft.KeyVault/vaults`), [2, 2, 1]);
    assert.deepEqual(await pages(`${vaultId(state, 'kv-billing')}/keys`), [2, 2, 2, 1]);
    assert.deepEqual(await pages(`${vaultId(state, 'kv-orders')}/keys/tde-orders/versions`), [2, 1]);
  });

  it('have no nextLink if Azure sends none', async () => {
    const server = serverId(azure.running.emulator.state, 'sql-orders-weu');
    assert.deepEqual(await pages(`${server}/keys`), [3]);
  });
});
