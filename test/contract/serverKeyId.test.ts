import assert from 'node:assert/strict';
import { keyName, keyUri, serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('PATCH of a server with keyId', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const id = (name: string) => serverId(azure.running.emulator.state, name);
  const uriOf = (vault: string, key: string) => keyUri(azure.running.emulator.state, vault, key);
  const patch = (server: string, keyId: string, identity?: object) =>
    azure.arm.call('PATCH', id(server), { body: { ...(identity && { identity }), properties: { keyId } } });
  const protector = async (server: string) =>
    (await azure.arm.get(`${id(server)}/encryptionProtector/current`)).body.properties;
  const keysOf = async (server: string) =>
    (await azure.arm.get(`${id(server)}/keys`)).body.value?.map((key) => key.name);

  it('creates a server key and sets it as the TDE protector', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    const accepted = await patch('sql-inventory-weu', uri);
    assert.equal(accepted.body.operation, 'UpsertLogicalServer');
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    assert.deepEqual(await keysOf('sql-inventory-weu'), [keyName(uri), 'ServiceManaged']);
    assert.equal((await protector('sql-inventory-weu'))?.serverKeyName, keyName(uri));
    assert.equal((await azure.arm.finish(await patch('sql-inventory-weu', uri))).body.status, 'Succeeded');
    assert.equal((await keysOf('sql-inventory-weu'))?.length, 2, 'no second server key');
  });

  it('uses the identity that the same request assigns', async () => {
    const [inventory] = azure.running.emulator.state.userAssignedIdentities;
    assert.ok(inventory);
    const body = {
      identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory.id]: {} } },
      properties: { primaryUserAssignedIdentityId: inventory.id, keyId: uriOf('kv-billing', 'tde-billing') },
    };
    const poll = await azure.arm.finish(await azure.arm.call('PATCH', id('sql-reports-weu'), { body }));
    assert.equal(poll.body.status, 'Succeeded', poll.text);
    assert.equal((await protector('sql-reports-weu'))?.uri, uriOf('kv-billing', 'tde-billing'));
  });

  it('fails and changes nothing if the identity has no access to the key', async () => {
    const poll = await azure.arm.finish(await patch('sql-inventory-weu', uriOf('kv-orders', 'tde-orders')));
    assert.deepEqual(poll.body.error, {
      code: 'UmiMissingAkvPermissions',
      message: 'PrimaryUserAssignedIdentityId provided by user does not have access to KeyId provided',
    });
    assert.deepEqual(await keysOf('sql-inventory-weu'), ['ServiceManaged']);
    assert.equal((await protector('sql-inventory-weu'))?.serverKeyName, 'ServiceManaged');
  });

  it('fails in the same words if the firewall blocks Azure SQL', async () => {
    const poll = await azure.arm.finish(await patch('sql-inventory-weu', uriOf('kv-firewalled', 'tde-firewalled')));
    assert.equal(poll.body.error?.code, 'UmiMissingAkvPermissions');
  });

  it('is refused if the identity has no access to the key, with the option failures: start', async () => {
    azure.running.emulator.options.failures = 'start';
    const { status, body } = await patch('sql-inventory-weu', uriOf('kv-orders', 'tde-orders'));
    assert.deepEqual([status, body.error?.code], [400, 'UmiMissingAkvPermissions']);
  });

  it('fails with the error of the key if the key is not suitable', async () => {
    const poll = await azure.arm.finish(await patch('sql-inventory-weu', uriOf('kv-billing', 'tde-billing-ec')));
    assert.equal(poll.body.error?.code, 'AzureKeyVaultRsaKeyNotSupported');
  });

  it('requires a user-assigned identity', async () => {
    const { status, body } = await patch('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.deepEqual([status, body.error?.code], [400, 'InvalidIdentityTypeForKeyId']);
  });

  it('requires a key identifier with a version', async () => {
    for (const keyId of [
      'not a URL',
      `${vaultId(azure.running.emulator.state, 'kv-billing')}/keys/tde-billing`,
      'https://kv-billing.vault.azure.net/keys/tde-billing',
    ]) {
      const { status, body } = await patch('sql-inventory-weu', keyId);
      assert.deepEqual([status, body.error?.code], [400, 'InvalidParameterValue'], keyId);
    }
  });
});
