import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpAnswer } from './armClient';
import { findVault, keyName } from './demoIds';
import { withReplicas } from './serverKeyScenarios';
import { customerManaged, refusal, serverClient } from './serverClient';

describe('A TDE protector', () => {
  const { azure, id, stateOf, uriOf, putKey, putProtector, succeeds } = serverClient();

  const putOldVersion = (version: string) =>
    putProtector('sql-orders-weu', customerManaged(uriOf('kv-orders', 'tde-orders', 2)), 'current', version);

  const protectorRefusals: [code: string, status: number, put: () => Promise<HttpAnswer>][] = [
    [
      'InvalidEncryptionProtectorName',
      400,
      () => putProtector('sql-dev-weu', { serverKeyType: 'ServiceManaged' }, 'next'),
    ],
    [
      'InvalidKeyUpsertRequest',
      400,
      () => azure.arm.call('PUT', `${id('sql-dev-weu')}/encryptionProtector/current`, { body: {} }),
    ],
    ['InvalidKeyType', 400, () => putProtector('sql-dev-weu', { serverKeyType: 'Mine' })],
    [
      'InvalidKeyName',
      400,
      () => putProtector('sql-dev-weu', { serverKeyType: 'ServiceManaged', serverKeyName: 'a_b_c' }),
    ],
    ['ServerKeyNotFound', 404, () => putProtector('sql-dev-weu', customerManaged(uriOf('kv-billing', 'tde-billing')))],
    ['OldGenerationOfAKVKeyBeingUsedError', 400, () => putOldVersion('2024-11-01-preview')],
    ['CMKOperationNotAllowed', 400, () => putProtector('sql-archive-neu', { serverKeyType: 'ServiceManaged' })],
  ];
  for (const [code, status, put] of protectorRefusals) {
    it(`is not set: ${code}`, async () => {
      assert.deepEqual(refusal(await put()), [status, code]);
    });
  }

  it('must be the newest version only in newer api-versions', async () => {
    for (const version of ['2020-11-01-preview', '2023-08-01']) await succeeds(putOldVersion(version));
  });

  it('cannot be set again while it is being set, but keys of other servers can be created', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    await putProtector('sql-hr-weu', { serverKeyType: 'ServiceManaged' });
    const second = await putProtector('sql-hr-weu', { serverKeyType: 'ServiceManaged' });
    assert.deepEqual(refusal(second), [409, 'EncryptionProtectorChangeInProgress']);
    assert.equal((await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'))).status, 202);
    const third = await putProtector('sql-billing-weu', { serverKeyType: 'ServiceManaged' });
    assert.deepEqual(refusal(third), [409, 'ConflictingServerOperation']);
  });

  for (const { code, server = 'sql-billing-weu', key, ...scenario } of withReplicas) {
    it(`fails in the poll with ${code} although the server key can be created`, async () => {
      scenario.change?.(azure.running.emulator.state);
      const [vault, name] = key ?? ['kv-billing', 'tde-billing'];
      const uri = uriOf(vault, name);
      await succeeds(putKey(server, uri));
      const poll = await azure.arm.finish(await putProtector(server, customerManaged(uri, scenario.autoRotation)));
      assert.equal(poll.body.error?.code, code);
    });
  }

  it('can be a key that was created on the secondary first, then on the primary', async () => {
    const uri = uriOf('kv-orders', 'tde-orders-next');
    await succeeds(putKey('sql-orders-neu', uri));
    await succeeds(putKey('sql-orders-weu', uri));
    await succeeds(putProtector('sql-orders-weu', customerManaged(uri, true)));
    assert.equal(stateOf('sql-orders-weu').protector.serverKeyName, keyName(uri));
  });

  it('takes as long as the option says to revalidate, and the result does not name the key', async () => {
    const path = `${id('sql-hr-weu')}/encryptionProtector/current/revalidate`;
    azure.running.emulator.options.revalidateMs = 60_000;
    const slow = await azure.arm.call('POST', path);
    await delay(10);
    assert.equal((await azure.arm.get(String(slow.headers['azure-asyncoperation']))).body.status, 'InProgress');
    azure.running.emulator.operations = [];
    azure.running.emulator.options.revalidateMs = 5;
    const accepted = await azure.arm.call('POST', path);
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const { body } = await azure.arm.get(String(accepted.headers.location));
    assert.deepEqual(Object.keys(body.properties ?? {}), ['serverKeyType', 'autoRotationEnabled']);
  });

  it('can be revalidated once its key is enabled, which brings its databases online', async () => {
    const path = `${id('sql-archive-neu')}/encryptionProtector/current/revalidate`;
    const failed = await azure.arm.finish(await azure.arm.call('POST', path));
    assert.equal(failed.body.error?.code, 'AzureKeyVaultKeyDisabled');
    assert.equal(stateOf('sql-archive-neu').databases[0]?.status, 'Inaccessible');
    const { keys } = findVault(azure.running.emulator.state, 'kv-billing');
    const key = keys.find((k) => k.name === 'tde-billing-disabled');
    key?.versions.forEach((version) => (version.enabled = true));
    await succeeds(azure.arm.call('POST', path));
    assert.deepEqual(
      stateOf('sql-archive-neu').databases.map((d) => d.status),
      ['Online', 'Online'],
    );
  });

  it('can be the service-managed key again once its databases are online', async () => {
    stateOf('sql-archive-neu').databases.forEach((database) => (database.status = 'Online'));
    await succeeds(putProtector('sql-archive-neu', { serverKeyType: 'ServiceManaged' }));
  });
});
