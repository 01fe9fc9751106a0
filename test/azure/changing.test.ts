import assert from 'node:assert/strict';
import type { KeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { NewKey } from '../../src/core/model';
import { connectToEmulator, emulator, failureOf, findKey, findServer, found, listVaults } from './connection';

const latest = ({ kind, vault, host, name }: KeyIdentifier): KeyIdentifier => ({ kind, vault, host, name });

describe('a key identifier without version', () => {
  beforeEach(() => emulator.reset());

  it('becomes a server key that follows the latest version, by the api-version that has such', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = latest(await findKey(azure, 'kv-billing', 'tde-billing'));
    await emulator.clearRequests();
    const created = await azure.serverKeys.create(server, key);
    assert.deepEqual(
      [created.name, created.uri],
      ['kv-billing_tde-billing', 'https://kv-billing.vault.azure.net/keys/tde-billing'],
    );
    const [put] = await emulator.requests();
    assert.deepEqual([put?.method, put?.query['api-version']], ['PUT', '2025-01-01']);
    assert.ok((await azure.serverKeys.list(server)).some(({ name }) => name === 'kv-billing_tde-billing'));
  });

  it('is refused in words of ours where the cloud does not offer that', async () => {
    await emulator.options({ apiVersions: { 'Microsoft.Sql/servers/keys': ['2023-08-01', '2021-11-01'] } });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = latest(await findKey(azure, 'kv-billing', 'tde-billing'));
    const failure = await failureOf(azure.serverKeys.create(server, key));
    assert.deepEqual([failure.code, failure.operation?.name], ['VersionlessNotSupported', 'create server key']);
  });
});

describe('deleting a server key', () => {
  beforeEach(() => emulator.reset());

  it('waits for the end and makes sure that it is gone', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const created = await azure.serverKeys.create(server, await findKey(azure, 'kv-billing', 'tde-billing'));
    await emulator.clearRequests();
    await azure.serverKeys.delete(server, created);
    const requests = await emulator.requests();
    assert.deepEqual([requests.at(0)?.method, requests.at(-1)?.path.endsWith('/keys')], ['DELETE', true]);
    assert.deepEqual(await azure.serverKeys.list(server).then((keys) => keys.map(({ name }) => name)), [
      'ServiceManaged',
    ]);
  });

  it('says why Azure refuses', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const protector = await azure.tdeProtectors.get(server);
    const key = found(await azure.serverKeys.list(server), protector.serverKeyName);
    const failure = await failureOf(azure.serverKeys.delete(server, key));
    assert.deepEqual([failure.code, failure.operation?.name], ['AzureKeyVaultKeyInUse', 'delete server key']);
  });

  it('does not take the word of Azure for it when the key is still listed', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const [key] = await azure.serverKeys.list(server);
    assert.ok(key);
    await emulator.addFault({ match: { method: 'DELETE', path: '/keys/' }, behaviour: 'empty', status: 204 });
    assert.equal((await failureOf(azure.serverKeys.delete(server, key))).code, 'ServerKeyStillThere');
  });
});

describe('creating a key in a vault', () => {
  beforeEach(() => emulator.reset());

  const create = async (vaultName: string, key: Omit<NewKey, 'vault'>) => {
    const azure = connectToEmulator();
    const vault = found(await listVaults(azure, 'Contoso Production'), vaultName);
    return azure.keyVaults.createKey({ vault, ...key });
  };

  for (const [vault, keyType, keySize] of [
    ['kv-billing', 'RSA', 2048],
    ['kv-billing', 'RSA-HSM', 3072],
    ['hsm-contoso', 'RSA-HSM', 3072],
  ] as const) {
    it(`makes ${keyType} ${keySize} in ${vault} and tells the identifier of its version`, async () => {
      const created = await create(vault, { name: 'tde-new', keyType, keySize });
      assert.match(created.uri, new RegExp(`^https://${vault}\\..*/keys/tde-new/[0-9a-f]{32}$`));
      assert.deepEqual([created.keyType, created.keySize, created.enabled], [keyType, keySize, true]);
    });
  }

  it('leaves a key of that name alone', async () => {
    const before = (await emulator.state()).vaults;
    const failure = await failureOf(create('kv-billing', { name: 'tde-billing', keyType: 'RSA', keySize: 2048 }));
    assert.equal(failure.code, 'KeyAlreadyExists');
    assert.deepEqual((await emulator.state()).vaults, before);
  });

  it('knows which vaults take keys in hardware', async () => {
    const vaults = await listVaults(connectToEmulator(), 'Contoso Production');
    const hardware = vaults.filter(({ hardwareKeys }) => hardwareKeys).map(({ name }) => name);
    assert.ok(hardware.includes('hsm-contoso') && hardware.includes('kv-billing'));
    assert.ok(!hardware.includes('kv-nopurge'));
    const refused = await failureOf(create('kv-nopurge', { name: 'tde-new', keyType: 'RSA-HSM', keySize: 2048 }));
    assert.equal(refused.status, 403);
  });
});

describe('looking closer', () => {
  beforeEach(() => emulator.reset());

  it('gives the raw answer for servers, keys, subscriptions and resource groups', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const [key] = await azure.serverKeys.list(server);
    const [subscription = '', group = ''] = [3, 5].map((end) => server.id.split('/').slice(0, end).join('/'));
    for (const id of [server.id, key?.id ?? '', subscription, group]) {
      assert.equal(((await azure.resources.read(id)) as { readonly id: string }).id, id);
    }
    assert.equal((await failureOf(azure.resources.read(`${server.id}-gone`))).status, 404);
  });

  it("lists a server's databases without master", async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    assert.deepEqual(await azure.sqlServers.listDatabases(server), ['orders', 'orders-history']);
  });
});
