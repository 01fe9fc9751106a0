import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chinaCloud, publicCloud, usGovernmentCloud, type Cloud } from '../../src/core/clouds';
import {
  formatKeyIdentifier,
  parseKeyIdentifier,
  sameKeyIdentifier,
  type KeyIdentifier,
  type KeyIdentifierProblem,
} from '../../src/core/keyIdentifier';

const v = '0123456789abcdef0123456789ABCDEF';
const customCloud: Cloud = {
  ...publicCloud,
  name: 'custom',
  portal: 'https://portal.corp.example',
  vaultSuffixes: ['vault.corp.example'],
};

function parsed(text: string, cloud: Cloud = publicCloud): KeyIdentifier {
  const result = parseKeyIdentifier(text, cloud);
  assert.ok(result.ok, result.ok ? '' : `${text}: ${result.message}`);
  return result.key;
}

const accepted: readonly (readonly [text: string, formatted: string, cloud?: Cloud])[] = [
  [`https://kv-a.vault.azure.net/keys/tde/${v}`, `https://kv-a.vault.azure.net/keys/tde/${v}`],
  ['https://kv-a.vault.azure.net/keys/tde', 'https://kv-a.vault.azure.net/keys/tde'],
  ['https://kv-a.vault.azure.net/keys/tde/', 'https://kv-a.vault.azure.net/keys/tde'],
  [`https://kv-a.vault.azure.net/keys/tde/${v}/`, `https://kv-a.vault.azure.net/keys/tde/${v}`],
  ['https://kv-a.vault.azure.net:443/keys/tde', 'https://kv-a.vault.azure.net/keys/tde'],
  [`https://kv-a.vault.azure.net:443/keys/tde/${v}//`, `https://kv-a.vault.azure.net/keys/tde/${v}`],
  ['  https://kv-a.vault.azure.net/keys/tde \r\n', 'https://kv-a.vault.azure.net/keys/tde'],
  ['"https://kv-a.vault.azure.net/keys/tde"', 'https://kv-a.vault.azure.net/keys/tde'],
  [" 'https://kv-a.vault.azure.net/keys/tde' ", 'https://kv-a.vault.azure.net/keys/tde'],
  ['<https://kv-a.vault.azure.net/keys/tde>', 'https://kv-a.vault.azure.net/keys/tde'],
  ['“https://kv-a.vault.azure.net/keys/tde”', 'https://kv-a.vault.azure.net/keys/tde'],
  ['HTTPS://KV-A.Vault.Azure.NET/Keys/Tde-KEY', 'https://KV-A.Vault.Azure.NET/keys/Tde-KEY'],
  ['https://abc.vault.azure.net/keys/0', 'https://abc.vault.azure.net/keys/0'],
  [`https://${'a'.repeat(24)}.vault.azure.net/keys/k`, `https://${'a'.repeat(24)}.vault.azure.net/keys/k`],
  [`https://abcd.vault.azure.net/keys/${'k'.repeat(90)}`, `https://abcd.vault.azure.net/keys/${'k'.repeat(90)}`],
  ['https://Hsm1.managedhsm.azure.net/keys/tde', 'https://Hsm1.managedhsm.azure.net/keys/tde'],
  [`https://hsm1.managedhsm.azure.net:443/keys/tde/${v}`, `https://hsm1.managedhsm.azure.net/keys/tde/${v}`],
  ['https://kv-a.vault.azure.cn/keys/tde', 'https://kv-a.vault.azure.cn/keys/tde', chinaCloud],
  ['https://hsm.managedhsm.azure.cn/keys/tde', 'https://hsm.managedhsm.azure.cn/keys/tde', chinaCloud],
  ['https://hsm.managedhsm.chinacloudapi.cn/keys/t', 'https://hsm.managedhsm.chinacloudapi.cn/keys/t', chinaCloud],
  ['https://kv-a.vault.usgovcloudapi.net/keys/tde', 'https://kv-a.vault.usgovcloudapi.net/keys/tde', usGovernmentCloud],
  [
    'https://hsm.managedhsm.usgovcloudapi.net/keys/t',
    'https://hsm.managedhsm.usgovcloudapi.net/keys/t',
    usGovernmentCloud,
  ],
  ['https://kv-a.vault.corp.example/keys/tde', 'https://kv-a.vault.corp.example/keys/tde', customCloud],
];

const refused: readonly (readonly [text: string, problem: KeyIdentifierProblem, message: RegExp, cloud?: Cloud])[] = [
  ['', 'empty', /such as https:\/\/myvault\.vault\.azure\.net\/keys\/mykey/],
  ['  "" ', 'empty', /Enter/],
  ['x'.repeat(3000), 'notAnAddress', /too long/],
  ['tde-key', 'notAnAddress', /starts with https/],
  ['kv-a.vault.azure.net/keys/tde', 'notAnAddress', /starts with https/],
  ['kv-a_tde', 'notAnAddress', /starts with https/],
  ['javascript:alert(1)', 'notAnAddress', /starts with https/],
  ['http://kv-a.vault.azure.net/keys/tde', 'notHttps', /not with http:/],
  ['ftp://kv-a.vault.azure.net/keys/tde', 'notHttps', /not with ftp:/],
  ['/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv/keys/k', 'resourceId', /resource ID/],
  ['https://portal.azure.com/#@t/resource/x', 'portalLink', /portal/],
  ['https://portal.azure.com/?feature.x=1#blade/keys', 'portalLink', /portal/],
  ['https://portal.azure.us/#x', 'portalLink', /portal/],
  ['https://portal.corp.example/#x', 'portalLink', /portal/, customCloud],
  ['https://user@kv-a.vault.azure.net/keys/tde', 'extraParts', /no user/],
  ['https://kv-a.vault.azure.net@evil.example/keys/tde', 'extraParts', /no user/],
  ['https://evil.example\\.vault.azure.net/keys/tde', 'extraParts', /no user/],
  ['https://kv-a.vault.azure.net:8443/keys/tde', 'extraParts', /port/],
  ['https://kv-a.vault.azure.net/keys/tde?api-version=7.4', 'extraParts', /query/],
  ['https://kv-a.vault.azure.net/keys/tde#x', 'extraParts', /fragment/],
  ['https://evil.example#.vault.azure.net/keys/tde', 'extraParts', /fragment/],
  ['https://kv-a.vault.azure.cn/keys/tde', 'otherCloud', /AzureChinaCloud.*AzureCloud/],
  ['https://kv-a.vault.azure.net/keys/tde', 'otherCloud', /AzureCloud.*AzureUSGovernment/, usGovernmentCloud],
  ['https://kv-a.vault.azure.net/keys/tde', 'otherCloud', /AzureCloud.*custom/, customCloud],
  ['https://kv-a.vault.azure.net.evil.example/keys/tde', 'unknownHost', /must end in \.vault\.azure\.net, \.managed/],
  ['https://kv-avault.azure.net/keys/tde', 'unknownHost', /must end in/],
  ['https://vault.azure.net/keys/tde', 'unknownHost', /must end in/],
  ['https://kv-a.vault.azure.net./keys/tde', 'unknownHost', /must end in/],
  ['https:///keys/tde', 'unknownHost', /must end in/],
  ['https://kv-a.privatelink.vaultcore.azure.net/keys/tde', 'unknownHost', /must end in/],
  ['https://10.0.0.4/keys/tde', 'unknownHost', /must end in/],
  ['https://westeurope.hsm1.managedhsm.azure.net/keys/tde', 'regionalHsm', /global address/],
  ['https://a.b.vault.azure.net/keys/tde', 'badVaultName', /"a\.b"/],
  ['https://.vault.azure.net/keys/tde', 'badVaultName', /3 to 24/],
  ['https://kv.vault.azure.net/keys/tde', 'badVaultName', /"kv"/],
  ['https://1kv.vault.azure.net/keys/tde', 'badVaultName', /letter/],
  ['https://kv--a.vault.azure.net/keys/tde', 'badVaultName', /single hyphens/],
  ['https://kv-.vault.azure.net/keys/tde', 'badVaultName', /3 to 24/],
  ['https://kv_a.vault.azure.net/keys/tde', 'badVaultName', /"kv_a"/],
  ['https://kv-ä.vault.azure.net/keys/tde', 'badVaultName', /"kv-ä"/],
  [`https://${'a'.repeat(25)}.vault.azure.net/keys/tde`, 'badVaultName', /3 to 24/],
  ['https://kv-a.vault.azure.net/secrets/tde', 'secret', /secret/],
  [`https://kv-a.vault.azure.net/Secrets/tde/${v}`, 'secret', /\/keys\//],
  ['https://kv-a.vault.azure.net/certificates/tde', 'certificate', /certificate/],
  ['https://kv-a.vault.azure.net', 'vaultOnly', /names no key/],
  ['https://kv-a.vault.azure.net/', 'vaultOnly', /names no key/],
  ['https://kv-a.vault.azure.net/keys/', 'vaultOnly', /names no key/],
  ['https://kv-a.vault.azure.net/deletedkeys/tde', 'badPath', /\/keys\//],
  ['https://kv-a.vault.azure.net//keys/tde', 'badPath', /\/keys\//],
  [`https://kv-a.vault.azure.net/keys/tde/${v}/sign`, 'badPath', /\/keys\//],
  ['https://kv-a.vault.azure.net/keys/tde_key', 'badKeyName', /"tde_key"/],
  ['https://kv-a.vault.azure.net/keys/tde key', 'badKeyName', /"tde key"/],
  ['https://kv-a.vault.azure.net/keys/tde%20key', 'badKeyName', /1 to 127/],
  [`https://kv-a.vault.azure.net/keys//${v}`, 'badKeyName', /1 to 127/],
  [`https://kv-a.vault.azure.net/keys/${'k'.repeat(128)}`, 'badKeyName', /1 to 127/],
  ['https://kv-a.vault.azure.net/keys/tde/1', 'badVersion', /32 hexadecimal/],
  [`https://kv-a.vault.azure.net/keys/tde/${v}0`, 'badVersion', /32 hexadecimal/],
  [`https://kv-a.vault.azure.net/keys/tde/${'g'.repeat(32)}`, 'badVersion', /32 hexadecimal/],
  [`https://abcd.vault.azure.net/keys/${'k'.repeat(91)}`, 'tooLong', /at most 94 .* these have 95/],
  [`https://hsm1.managedhsm.azure.net/keys/${'k'.repeat(127)}/${v}`, 'tooLong', /131/],
];

describe('a pasted key identifier', () => {
  for (const [text, formatted, cloud] of accepted) {
    it(`is accepted: ${text.slice(0, 80).trim()}`, () => {
      assert.equal(formatKeyIdentifier(parsed(text, cloud)), formatted);
    });
  }

  for (const [text, problem, message, cloud] of refused) {
    it(`is refused (${problem}): ${text.slice(0, 80).trim()}`, () => {
      const result = parseKeyIdentifier(text, cloud ?? publicCloud);
      assert.ok(!result.ok);
      assert.equal(result.problem, problem);
      assert.match(result.message, message);
    });
  }

  it('is explained in one sentence whatever is wrong with it', () => {
    for (const [text, , , cloud] of refused) {
      const result = parseKeyIdentifier(text, cloud ?? publicCloud);
      assert.ok(!result.ok);
      assert.match(result.message, /^[A-Z].*[^.]\.$|such as https:\S+\.$/);
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

  it('tells a managed HSM from a key vault, and a versionless identifier by the absence of a version', () => {
    assert.deepEqual(parsed('https://hsm1.managedhsm.azure.net/keys/tde'), {
      kind: 'managedHsm',
      vault: 'hsm1',
      host: 'hsm1.managedhsm.azure.net',
      name: 'tde',
    });
  });

  it('never leads to a host outside the cloud, whatever text is pasted', () => {
    const piece = fc.constantFrom(
      'https://',
      'kv-a',
      '.vault.azure.net',
      '/keys/',
      '@',
      '#',
      '?',
      '\\',
      ':443',
      '/',
      '.',
      'evil.example',
      v,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const result = parseKeyIdentifier(pieces.join(''), publicCloud);
        if (!result.ok) return;
        assert.match(result.key.host, /^[^.]+\.vault\.azure\.net$/);
        assert.equal(new URL(formatKeyIdentifier(result.key)).host, result.key.host.toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });

  it('answers any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => typeof parseKeyIdentifier(text, publicCloud).ok === 'boolean',
      ),
    );
  });
});

describe('two key identifiers', () => {
  const key = parsed(`https://kv-a.vault.azure.net/keys/tde/${v}`);

  it('are the same in any casing', () => {
    assert.ok(sameKeyIdentifier(key, parsed(`HTTPS://KV-A.VAULT.AZURE.NET/keys/TDE/${v.toLowerCase()}`)));
  });

  it('differ in version, presence of a version, name, vault, or kind of home', () => {
    for (const other of [
      `https://kv-a.vault.azure.net/keys/tde/${v.replace('0', '1')}`,
      'https://kv-a.vault.azure.net/keys/tde',
      `https://kv-a.vault.azure.net/keys/tde2/${v}`,
      `https://kv-b.vault.azure.net/keys/tde/${v}`,
      `https://kv-a.managedhsm.azure.net/keys/tde/${v}`,
    ]) {
      assert.ok(!sameKeyIdentifier(key, parsed(other)), other);
    }
  });
});
