import assert from 'node:assert/strict';
import { evidenceFor } from '../../src/core/checks/checkCreation';
import { describeOutage, type Lost } from '../../src/core/checks/describeOutage';
import { outageSteps } from '../../src/core/checks/outage';
import type { Finding } from '../../src/core/errors/finding';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { ServerKey, TdeProtector } from '../../src/core/model';
import { check, key, now, vaultKey } from './goodFacts';

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

  it('says first what helps against the cause, and no step that was ruled out', () => {
    const steps = (isInstance: boolean, code = '40981') =>
      outageSteps(evidenceFor(code, findings), ['Find out which'], isInstance);
    assert.deepEqual(steps(false), [
      'Enable the key version, or choose one that is enabled.',
      'Check that the activation date has passed.',
      'Try again in a few minutes.',
      'If databases were inaccessible for more than 30 minutes, revalidate the TDE protector; otherwise, they recover automatically.',
    ]);
    assert.match(steps(true).at(-1) ?? '', /revalidate the TDE protector of the instance/);
    assert.deepEqual(steps(false, '40613'), ['Find out which']);
    assert.deepEqual(outageSteps(evidenceFor('40981', [noVault]), ['Find out which'], false), ['Find out which']);
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

describe('an outage in words', () => {
  const describeLost = (changes: Partial<Lost> = {}) =>
    describeOutage({ server: 'sql-a', inaccessible: ['one', 'two'], ...changes }, now);
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

  it('is the cause and the databases in a row, and the way out in a sentence', () => {
    const outage = describeLost({ causes: [disabled] });
    assert.deepEqual(outage?.words, ['key disabled', '2 databases inaccessible']);
    assert.equal(outage.text, '2 databases of "sql-a" are inaccessible: "one", "two"');
    assert.match(
      outage.detail,
      /^The server can't use its TDE protector: The key is disabled\. .* Fix the cause, then/,
    );
  });

  it('says how long the databases recover automatically, if it is known when the server lost its key', () => {
    assert.match(describeLost()?.detail ?? '', /only if the server can use the key again within 30 minutes/);
    assert.match(describeLost({ since: minutesAgo(10) })?.detail ?? '', /before 2026-11-24 12:20 UTC\./);
    assert.match(describeLost({ since: minutesAgo(31) })?.detail ?? '', /no longer recover automatically/);
  });

  it('asks for a check if there was none, and for a revalidation if the checks find no cause', () => {
    assert.match(describeLost()?.detail ?? '', /Check the TDE protector, fix what the check finds/);
    assert.match(describeLost({ causes: [] })?.detail ?? '', /revalidate the TDE protector\.$/);
  });

  it('warns of a key that fails before a database is inaccessible', () => {
    const outage = describeLost({ inaccessible: [], causes: [{ text: 'x', codes: ['AdalGenericError'] }] });
    assert.deepEqual([outage?.words, outage?.text], [['key not usable'], '"sql-a" can\'t use its TDE protector']);
    assert.equal(describeLost({ inaccessible: [] }), undefined);
  });
});

describe('the check for inaccessible databases', () => {
  const uri = formatKeyIdentifier(key);
  const serverKey: ServerKey = { id: '', name: 'kv-a_tde_1', type: 'customerManaged', uri };
  const protector: TdeProtector = { serverKeyName: 'kv-a_tde_1', type: 'customerManaged', uri, autoRotation: false };
  const lost = { protector: { value: protector }, inaccessible: { value: ['one'] } };
  const aboutOutage = (facts: Parameters<typeof check>[0]) =>
    check(facts).filter(({ codes }) => codes.includes('MakeDatabaseInaccessible'));

  it('names the cause if the TDE protector itself is checked', () => {
    const version = { value: { ...vaultKey, enabled: false } };
    const [finding] = aboutOutage({ ...lost, serverKeys: { value: [serverKey] }, version });
    assert.equal(finding?.outcome, 'warn');
    assert.match(finding.detail ?? '', /TDE protector: "tde" is not suitable: disabled\./);
  });

  it('asks for a check of the TDE protector if another key is checked', () => {
    assert.match(aboutOutage(lost)[0]?.detail ?? '', /Check the TDE protector/);
  });

  it('passes if there are none, and is left out for a service-managed TDE protector', () => {
    assert.equal(aboutOutage({ ...lost, inaccessible: { value: [] } })[0]?.outcome, 'pass');
    assert.deepEqual(aboutOutage({}), []);
  });

  it('makes the lost key the proven cause of an error that has others', () => {
    const findings = check({ ...lost, serverKeys: { value: [serverKey] } });
    assert.equal(evidenceFor('40925', findings).isSuspicion, false);
  });
});
