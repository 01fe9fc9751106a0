import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtInClouds, type Cloud } from '../../src/core/clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { KeyIdentifier } from '../../src/core/vaultModel';
import { property } from './property';
import { hostileText, soon, word } from './texts';

const [letters, digits] = ['abkzABKZ', '0179'];
const custom: Cloud = {
  name: 'Local',
  resourceManager: 'https://management.local.azurestack.external',
  authority: 'https://login.local.azurestack.external',
  scope: 'https://management.local.azurestack.external/.default',
  portal: 'https://portal.local.azurestack.external',
  vaultSuffixes: ['vault.local.azurestack.external'],
  managedHsmSuffixes: ['managedhsm.local.azurestack.external'],
};
const homes = [...builtInClouds, custom].flatMap((cloud) => [
  ...cloud.vaultSuffixes.map((suffix) => ({ cloud, suffix, kind: 'vault' as const })),
  ...cloud.managedHsmSuffixes.map((suffix) => ({ cloud, suffix, kind: 'managedHsm' as const })),
]);

const vault = fc
  .tuple(word(letters, 1, 1), word(`${letters}${digits}-`, 1, 22), word(`${letters}${digits}`, 1, 1))
  .map((parts) => parts.join(''))
  .filter((name) => !name.includes('--'));
const keyName = word(`${letters}${digits}-`, 1, 70);
const version = word('0123456789abcdefABCDEF', 32, 32);

/** A key in a key vault or managed HSM of a cloud. */
export const keys: fc.Arbitrary<{ readonly cloud: Cloud; readonly key: KeyIdentifier }> = fc
  .record({ home: fc.constantFrom(...homes), vault, name: keyName, version: fc.option(version, { nil: undefined }) })
  .map(({ home: { cloud, suffix, kind }, vault, name, version }) => ({
    cloud,
    key: { kind, vault, host: `${vault}.${suffix}`, name, ...(version !== undefined && { version }) },
  }));

/** A part of an address, with or without a character too many. */
const nearly = (part: fc.Arbitrary<string>, foreign: string): fc.Arbitrary<string> =>
  fc.oneof(
    part,
    fc.constant(''),
    fc
      .tuple(part, word(foreign, 1, 2), fc.nat(40))
      .map(([text, sign, at]) => text.slice(0, at) + sign + text.slice(at)),
    fc.tuple(part, part).map(([one, other]) => one + other),
    fc.tuple(part, fc.nat(3)).map(([text, length]) => text.slice(0, length)),
  );

const isAlphanumeric = (text: string): boolean => /^[a-zA-Z0-9]*$/.test(text);

/**
 * Azure's rules, written without those of the extension. Sources: "Naming rules and restrictions for Azure resources",
 * Microsoft.KeyVault; Key Vault docs, "About keys, secrets, and certificates"; Azure SQL docs, TDE key rotation.
 */
function obeysRules(vaultName: string, name: string, versionPart: string): boolean {
  const labels = vaultName.split('-');
  return (
    [vaultName.length >= 3, vaultName.length <= 24, name.length >= 1, name.length <= 127].every(Boolean) &&
    labels.every((label) => label !== '' && isAlphanumeric(label)) &&
    !/^\d/.test(vaultName) &&
    name.split('-').every(isAlphanumeric) &&
    vaultName.length + name.length <= 94 &&
    (versionPart === '' || (versionPart.length === 32 && /^[\dA-Fa-f]+$/.test(versionPart)))
  );
}

const around = fc.constantFrom('', ' ', '"', "'", '\n', '“', '<', 'kid: ', '"kid": "', 'KeyId=', '--kid ');
const after = fc.constantFrom('', ' ', '"', "'", '\n', '”', '>', '",', '.', ' is not valid');

const pieces = [
  'https://',
  'HTTPS://',
  'http://',
  'kv-orders',
  '.vault.azure.net',
  '.managedhsm.azure.net',
  '.vault.azure.cn',
  '/keys/',
  '/secrets/',
  'tde',
  '9f3c1b7a5d2e4f60819a3b5c7d9e1f20',
  ':443',
  '/',
  '@',
  '?',
  '#',
  '%2F',
  '\\',
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-a/keys/tde',
  'https://portal.azure.com/#blade/Microsoft_Azure_KeyVault/',
  'https%3A%2F%2F',
];

const anyText = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom(...pieces), hostileText), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.constantFrom(...pieces).map((piece) => piece.repeat(Math.floor(10_000 / piece.length))),
);

export const keyIdentifiers = [
  property(
    'is read back as it was written, in any casing of its address, and from a line of output',
    8000,
    fc.tuple(keys, fc.constantFrom('', ':443'), fc.constantFrom('', '/', '//'), fc.boolean(), around, after),
    ([{ cloud, key }, port, slash, upper, before, behind]) => {
      const text = formatKeyIdentifier(key).replace(/(?<=[a-z])(?=\/keys\/)/, port);
      const cased = upper ? text.replace('https', 'HTTPS').replace('/keys/', '/Keys/') : text;
      assert.deepEqual(parseKeyIdentifier(before + cased + slash + behind, cloud), { ok: true, key });
    },
  ),
  property(
    "is accepted if and only if Azure's name rules allow each part",
    12_000,
    fc.tuple(
      fc.constantFrom(...homes),
      nearly(vault, '-_.ü\u212a~1'),
      nearly(keyName, '-_ü\u017f~%$!'),
      nearly(version, '-_üg~%'),
    ),
    ([{ cloud, suffix }, vaultName, name, versionPart]) => {
      const text = `https://${vaultName}.${suffix}/keys/${name}${versionPart && '/'}${versionPart}`;
      assert.equal(parseKeyIdentifier(text, cloud).ok, obeysRules(vaultName, name, versionPart), text);
    },
  ),
  property(
    'is found in any text or refused with a sentence, without delay, and belongs to the cloud',
    12_000,
    fc.tuple(anyText, fc.constantFrom(...builtInClouds, custom)),
    ([text, cloud]) => {
      const result = soon(() => parseKeyIdentifier(text, cloud));
      if (!result.ok) {
        assert.match(result.message, /\S/);
        return;
      }
      const { host, vault: vaultName, name, version: versionPart = '' } = result.key;
      assert.ok(obeysRules(vaultName, name, versionPart), text);
      const suffixes = [...cloud.vaultSuffixes, ...cloud.managedHsmSuffixes];
      assert.ok(suffixes.some((suffix) => host.toLowerCase() === `${vaultName}.${suffix}`.toLowerCase()));
      assert.equal(new URL(formatKeyIdentifier(result.key)).host, host.toLowerCase());
      assert.deepEqual(parseKeyIdentifier(formatKeyIdentifier(result.key), cloud), result);
    },
  ),
];
