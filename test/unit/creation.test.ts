import assert from 'node:assert/strict';
import { findServerKey } from '../../src/core/creation/creation';
import { keyIn, latestVersion, versionOf } from '../../src/core/keys/keyChoice';
import type { ServerKey } from '../../src/core/model';
import type { VaultKey } from '../../src/core/vaultModel';
import { vault } from './keyVault';

const one = '0123456789abcdef0123456789abcdef';
const two = 'fedcba9876543210fedcba9876543210';

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
  it('has the key identifier that the vault uses', () => {
    const expected = { kind: 'vault', vault: 'kv-a', host: 'kv-a.vault.azure.net', name: 'tde' };
    assert.deepEqual(keyIn(vault, 'tde'), expected);
    assert.deepEqual(keyIn(vault, 'tde', one), { ...expected, version: one });
    assert.equal(versionOf(version({})), one);
  });

  it('uses the newest enabled version if it is versionless', () => {
    const [newest, older] = [version({ enabled: false }), version({ uri: `x/${two}` })];
    assert.equal(latestVersion([newest, older]), older);
    assert.equal(latestVersion([newest]), newest);
    assert.equal(latestVersion([]), undefined);
  });
});

describe('an existing server key', () => {
  it('is found by a versionless key identifier, although it reads back with the version in use', () => {
    const named = (name: string): ServerKey => ({ ...serverKey(`https://kv-a.vault.azure.net/keys/tde/${one}`), name });
    assert.ok(findServerKey([named('kv-a_tde')], keyIn(vault, 'tde')));
    assert.equal(findServerKey([named(`kv-a_tde_${one}`)], keyIn(vault, 'tde')), undefined);
    assert.equal(findServerKey([named('kv-a_tde-2')], keyIn(vault, 'td')), undefined);
  });

  it('is found by its key identifier, regardless of casing, port, and trailing slashes', () => {
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
