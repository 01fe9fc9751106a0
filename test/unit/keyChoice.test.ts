import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import type { KeyVault } from '../../src/core/vaultModel';
import { asSpelled, newKeyKinds, newKeyNameProblem } from '../../src/core/keys/keyChoice';
import { vault } from './keyVault';

const problem = (name: string) => newKeyNameProblem(name, vault, ['tde'], publicCloud);

describe('the name of a new key', () => {
  it('has letters, digits, and hyphens, as Key Vault requires', () => {
    for (const name of ['tde-2', 'A', '0', '-', 'x'.repeat(90)]) assert.equal(problem(name), undefined, name);
    for (const name of ['', 'tde key', 'tde_key', 'tde/1', 'ü', 'https://x', 'tde?']) {
      assert.equal(problem(name), 'A key name must have 1 to 127 letters, digits, and hyphens.', name);
    }
  });

  it('differs from the names of all keys in the vault, regardless of casing', () => {
    assert.equal(problem('tde'), '"kv-a" already has a key with this name.');
    assert.equal(problem('TDE'), '"kv-a" already has a key with this name.');
  });

  it('has at most 94 characters together with the name of the vault', () => {
    assert.equal(
      problem('x'.repeat(91)),
      'The vault name and key name together can have at most 94 characters; these have 95.',
    );
  });
});

describe('a pasted key identifier', () => {
  const host = 'KV-A.vault.azure.net';
  const pasted = { kind: 'vault', vault: 'KV-A', host, name: 'TDE', version: 'AB'.repeat(16) } as const;

  it('gets the spelling of the vault and of the key, because it becomes the name of the server key', () => {
    const facts = { name: 'TDE', enabled: true, uri: `https://kv-a.vault.azure.net/keys/tde/${'ab'.repeat(16)}` };
    const spelled = {
      kind: 'vault',
      vault: 'kv-a',
      host: 'kv-a.vault.azure.net',
      name: 'tde',
      version: 'ab'.repeat(16),
    };
    assert.deepEqual(asSpelled(pasted, vault, facts), spelled);
    assert.equal(asSpelled({ kind: 'vault', vault: 'KV-A', host, name: 'TDE' }, vault, facts).version, undefined);
  });

  it('keeps its own spelling of what the account cannot see', () => {
    assert.deepEqual(asSpelled(pasted, undefined, undefined), pasted);
    assert.equal(asSpelled(pasted, vault, undefined).name, 'TDE');
  });
});

describe('the kinds of a new key', () => {
  const kinds = (of: Partial<KeyVault>) =>
    newKeyKinds({ ...vault, ...of }).map(({ keyType, keySize }) => `${keyType} ${keySize}`);

  it('are those that TDE supports and the vault can create, the recommended one first', () => {
    assert.deepEqual(kinds({}), ['RSA 3072', 'RSA 2048']);
    assert.deepEqual(kinds({ hardwareKeys: true }), ['RSA 3072', 'RSA 2048', 'RSA-HSM 3072', 'RSA-HSM 2048']);
    assert.deepEqual(kinds({ kind: 'managedHsm', hardwareKeys: true }), ['RSA-HSM 3072', 'RSA-HSM 2048']);
  });
});
