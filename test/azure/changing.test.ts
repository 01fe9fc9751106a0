import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyIdentifier, NewKey } from '../../src/core/vaultModel';
import {
  connectToEmulator,
  emulator,
  failureOf,
  findKey,
  findServer,
  found,
  listVaults,
  resetEmulator,
} from './connection';

const versionless = ({ kind, vault, host, name }: KeyIdentifier): KeyIdentifier => ({ kind, vault, host, name });

describe('a versionless key identifier', () => {
  beforeEach(() => resetEmulator());

  it('becomes a versionless server key, with the api-version that supports it', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = versionless(await findKey(azure, 'kv-billing', 'tde-billing'));
    await emulator.clearRequests();
    const created = await azure.serverKeys.create(server, serverKeyRequest({ key }));
    const versioned = formatKeyIdentifier(await findKey(azure, 'kv-billing', 'tde-billing'));
    assert.deepEqual([created.name, created.uri], ['kv-billing_tde-billing', versioned]);
    const [put] = (await emulator.requests()).filter(({ method }) => method === 'PUT');
    assert.deepEqual([put?.method, put?.query['api-version']], ['PUT', '2025-01-01']);
    assert.ok((await azure.serverKeys.list(server)).some(({ name }) => name === 'kv-billing_tde-billing'));
  });

  it('fails with a code of the extension if the cloud does not support it', async () => {
    await emulator.options({ apiVersions: { 'Microsoft.Sql/servers/keys': ['2023-08-01', '2021-11-01'] } });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = versionless(await findKey(azure, 'kv-billing', 'tde-billing'));
    const create = async () => failureOf(azure.serverKeys.create(server, serverKeyRequest({ key })));
    const failure = await create();
    assert.deepEqual([failure.code, failure.operation?.name], ['VersionlessNotSupported', 'create server key']);
    for (const code of ['InvalidApiVersionParameter', 'InvalidResourceType']) {
      await emulator.addFault({ match: { method: 'PUT', path: '/keys/' }, status: 400, code, times: 1 });
      assert.equal((await create()).code, 'VersionlessNotSupported', code);
    }
  });
});

describe('deleting a server key', () => {
  beforeEach(() => resetEmulator());

  it('waits for the operation and verifies the deletion', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const created = await azure.serverKeys.create(
      server,
      serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') }),
    );
    await emulator.options({ operationMs: 500, retryAfter: 1 });
    await emulator.clearRequests();
    await azure.serverKeys.delete(server, created);
    const requests = await emulator.requests();
    assert.deepEqual([requests.at(0)?.method, requests.at(-1)?.path.endsWith('/keys')], ['DELETE', true]);
    assert.deepEqual(await azure.serverKeys.list(server).then((keys) => keys.map(({ name }) => name)), [
      'ServiceManaged',
    ]);
  });

  it('reports the code if Azure refuses', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const protector = await azure.tdeProtectors.get(server);
    const key = found(await azure.serverKeys.list(server), protector.serverKeyName);
    const failure = await failureOf(azure.serverKeys.delete(server, key));
    assert.deepEqual([failure.code, failure.operation?.name], ['AzureKeyVaultKeyInUse', 'delete server key']);
  });

  it('fails if Azure still lists the key after the deletion', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const [key] = await azure.serverKeys.list(server);
    assert.ok(key);
    await emulator.addFault({ match: { method: 'DELETE', path: '/keys/' }, behavior: 'empty', status: 204 });
    assert.equal((await failureOf(azure.serverKeys.delete(server, key))).code, 'ServerKeyStillThere');
  });
});

describe('creating a vault key', () => {
  beforeEach(() => resetEmulator());

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
    it(`creates ${keyType} ${keySize} in ${vault} and returns its key identifier`, async () => {
      const created = await create(vault, { name: 'tde-new', keyType, keySize });
      assert.match(created.uri, new RegExp(`^https://${vault}\\..*/keys/tde-new/[0-9a-f]{32}$`));
      assert.deepEqual([created.keyType, created.keySize, created.enabled], [keyType, keySize, true]);
    });
  }

  const expires = new Date(Date.UTC(2040, 0, 1));
  const key = { name: 'tde-new', keyType: 'RSA-HSM', keySize: 3072 } as const;

  for (const vault of ['kv-billing', 'hsm-contoso']) {
    it(`gives a key in ${vault} an expiration date and a rotation policy`, async () => {
      const created = await create(vault, { ...key, lifetime: { expires, duration: 'P2Y', rotates: true } });
      assert.deepEqual(created.expires, expires);
      const stored = found(found((await emulator.state()).vaults, vault).keys, 'tde-new');
      assert.equal(stored.versions[0]?.exp, expires.getTime() / 1000);
      assert.equal(stored.rotationPolicy?.expiryTime, 'P2Y');
      const rotation = { trigger: { timeBeforeExpiry: 'P90D' }, action: { type: 'rotate' } };
      assert.deepEqual(stored.rotationPolicy.lifetimeActions, [rotation]);
    });
  }

  it('gives a key only an expiration date', async () => {
    await create('kv-billing', { ...key, lifetime: { expires, duration: 'P400D', rotates: false } });
    const { versions, rotationPolicy } = found(found((await emulator.state()).vaults, 'kv-billing').keys, 'tde-new');
    assert.deepEqual([versions[0]?.exp, rotationPolicy], [expires.getTime() / 1000, undefined]);
  });

  for (const [missing, properties] of Object.entries({
    'the expiration date': { rotationPolicy: { lifetimeActions: [{ action: { type: 'Rotate' } }] } },
    'the rotation policy': { attributes: { exp: expires.getTime() / 1000 } },
  })) {
    it(`fails if Azure does not show ${missing} afterward`, async () => {
      await emulator.addFault({
        match: { method: 'GET', path: '/keys/tde-new$' },
        behavior: 'change',
        when: 'afterEffect',
        change: { properties },
      });
      const lifetime = { expires, duration: 'P2Y', rotates: true };
      const failure = await failureOf(create('kv-billing', { ...key, lifetime }));
      assert.deepEqual([failure.code, failure.operation?.name], ['KeyLifetimeNotSet', 'create key']);
    });
  }

  it('does not change an existing key', async () => {
    const before = (await emulator.state()).vaults;
    const failure = await failureOf(create('kv-billing', { name: 'tde-billing', keyType: 'RSA', keySize: 2048 }));
    assert.equal(failure.code, 'KeyAlreadyExists');
    assert.deepEqual((await emulator.state()).vaults, before);
  });

  it('reads which vaults support hardware keys', async () => {
    const vaults = await listVaults(connectToEmulator(), 'Contoso Production');
    const hardware = vaults.filter(({ hardwareKeys }) => hardwareKeys).map(({ name }) => name);
    assert.ok(hardware.includes('hsm-contoso') && hardware.includes('kv-billing'));
    assert.ok(!hardware.includes('kv-nopurge'));
    const refused = await failureOf(create('kv-nopurge', { name: 'tde-new', keyType: 'RSA-HSM', keySize: 2048 }));
    assert.equal(refused.status, 403);
  });
});

describe('reading details', () => {
  beforeEach(() => resetEmulator());

  it('returns the JSON of servers, server keys, subscriptions, and resource groups', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const [key] = await azure.serverKeys.list(server);
    const [subscription = '', group = ''] = [3, 5].map((end) => server.id.split('/').slice(0, end).join('/'));
    for (const id of [server.id, key?.id ?? '', subscription, group]) {
      assert.equal(((await azure.resources.read(id)) as { readonly id: string }).id, id);
    }
    assert.equal((await failureOf(azure.resources.read(`${server.id}-gone`))).status, 404);
  });

  it('lists the databases of a server without master', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    assert.deepEqual(await azure.sqlServers.listDatabases(server), ['orders', 'orders-history']);
  });
});
