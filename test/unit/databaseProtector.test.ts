import assert from 'node:assert/strict';
import { isProtectorOf, sortedKeys } from '../../src/core/keys/databaseProtector';

const at = (name: string, digits: string) =>
  `https://kv-billing.vault.azure.net/keys/${name}/${digits.padEnd(32, '0')}`;
const key = (uri: string, created: string) => ({ uri, created: new Date(created) });
const older = key(at('tde', 'a1'), '2026-01-01');
const newer = key(at('tde', 'b2'), '2026-05-01');
const present = key(at('tde', 'c3'), '2026-03-01');

describe('the keys of a database', () => {
  it('begin with its TDE protector, then go from new to old', () => {
    const protector = { uri: present.uri, autoRotation: false };
    assert.deepEqual(sortedKeys({ protector, keys: [older, newer, present] }), [present, newer, older]);
    assert.deepEqual(sortedKeys({ keys: [older, newer, { uri: at('tde', 'd4') }] }).slice(0, 2), [newer, older]);
  });

  it('contain its TDE protector even if Azure writes its key identifier differently', () => {
    const uri = present.uri.replace('https://kv-billing', 'https://KV-Billing').replace('.net/', '.net:443/');
    const protector = { uri, autoRotation: false };
    assert.deepEqual(
      [older, present].map((one) => isProtectorOf({ protector }, one)),
      [false, true],
    );
    assert.equal(isProtectorOf({}, present), false);
  });
});
