import assert from 'node:assert/strict';
import { publicCloud } from '../../src/core/clouds';
import type { KeyVault } from '../../src/core/model';
import { newKeyKinds, newKeyNameProblem } from '../../src/core/keys/keyChoice';
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

describe('the kinds of a new key', () => {
  const kinds = (of: Partial<KeyVault>) =>
    newKeyKinds({ ...vault, ...of }).map(({ keyType, keySize }) => `${keyType} ${keySize}`);

  it('are those that TDE supports and the vault can create, the recommended one first', () => {
    assert.deepEqual(kinds({}), ['RSA 3072', 'RSA 2048']);
    assert.deepEqual(kinds({ hardwareKeys: true }), ['RSA 3072', 'RSA 2048', 'RSA-HSM 3072', 'RSA-HSM 2048']);
    assert.deepEqual(kinds({ kind: 'managedHsm', hardwareKeys: true }), ['RSA-HSM 3072', 'RSA-HSM 2048']);
  });
});
