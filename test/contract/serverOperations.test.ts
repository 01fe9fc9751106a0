import assert from 'node:assert/strict';
import { keyName, vaultId } from './demoIds';
import { customerManaged, refusal, serverClient } from './serverClient';

describe('Operations of a server', () => {
  const { azure, id, uriOf, putKey, putProtector, succeeds } = serverClient();

  it('have long signed URLs, new in every answer', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.equal(accepted.status, 202);
    assert.deepEqual(Object.keys(accepted.body), ['operation', 'startTime']);
    assert.equal(accepted.body.operation, 'UpsertLogicalServerEncryptionKeys');
    assert.equal(accepted.headers['retry-after'], undefined);
    const first = String(accepted.headers['azure-asyncoperation']);
    assert.match(
      first,
      /\/resourceGroups\/rg-billing\/providers\/Microsoft\.Sql\/locations\/westeurope\/serverKeyAzureAsyncOperation\/[0-9a-f-]{36}\?api-version=2023-08-01&t=\d+&c=/,
    );
    assert.ok(first.length > 3000 && first.length < 4096, String(first.length));
    assert.match(String(accepted.headers.location), /serverKeyOperationResults/);
    const poll = await azure.arm.get(first);
    assert.equal(poll.status, 200);
    assert.deepEqual(Object.keys(poll.body), ['name', 'status', 'startTime']);
    assert.notEqual(poll.headers['azure-asyncoperation'], first);
    const result = await azure.arm.get(String(accepted.headers.location));
    assert.equal(result.status, 202);
    assert.equal(result.body.operation, 'UpsertLogicalServerEncryptionKeys');
  });

  it('are found at their URL, also if the name of the resource group has other characters than ASCII', async () => {
    const { emulator } = azure.running;
    const renamed = JSON.stringify(emulator.state).replaceAll('rg-billing', 'rg-Größe_(a.b)');
    emulator.state = JSON.parse(renamed) as typeof emulator.state;
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.match(
      String(accepted.headers['azure-asyncoperation']),
      /\/resourceGroups\/rg-Gr%C3%B6%C3%9Fe_\(a\.b\)\/providers\//,
    );
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
  });

  it('are not found at a truncated or made-up URL', async () => {
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    const url = String(accepted.headers['azure-asyncoperation']);
    for (const wrong of [
      url.replace(/&h=.*/, ''),
      url.replace(/\/[0-9a-f-]{36}\?/, '/00000000-0000-0000-0000-000000000000?'),
    ]) {
      assert.deepEqual(refusal(await azure.arm.get(wrong)), [404, 'OperationIdNotFound']);
    }
  });

  it('send Retry-After in whole seconds, with the option retryAfter', async () => {
    azure.running.emulator.options.retryAfter = 1;
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.equal(accepted.headers['retry-after'], '1');
  });

  it('end with 201 for a new key, 200 for a TDE protector, and 204 for a deleted key', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    const created = await putKey('sql-billing-weu', uri);
    await azure.arm.finish(created);
    const key = await azure.arm.get(String(created.headers.location));
    assert.deepEqual([key.status, key.body.name], [201, keyName(uri)]);
    const set = await putProtector('sql-billing-weu', customerManaged(uri));
    assert.equal(set.body.operation, 'UpsertLogicalServerEncryptionprotector');
    assert.match(String(set.headers['azure-asyncoperation']), /encryptionProtectorAzureAsyncOperation/);
    await azure.arm.finish(set);
    const protector = await azure.arm.get(String(set.headers.location));
    assert.deepEqual([protector.status, protector.body.properties?.uri], [200, uri]);
    await succeeds(putProtector('sql-billing-weu', { serverKeyType: 'ServiceManaged', serverKeyName: '' }));
    const removed = await azure.arm.call('DELETE', `${id('sql-billing-weu')}/keys/${keyName(uri)}`);
    assert.equal(removed.body.operation, 'DeleteLogicalServerEncryptionKeys');
    await azure.arm.finish(removed);
    const gone = await azure.arm.get(String(removed.headers.location));
    assert.deepEqual([gone.status, gone.text], [204, '']);
    assert.equal((await azure.arm.get(`${id('sql-billing-weu')}/keys/${keyName(uri)}`)).status, 404);
  });

  it('do not delete a key that is in use', async () => {
    const inUse = `${id('sql-orders-weu')}/keys/${keyName(uriOf('kv-orders', 'tde-orders'))}`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', inUse)), [409, 'AzureKeyVaultKeyInUse']);
    assert.deepEqual(refusal(await azure.arm.call('DELETE', `${id('sql-dev-weu')}/keys/ServiceManaged`)), [
      400,
      'InvalidUpsertKeyType',
    ]);
    await succeeds(putProtector('sql-orders-neu', { serverKeyType: 'ServiceManaged' }));
    const onSecondary = inUse.replace('sql-orders-weu', 'sql-orders-neu');
    assert.deepEqual(refusal(await azure.arm.call('DELETE', onSecondary)), [400, 'AzureKeyVaultKeyUsedOnGeoPrimary']);
    assert.equal((await azure.arm.call('DELETE', `${id('sql-dev-weu')}/keys/none`)).status, 204);
  });

  it('do not delete a key while another operation of the server is in progress', async () => {
    await succeeds(putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing', 1)));
    azure.running.emulator.options.operationMs = 60_000;
    await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    const key = `${id('sql-billing-weu')}/keys/${keyName(uriOf('kv-billing', 'tde-billing', 1))}`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', key)), [409, 'ConflictingServerOperation']);
  });
});

describe('A server key', () => {
  const { azure, stateOf, uriOf, putKey, succeeds } = serverClient();

  it('can be created after purge protection is turned on and an access policy is added', async () => {
    const { state } = azure.running.emulator;
    const purge = { properties: { enablePurgeProtection: true } };
    assert.equal((await azure.arm.call('PATCH', vaultId(state, 'kv-nopurge'), { body: purge })).status, 200);
    await succeeds(putKey('sql-billing-weu', uriOf('kv-nopurge', 'tde-nopurge')));
    const { principalId, tenantId } = stateOf('sql-orders-neu');
    const policy = { tenantId, objectId: principalId, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } };
    const added = await azure.arm.call('PUT', `${vaultId(state, 'kv-billing')}/accessPolicies/add`, {
      body: { properties: { accessPolicies: [policy] } },
    });
    assert.equal(added.status, 200);
    await succeeds(putKey('sql-orders-neu', uriOf('kv-billing', 'tde-billing')));
  });

  it('can be created from a new vault key, which is created once', async () => {
    const path = `${vaultId(azure.running.emulator.state, 'kv-billing')}/keys/tde-new`;
    const body = { properties: { kty: 'RSA', keySize: 3072 } };
    const first = await azure.arm.call('PUT', path, { body });
    const second = await azure.arm.call('PUT', path, { body });
    assert.equal(first.body.properties?.keySize, 3072);
    const keys = (await azure.arm.get(path.replace(/\/tde-new$/, ''))).body.value ?? [];
    assert.equal(keys.filter((key) => key.name === 'tde-new').length, 1);
    assert.equal(first.body.properties.keyUriWithVersion, second.body.properties?.keyUriWithVersion);
    await succeeds(putKey('sql-billing-weu', String(first.body.properties.keyUriWithVersion)));
  });
});
