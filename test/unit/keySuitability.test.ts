import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicCloud } from '../../src/core/clouds';
import { expiryText } from '../../src/core/keys/expiry';
import { keySuitability } from '../../src/core/keys/keySuitability';
import type { VaultKey } from '../../src/core/vaultModel';

const now = new Date('2026-11-24T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const good: VaultKey = {
  name: 'tde',
  uri: 'https://kv-a.vault.azure.net/keys/tde',
  keyType: 'RSA',
  keySize: 3072,
  enabled: true,
};
const judge = (facts: Partial<VaultKey>) => keySuitability({ ...good, ...facts }, now, publicCloud);

describe("a key in the wizard's list", () => {
  it('is suitable if it is RSA or RSA-HSM of 2048 or 3072 bits, enabled, active, and not expired', () => {
    for (const keyType of ['RSA', 'RSA-HSM', 'rsa']) {
      for (const keySize of [2048, 3072]) {
        const dates = { notBefore: inDays(-1), expires: inDays(400) };
        assert.deepEqual(judge({ keyType, keySize, ...dates }), { suitable: true, reasons: [], warnings: [] });
      }
    }
  });

  it('is unsuitable with another type or size, and says what TDE needs', () => {
    assert.deepEqual(judge({ keyType: 'EC', keySize: 256 }).reasons, ['EC key: TDE needs RSA 2048 or 3072']);
    assert.deepEqual(judge({ keyType: 'EC-HSM' }).reasons, ['EC-HSM key: TDE needs RSA 2048 or 3072']);
    assert.deepEqual(judge({ keySize: 4096 }).reasons, ['RSA 4096 key: TDE needs RSA 2048 or 3072']);
    assert.equal(judge({ keySize: 4096 }).suitable, false);
  });

  it('is unsuitable while it is disabled', () => {
    assert.deepEqual(judge({ enabled: false }), { suitable: false, reasons: ['disabled'], warnings: [] });
  });

  it('is unsuitable once it expires', () => {
    assert.deepEqual(judge({ expires: inDays(-12.5) }).reasons, ['expired 12 days ago']);
    assert.deepEqual(judge({ expires: inDays(-1) }).reasons, ['expired 1 day ago']);
    assert.deepEqual(judge({ expires: now }).reasons, ['expired less than a day ago']);
  });

  it('is unsuitable until its activation date, shown with the time if it is near', () => {
    assert.deepEqual(judge({ notBefore: new Date('2026-12-01T00:00:00Z') }).reasons, ['not active until 2026-12-01']);
    assert.deepEqual(judge({ notBefore: inDays(0.25) }).reasons, ['not active until 2026-11-24 18:00 UTC']);
    assert.deepEqual(judge({ notBefore: now }).reasons, []);
  });

  it('warns if it expires soon, and stays suitable', () => {
    assert.deepEqual(judge({ expires: inDays(14.5) }), {
      suitable: true,
      reasons: [],
      warnings: ['expires in 14 days'],
    });
    assert.deepEqual(judge({ expires: inDays(1.5) }).warnings, ['expires in 1 day']);
    assert.deepEqual(judge({ expires: inDays(0.5) }).warnings, ['expires in less than a day']);
    assert.deepEqual(judge({ expires: inDays(60) }).warnings, ['expires in 60 days']);
    assert.deepEqual(judge({ expires: inDays(60.1) }).warnings, []);
  });

  it('shows when it expires, as a date if that is far away, and nothing if it never does', () => {
    assert.equal(expiryText({ expires: inDays(41.5) }, now), 'expires in 41 days');
    assert.equal(expiryText({ expires: inDays(400) }, now), 'expires on 2027-12-29');
    assert.equal(expiryText({ expires: inDays(-3) }, now), 'expired 3 days ago');
    assert.equal(expiryText({}, now), undefined);
    assert.equal(expiryText({ expires: new Date(NaN) }, now), undefined);
  });

  it('warns if it is an AES key, which works only in some regions', () => {
    assert.deepEqual(judge({ keyType: 'oct-HSM', keySize: 256 }).warnings, ['AES key: in preview in some regions']);
    assert.equal(judge({ keyType: 'oct-HSM', keySize: 256 }).suitable, true);
  });

  it('is unsuitable with an identifier that Azure SQL rejects', () => {
    assert.deepEqual(judge({ uri: `https://kv-a.vault.azure.net/keys/${'x'.repeat(91)}` }).reasons, [
      'The vault name and key name together can have at most 94 characters; these have 95',
    ]);
    assert.deepEqual(judge({ uri: '' }).reasons, []);
  });

  it('stays suitable if some facts are unknown', () => {
    const bare: VaultKey = { name: 'tde', uri: good.uri, enabled: true };
    assert.deepEqual(keySuitability(bare, now, publicCloud), {
      suitable: true,
      reasons: [],
      warnings: ['key type unknown'],
    });
    assert.deepEqual(keySuitability({ ...bare, keyType: 'RSA' }, now, publicCloud).warnings, ['key size unknown']);
    assert.deepEqual(judge({ expires: new Date(NaN), notBefore: new Date(NaN) }).reasons, []);
  });

  it('shows every reason, in a fixed order', () => {
    const { reasons } = judge({ keyType: 'EC', enabled: false, notBefore: inDays(2), expires: inDays(-2) });
    assert.deepEqual(
      reasons.map((reason) => reason.split(/[ :]/)[0]),
      ['EC', 'disabled', 'not', 'expired'],
    );
  });

  it('is suitable if and only if it has no reasons to refuse it', () => {
    const date = fc.option(fc.date(), { nil: undefined });
    const type = fc.constantFrom('RSA', 'RSA-HSM', 'EC', 'oct', undefined);
    fc.assert(
      fc.property(
        type,
        fc.constantFrom(2048, 4096, undefined),
        fc.boolean(),
        date,
        date,
        (keyType, keySize, enabled, expires, notBefore) => {
          const key = { ...good, keyType, keySize, expires, notBefore, enabled };
          const { suitable, reasons } = keySuitability(key as VaultKey, now, publicCloud);
          assert.equal(suitable, reasons.length === 0);
        },
      ),
    );
  });
});
