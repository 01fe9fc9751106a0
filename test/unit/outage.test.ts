import assert from 'node:assert/strict';
import { evidenceFor } from '../../src/core/checks/checkCreation';
import type { Finding } from '../../src/core/errors/finding';

const disabled: Finding = {
  outcome: 'fail',
  text: 'The key is disabled',
  codes: ['AzureKeyVaultKeyDisabled'],
  fixes: [{ kind: 'chooseKey' }, { kind: 'runCommand', title: 'Enable', command: 'az keyvault key set-attributes' }],
};
const expiring: Finding = {
  outcome: 'warn',
  text: 'The key expires soon',
  codes: ['AzureKeyVaultInvalidExpirationDate'],
};
const noVault: Finding = { outcome: 'warn', text: 'No vault is visible', codes: ['VaultNotFound'] };
const allowed: Finding = { outcome: 'pass', text: 'May use the key', codes: ['AzureKeyVaultMissingPermissions'] };
const locked: Finding = { outcome: 'fail', text: 'A lock', codes: ['ScopeLocked'] };

describe('the evidence for an outage', () => {
  const findings = [noVault, disabled, expiring, allowed, locked];

  it('is why the server cannot use its TDE protector now, and nothing else', () => {
    const { found, ruledOut, unchecked, isSuspicion } = evidenceFor('40981', findings);
    assert.deepEqual(
      [found, ruledOut, unchecked].map((some) => some.map(({ text }) => text)),
      [['The key is disabled', 'No vault is visible'], ['May use the key'], []],
    );
    assert.equal(isSuspicion, false);
  });

  it('offers no other key', () => {
    const [first] = evidenceFor('MakeDatabaseInaccessible', findings).found;
    assert.deepEqual(
      first?.fixes?.map(({ kind }) => kind),
      ['runCommand'],
    );
  });

  it('is only a suspicion if the error has other causes too', () => {
    assert.ok(evidenceFor('40613', findings).isSuspicion);
  });
});
