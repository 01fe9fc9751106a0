import * as l10n from '@vscode/l10n';
import { idKey } from '../armId';
import { builtInClouds, vaultAt, type Cloud } from '../clouds';
import type { KeyIdentifier } from '../model';
import { example, refuse, type Refusal } from './keyIdentifierRules';
import { findAddresses, isLinkTo } from './keyAddresses';
import { isKeyName, isKeyVersion, isVaultName } from './keyNames';

type KeyIdentifierResult = { readonly ok: true; readonly key: KeyIdentifier } | Refusal;

/** Azure SQL takes vault and key names of at most this many characters together. Source: Azure SQL docs, TDE key rotation. */
const maxVaultAndKeyLength = 94;

/** So much text is looked through for a key identifier: the output of az for some dozen keys. */
const maxTextLength = 10_000;

/**
 * Reads the key identifier that somebody typed, or pasted together with other text: a line of az output, a link to the portal, the
 * resource ID of the key. Any casing, port 443 and slashes at the end are accepted; the host must be one of the cloud's, because tokens
 * and keys follow it. Of a key with and without version the version counts.
 * @returns the key, or what is wrong with the text; never throws
 */
export function parseKeyIdentifier(text: string, cloud: Cloud): KeyIdentifierResult {
  if (text.length > maxTextLength) {
    return refuse(
      'notAnAddress',
      l10n.t('The text is longer than {0} characters; paste only the key identifier.', maxTextLength),
    );
  }
  const addresses = findAddresses(text, cloud);
  const results = addresses.map((address) => readAddress(address, cloud));
  const [key, ...others] = distinct(results.flatMap((result) => (result.ok ? [result.key] : [])));
  if (others.length > 0) {
    return refuse(
      'several',
      l10n.t('The text has {0} different key identifiers; paste only one of them.', others.length + 1),
    );
  }
  if (key) return { ok: true, key };
  const closest = results[addresses.findIndex((address) => /\/keys\//i.test(address))];
  return closest ?? results[0] ?? withoutAddress(text, cloud);
}

/** The key identifier as Key Vault writes it, without port and slash at the end. Only the scheme and "keys" are put in lower case. */
export function formatKeyIdentifier(key: KeyIdentifier): string {
  return `https://${key.host}/keys/${key.name}${key.version === undefined ? '' : `/${key.version}`}`;
}

function withoutAddress(text: string, cloud: Cloud): Refusal {
  return /^[\s"'`<>“”‘’]*$/.test(text)
    ? refuse('empty', l10n.t('Enter a key identifier such as {0}.', example(cloud)))
    : refuse(
        'notAnAddress',
        l10n.t('A key identifier is an address that starts with https://, such as {0}.', example(cloud)),
      );
}

/** Each key once, as Key Vault ignores the casing, and none without version that is there with one. */
function distinct(keys: readonly KeyIdentifier[]): KeyIdentifier[] {
  const byText = new Map(keys.map((key) => [idKey(formatKeyIdentifier(key)), key]));
  const texts = [...byText.keys()];
  return [...byText].flatMap(([text, key]) => (texts.some((other) => other.startsWith(`${text}/`)) ? [] : [key]));
}

function readAddress(address: string, cloud: Cloud): KeyIdentifierResult {
  const [, scheme = '', authority = '', path = ''] = /^([^:]*):\/\/([^/?#]*)(.*)$/.exec(address) ?? [];
  const refusal = checkForm(address, scheme, authority, cloud);
  if (refusal) return refusal;
  const home = findHome(authority.replace(/:443$/, ''), cloud);
  return 'ok' in home ? home : withPath(home, path.replace(/(?<!\/)\/+$/, ''), cloud);
}

function checkForm(address: string, scheme: string, authority: string, cloud: Cloud): Refusal | undefined {
  if (address.startsWith('/')) {
    return refuse(
      'resourceId',
      l10n.t('This is a resource ID; the key identifier of the key is needed, such as {0}.', example(cloud)),
    );
  }
  if ([cloud, ...builtInClouds].some(({ portal }) => isLinkTo(portal, address))) {
    return refuse(
      'portalLink',
      l10n.t('This is a link to the portal; copy the key identifier from the page of the key version instead.'),
    );
  }
  if (scheme.toLowerCase() !== 'https') {
    return refuse('notHttps', l10n.t('A key identifier starts with https://, not with {0}://.', scheme));
  }
  if (/[?#\\]/.test(address) || authority.includes('@') || !/^[^:]*(:443)?$/.test(authority)) {
    return refuse(
      'extraParts',
      l10n.t('A key identifier has no user, port, query or fragment; expected is {0}.', example(cloud)),
    );
  }
  return undefined;
}

type Home = Pick<KeyIdentifier, 'kind' | 'vault' | 'host'>;

function findHome(host: string, cloud: Cloud): Home | Refusal {
  const found = vaultAt(host, cloud);
  if (!found) {
    const other = builtInClouds.find((candidate) => vaultAt(host, candidate));
    return other
      ? refuse(
          'otherCloud',
          l10n.t('The host "{0}" belongs to {1}, but VS Code is set to {2}.', host, other.name, cloud.name),
        )
      : refuse(
          'unknownHost',
          l10n.t(
            'The host "{0}" is no key vault or managed HSM of this cloud; its name must end in {1}.',
            host,
            [...cloud.vaultSuffixes, ...cloud.managedHsmSuffixes].map((suffix) => `.${suffix}`).join(', '),
          ),
        );
  }
  const { kind, vault } = found;
  if (kind === 'managedHsm' && vault.includes('.')) {
    return refuse(
      'regionalHsm',
      l10n.t(
        'The host "{0}" is the regional address of a managed HSM; use its global address, without the region.',
        host,
      ),
    );
  }
  return isVaultName(vault)
    ? { kind, vault, host }
    : refuse(
        'badVaultName',
        l10n.t(
          'A vault name has 3 to 24 letters, digits and single hyphens and starts with a letter; "{0}" does not.',
          vault,
        ),
      );
}

function withPath(home: Home, path: string, cloud: Cloud): KeyIdentifierResult {
  const [, collection, name, version, ...rest] = path.split('/');
  const kind = collection?.toLowerCase();
  if (kind === 'secrets') {
    return refuse('secret', l10n.t('This is the address of a secret; TDE needs a key, whose address contains /keys/.'));
  }
  if (kind === 'certificates') {
    return refuse(
      'certificate',
      l10n.t('This is the address of a certificate; TDE needs a key, whose address contains /keys/.'),
    );
  }
  if (kind === undefined || (kind === 'keys' && name === undefined)) {
    return refuse('vaultOnly', l10n.t('The address names no key; expected is {0}.', example(cloud)));
  }
  if (kind !== 'keys' || name === undefined || rest.length > 0) {
    return refuse(
      'badPath',
      l10n.t('After the host comes /keys/, the name of the key and possibly a version, such as {0}.', example(cloud)),
    );
  }
  return checkNames({ ...home, name, ...(version === undefined ? {} : { version }) });
}

function checkNames(key: KeyIdentifier): KeyIdentifierResult {
  const length = key.vault.length + key.name.length;
  if (length > maxVaultAndKeyLength) {
    return refuse(
      'tooLong',
      l10n.t(
        'Azure SQL takes vault and key names of at most {0} characters together; these have {1}.',
        maxVaultAndKeyLength,
        length,
      ),
    );
  }
  if (!isKeyName(key.name)) {
    return refuse(
      'badKeyName',
      l10n.t('A key name has 1 to 127 letters, digits and hyphens; "{0}" does not.', key.name),
    );
  }
  if (key.version === undefined || isKeyVersion(key.version)) return { ok: true, key };
  return refuse(
    'badVersion',
    /^[0-9a-f]{1,31}$/i.test(key.version)
      ? l10n.t('The key version has {0} of 32 hexadecimal digits.', key.version.length)
      : l10n.t('A key version has 32 hexadecimal digits; "{0}" does not.', key.version),
  );
}
