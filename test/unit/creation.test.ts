import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import { creations, findServerKey, warnings, type ServerState } from '../../src/core/creation';
import { keyIn, latestVersion, versionOf } from '../../src/core/keyChoice';
import type { KeyVault, ServerKey, SqlServer, VaultKey } from '../../src/core/model';

const now = new Date('2026-11-24T12:00:00Z');
const one = '0123456789abcdef0123456789abcdef';
const two = 'fedcba9876543210fedcba9876543210';

const vault: KeyVault = {
  kind: 'vault',
  id: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-a',
  name: 'kv-a',
  subscriptionId: '1',
  resourceGroup: 'rg',
  location: 'westeurope',
  uri: 'https://kv-a.vault.azure.net',
  purgeProtection: true,
  hardwareKeys: false,
};

const server = (name: string): SqlServer => ({
  id: `/subscriptions/1/resourceGroups/rg/providers/Microsoft.Sql/servers/${name}`,
  name,
  subscriptionId: '1',
  resourceGroup: 'rg',
  location: 'westeurope',
  identity: { userAssigned: [] },
});

const serverKey = (uri: string): ServerKey => ({ id: 'id', name: 'name', type: 'customerManaged', uri });

const version = (of: Partial<VaultKey>): VaultKey => ({
  name: 'tde',
  uri: `https://kv-a.vault.azure.net/keys/tde/${one}`,
  keyType: 'RSA',
  keySize: 3072,
  enabled: true,
  ...of,
});

describe('a chosen key', () => {
  it('has the identifier that the vault gives it', () => {
    const expected = { kind: 'vault', vault: 'kv-a', host: 'kv-a.vault.azure.net', name: 'tde' };
    assert.deepEqual(keyIn(vault, 'tde'), expected);
    assert.deepEqual(keyIn(vault, 'tde', one), { ...expected, version: one });
    assert.equal(versionOf(version({})), one);
  });

  it('stands without version for the newest one that is enabled', () => {
    const [newest, older] = [version({ enabled: false }), version({ uri: `x/${two}` })];
    assert.equal(latestVersion([newest, older]), older);
    assert.equal(latestVersion([newest]), newest);
    assert.equal(latestVersion([]), undefined);
  });
});

describe('server keys to create', () => {
  it('are every key on every server, with the one that is there already', () => {
    const there = serverKey(`https://kv-a.vault.azure.net/keys/tde/${one}`);
    const servers: ServerState[] = [
      { server: server('a'), keys: [there] },
      { server: server('b'), problem: 'Closed.' },
    ];
    const all = creations(servers, [keyIn(vault, 'tde', one), keyIn(vault, 'tde', two)]);
    assert.deepEqual(
      all.map((creation) => [creation.server.name, creation.key.version, creation.existing]),
      [
        ['a', one, there],
        ['a', two, undefined],
        ['b', one, undefined],
        ['b', two, undefined],
      ],
    );
  });

  it('are the same as a key with this identifier, whatever its casing, port and slashes', () => {
    for (const uri of [
      `https://kv-a.vault.azure.net/keys/tde/${one}`,
      `https://KV-A.vault.azure.net:443/keys/TDE/${one.toUpperCase()}/`,
    ]) {
      assert.ok(findServerKey([serverKey(uri)], keyIn(vault, 'tde', one)), uri);
    }
    for (const uri of [
      'https://kv-a.vault.azure.net/keys/tde',
      `https://kv-a.managedhsm.azure.net/keys/tde/${one}`,
      `https://kv-a.vault.azure.net/keys/tde/${two}`,
    ]) {
      assert.equal(findServerKey([serverKey(uri)], keyIn(vault, 'tde', one)), undefined, uri);
    }
    assert.equal(
      findServerKey([{ id: '', name: 'ServiceManaged', type: 'serviceManaged' }], keyIn(vault, 'tde')),
      undefined,
    );
  });
});

describe('warnings before server keys are created', () => {
  const warn = (
    facts: VaultKey | 'missing' | undefined,
    of: KeyVault | undefined,
    servers: readonly ServerState[] = [],
  ) =>
    warnings(
      { servers, vault: of, keys: [{ id: keyIn(vault, 'tde', one), ...(facts && { facts }) }] },
      publicCloud,
      now,
    );

  it('are none where nothing speaks against it, or nothing is known', () => {
    assert.deepEqual(warn(version({}), vault, [{ server: server('a'), keys: [] }]), []);
    assert.deepEqual(warn(undefined, undefined), []);
  });

  it('are the reasons against each key, its expiry, the protection of its vault, and servers that can not be read', () => {
    const facts = version({ keyType: 'EC', enabled: false, expires: new Date('2026-12-08T12:00:00Z') });
    assert.deepEqual(
      warn(facts, { ...vault, purgeProtection: false }, [{ server: server('a'), problem: 'You may not.' }]),
      [
        { about: 'key', text: '"tde" is not suitable: EC key: TDE needs RSA 2048 or 3072' },
        { about: 'key', text: '"tde" is not suitable: disabled' },
        { about: 'key', text: '"tde": expires in 14 days' },
        { about: 'vault', text: 'Purge protection of "kv-a" is off: TDE needs it' },
        { about: 'server', text: 'The server keys of "a" can\'t be read', detail: 'You may not.' },
      ],
    );
  });

  it('say that there is no such key or version', () => {
    assert.deepEqual(warn('missing', vault), [{ about: 'key', text: '"kv-a" has no key "tde" with this version' }]);
    const versionless = { servers: [], vault, keys: [{ id: keyIn(vault, 'tde'), facts: 'missing' as const }] };
    assert.deepEqual(warnings(versionless, publicCloud, now), [{ about: 'key', text: '"kv-a" has no key "tde"' }]);
  });
});
