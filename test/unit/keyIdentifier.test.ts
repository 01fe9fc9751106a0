import assert from 'node:assert/strict';
import fc from 'fast-check';
import { publicCloud, usGovernmentCloud, type Cloud } from '../../src/core/clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import { custom, table, v } from './keyIdentifierTable';

function parsed(text: string): KeyIdentifier {
  const result = parseKeyIdentifier(text, publicCloud);
  assert.ok(result.ok, result.ok ? '' : `${text}: ${result.message}`);
  return result.key;
}

function message(text: string, cloud: Cloud = publicCloud): string {
  const result = parseKeyIdentifier(text, cloud);
  assert.ok(!result.ok, text);
  return result.message;
}

const rows = Object.values(table).flat();

for (const [theme, rows] of Object.entries(table)) {
  describe(`a key identifier: ${theme}`, () => {
    for (const [text, cloud, expected] of rows) {
      it(`${JSON.stringify(text.slice(0, 150))} in ${cloud.name}: ${expected}`, () => {
        const result = parseKeyIdentifier(text, cloud);
        assert.equal(result.ok ? formatKeyIdentifier(result.key) : result.problem, expected);
      });
    }
  });
}

/** What the message for a text must contain. */
const messages: readonly (readonly [text: string, message: RegExp, cloud?: Cloud])[] = [
  ['', /^Enter .* such as https:\/\/myvault\.vault\.azure\.net\/keys\/mykey\.$/],
  ['', /such as https:\/\/myvault\.vault\.kontoso\.example\/keys\/mykey\.$/, custom],
  ['x'.repeat(10_001), /longer than 10000 characters/],
  ['tde', /starts with https:\/\/, for example/],
  ['http://kv-a.vault.azure.net/keys/tde', /not with http:\/\//],
  ['https://kv-a.vault.azure.cn/keys/tde', /"kv-a\.vault\.azure\.cn" belongs to AzureChinaCloud.* set to AzureCloud/],
  ['https://kv-a.vault.azure.net/keys/tde', /belongs to AzureCloud.* set to AzureUSGovernment/, usGovernmentCloud],
  ['https://kv-a.vault.azure.net/keys/tde', /belongs to AzureCloud.* set to Kontoso Cloud/, custom],
  ['https://example.com:443/', /"example\.com" .* must end in \.vault\.azure\.net, \.managedhsm\.azure\.net/],
  ['https://a.hsm1.managedhsm.azure.net/keys/tde', /"a\.hsm1\.managedhsm\.azure\.net" .* global address/],
  ['https://kv_a.vault.azure.net/keys/tde', /"kv_a" isn't valid: use 3 to 24/],
  ['https://kv-a.vault.azure.net/keys/tde_key', /"tde_key" isn't valid: use 1 to 127/],
  ['https://kv-a.vault.azure.net/keys/tde/0123456789', /has only 10 of 32 hexadecimal digits/],
  [`https://kv-a.vault.azure.net/keys/tde/${v.slice(1)}`, /has only 31 of 32 hexadecimal digits/],
  [
    `https://kv-a.vault.azure.net/keys/tde/${v}0`,
    /"0123456789abcdef0123456789ABCDEF0" isn't valid: it must have 32 hexadecimal digits/,
  ],
  ['https://kv-a.vault.azure.net/keys/tde/0123x', /"0123x" isn't valid: it must have 32 hexadecimal digits/],
  [`https://abcd.vault.azure.net/keys/${'k'.repeat(91)}/0123`, /at most 94 characters; these have 95/],
  [
    `https://kv-a.vault.azure.net/keys/a https://kv-a.vault.azure.net/keys/b/${v}`,
    /contains 2 different key identifiers/,
  ],
  [['a', 'b', 'c', 'A'].map((name) => `https://kv-a.vault.azure.net/keys/${name}`).join(' '), /contains 3 different/],
];

/** Parts of valid and of malicious addresses. */
const pieces = [
  ...['https://', 'kv-a', '.vault.azure.net', '/keys/', '/k', v, ':443', '/', '.', 'evil.example', 'x='],
  ...['@', '#', '?', '&', '\\', '%2F', '%3A', "'", ',', ';', '(', '[x]=', '\u212a', '。', '\u200b'],
  ...['https://kv-a.vault.azure.net/keys/k', 'https://portal.azure.com/#/Microsoft_Azure_KeyVault/Key/'],
  '/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/',
];
const gaps = [' ', '"', '<', '>', '`', '](', '|', '\n'];

describe('a key identifier', () => {
  for (const [text, expected, cloud] of messages) {
    it(`is explained: ${JSON.stringify(text.slice(0, 150))}`, () => {
      assert.match(message(text, cloud), expected);
    });
  }

  it('is explained in one sentence, regardless of the problem', () => {
    for (const [text, cloud, expected] of rows) {
      if (!expected.startsWith('https://')) assert.match(message(text, cloud), /^[A-Z](?:[^.]|\.\S)*\.$/);
    }
  });

  it('keeps every part in the casing that was typed', () => {
    assert.deepEqual(parsed(`https://KV-Orders.VAULT.azure.net/KEYS/Tde/${v}`), {
      kind: 'vault',
      vault: 'KV-Orders',
      host: 'KV-Orders.VAULT.azure.net',
      name: 'Tde',
      version: v,
    });
  });

  it('distinguishes managed HSMs from key vaults, and has no version if it is versionless', () => {
    assert.deepEqual(parsed('https://hsm1.managedhsm.azure.net/keys/tde'), {
      kind: 'managedHsm',
      vault: 'hsm1',
      host: 'hsm1.managedhsm.azure.net',
      name: 'tde',
    });
  });

  it('never contains a host outside the cloud, regardless of the pasted text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...gaps), { maxLength: 9 }), (pieces) => {
        const result = parseKeyIdentifier(pieces.join(''), publicCloud);
        if (!result.ok) return;
        assert.match(result.key.host, /^[^.]+\.vault\.azure\.net$/);
        assert.equal(new URL(formatKeyIdentifier(result.key)).host, result.key.host.toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });

  it('is never taken from inside an address of another host', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('https://evil.example', 'evil.example/', 'https://portal.azure.com.evil.example/'),
        fc.array(fc.constantFrom(...pieces), { maxLength: 9 }),
        (host, rest) => {
          const result = parseKeyIdentifier(host + rest.join(''), publicCloud);
          if (result.ok) assert.equal(new URL(host + rest.join('')).host, result.key.host);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is parsed from any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => typeof parseKeyIdentifier(text, publicCloud).ok === 'boolean',
      ),
    );
  });
});
