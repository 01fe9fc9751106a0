import assert from 'node:assert/strict';
import { refusal, serverClient } from './serverClient';

const credentials = { administratorLogin: 'sqladmin', administratorLoginPassword: 'Correct horse 9' };

describe('A new server', () => {
  const { azure, id, uriOf, putKey, succeeds } = serverClient();
  const path = (name = 'sql-new-weu') => id('sql-dev-weu').replace(/[^/]+$/, name);
  const put = (body: object, url = path()) => azure.arm.call('PUT', url, { body });
  const body = { location: 'westeurope', identity: { type: 'SystemAssigned' }, properties: credentials };

  it('is created with an identity, and can use keys', async () => {
    await succeeds(put({ ...body, tags: { team: 'dev' } }));
    const created = (await azure.arm.get(path())).body;
    assert.equal(created.properties?.administratorLogin, 'sqladmin');
    assert.equal(created.properties.administratorLoginPassword, undefined);
    assert.deepEqual(created.tags, { team: 'dev' });
    const { principalId: objectId, tenantId } = created.identity as Record<string, string>;
    const vault = azure.running.emulator.state.vaults.find(({ name }) => name === 'kv-billing');
    const accessPolicies = [{ objectId, tenantId, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } }];
    await azure.arm.call('PUT', `${vault?.id ?? ''}/accessPolicies/add`, { body: { properties: { accessPolicies } } });
    await succeeds(putKey('sql-new-weu', uriOf('kv-billing', 'tde-billing')));
  });

  it('takes the place of an existing one, whose identity and tags it resets', async () => {
    const url = id('sql-orders-weu');
    await succeeds(put({ location: 'westeurope' }, url));
    const { identity, tags, properties } = (await azure.arm.get(url)).body;
    assert.deepEqual([identity, tags, properties?.administratorLogin], [undefined, {}, 'sqladmin']);
    assert.equal((await azure.arm.get(`${url}/keys`)).body.value?.length, 3);
  });

  const refusals: [code: string, status: number, sent: object, name?: string][] = [
    ['LocationRequired', 400, {}],
    ['LocationNotAvailableForResourceType', 400, { ...body, location: 'atlantis' }],
    ['InvalidResourceLocation', 409, { ...body, location: 'eastus' }, 'sql-dev-weu'],
    ['InvalidServerName', 400, body, 'sql_new'],
    ['NameAlreadyExists', 400, body, 'sql-orders-weu'],
    ['InvalidLoginName', 400, { ...body, properties: {} }],
    ['PasswordTooShort', 400, { ...body, properties: { administratorLogin: 'sqladmin' } }],
    ['MissingIdentityId', 400, { ...body, identity: { type: 'UserAssigned' } }],
  ];
  for (const [code, status, sent, name] of refusals) {
    it(`is refused with ${code}`, async () => {
      assert.deepEqual(refusal(await put(sent, path(name))), [status, code]);
    });
  }
});

describe('A deleted server', () => {
  const { azure, id, stateOf, succeeds } = serverClient();

  it('is gone with its identity and its failover groups', async () => {
    const url = id('sql-orders-weu');
    const { principalId } = stateOf('sql-orders-weu');
    await succeeds(azure.arm.call('DELETE', url));
    assert.equal((await azure.arm.get(url)).status, 404);
    assert.equal((await azure.arm.call('DELETE', url)).status, 204);
    const { state } = azure.running.emulator;
    assert.ok(!state.principals.some(({ objectId }) => objectId === principalId));
    assert.deepEqual((await azure.arm.get(`${id('sql-orders-neu')}/failoverGroups`)).body.value, []);
    const backups = state.longTermRetentionBackups.filter(({ server }) => server === 'sql-orders-weu');
    assert.ok(backups.every(({ databaseDeletionTime }) => databaseDeletionTime !== undefined));
  });

  it('can be recovered for the days of its retention', async () => {
    const url = id('sql-dev-weu');
    stateOf('sql-dev-weu').retentionDays = 7;
    await succeeds(azure.arm.call('DELETE', url));
    const subscription = url.split('/resourceGroups/')[0] ?? '';
    const list = async () =>
      (await azure.arm.get(`${subscription}/providers/Microsoft.Sql/locations/westeurope/deletedServers`)).body.value;
    const [deleted] = (await list()) ?? [];
    assert.equal(deleted?.properties.originalId, url);
    await succeeds(azure.arm.call('POST', `${deleted.id}/recover`));
    assert.equal((await azure.arm.get(url)).status, 200);
    assert.deepEqual(await list(), []);
  });
});
