import assert from 'node:assert/strict';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

describe('The query language of Resource Graph', () => {
  const azure = freshEmulator();
  const query = (text: string) =>
    azure.arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { body: { query: text } });
  const rows = async (text: string): Promise<Record<string, unknown>[]> => {
    const { body, status } = await query(text);
    assert.equal(status, 200, JSON.stringify(body));
    return body.data as Record<string, unknown>[];
  };
  const servers = "resources | where type =~ 'microsoft.sql/servers'";

  it('counts rows by the values of columns', async () => {
    const counted = await rows(`${servers} | summarize count() by location | order by location asc`);
    assert.deepEqual(counted, [
      { location: 'eastus', count_: 1 },
      { location: 'northeurope', count_: 4 },
      { location: 'westeurope', count_: 7 },
    ]);
    assert.deepEqual(await rows(`${servers} | summarize total = count()`), [{ total: 12 }]);
    assert.deepEqual(await rows(`${servers} | where name == 'none' | summarize count()`), [{ count_: 0 }]);
    assert.deepEqual(await rows(`${servers} | where name == 'none' | summarize count() by location`), []);
  });

  it('aggregates values', async () => {
    const [row] = await rows(
      `${servers} | where resourceGroup == 'rg-dev' | summarize dcount(location), min(name), last=max(name), make_list(name), make_set(kind) by group=tolower(resourceGroup)`,
    );
    assert.deepEqual(row, {
      group: 'rg-dev',
      dcount_location: 2,
      min_name: 'sql-dev-neu',
      last: 'sql-dev-weu',
      list_name: ['sql-dev-weu', 'sql-dev-neu'],
      set_kind: ['v12.0'],
    });
  });

  it('joins rows with those of another query', async () => {
    const subscriptions =
      "resourcecontainers | where type in~ ('microsoft.resources/subscriptions') | project subscriptionId, subscription=name";
    const joined = await rows(
      `${servers} | where name startswith 'sql-dev' | join kind=inner (${subscriptions}) on subscriptionId | project name, subscription | order by name asc`,
    );
    assert.deepEqual(joined, [
      { name: 'sql-dev-neu', subscription: 'Contoso Development' },
      { name: 'sql-dev-weu', subscription: 'Contoso Development' },
    ]);
  });

  it('keeps rows without a partner only in an outer join, and renames equal columns', async () => {
    const key = '$left.name == $right.name';
    const west =
      "resources | where type =~ 'microsoft.sql/servers' | where location == 'westeurope' | project name, location";
    const dev = `${servers} | where resourceGroup == 'rg-dev' | project name, location`;
    const [without] = await rows(`${dev} | join kind=leftouter (${west}) on ${key} | where name == 'sql-dev-neu'`);
    assert.deepEqual(without, { name: 'sql-dev-neu', location: 'northeurope', name1: null, location1: null });
    const inner = await rows(`${dev} | join (${west}) on ${key}`);
    assert.deepEqual(inner, [
      { name: 'sql-dev-weu', location: 'westeurope', name1: 'sql-dev-weu', location1: 'westeurope' },
    ]);
  });

  it('reads role assignments and role definitions', async () => {
    const found = await rows(
      "authorizationresources | where type =~ 'microsoft.authorization/roleassignments' | where id contains 'kv-orders' | project id, principalId=properties.principalId, role=properties.roleDefinitionId, scope=properties.scope",
    );
    assert.equal(found.length, 5);
    assert.match(String(found[0]?.role), /\/roleDefinitions\//);
    const [role] = await rows(
      "authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | where properties.roleName == 'Owner' | summarize count() by type",
    );
    assert.deepEqual(role, { type: 'microsoft.authorization/roledefinitions', count_: 1 });
  });

  for (const text of [
    `${servers} | mv-expand tags`,
    `${servers} | distinct name`,
    `${servers} | where isnotempty(name)`,
    `${servers} | summarize percentile(name, 95) by location`,
    `${servers} | join kind=rightouter (resources) on name`,
    'healthresources | limit 1',
  ]) {
    it(`says what the emulator does not know: ${text.split('|').at(-1)?.trim() ?? ''}`, async () => {
      assert.deepEqual(refusal(await query(text)), [501, 'NotEmulated']);
    });
  }

  for (const text of [`${servers} | whree name == 'a'`, `${servers} | where name`, 'nonsense | limit 1']) {
    it(`refuses what Resource Graph does not know either: ${text.split('|').at(-1)?.trim() ?? ''}`, async () => {
      assert.deepEqual(refusal(await query(text)), [400, 'BadRequest']);
    });
  }
});
