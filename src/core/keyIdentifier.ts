import * as l10n from '@vscode/l10n';
import { builtInClouds, type Cloud } from './clouds';

/** The address of a key, or of one version of it, in a key vault or managed HSM. Every part keeps the casing in which it was typed. */
export interface KeyIdentifier {
  readonly kind: 'vault' | 'managedHsm';
  /** Name of the vault or managed HSM: the first label of `host`. */
  readonly vault: string;
  readonly host: string;
  readonly name: string;
  /** 32 hexadecimal digits; absent in a versionless key identifier, which stands for the latest version. */
  readonly version?: string;
}

export type KeyIdentifierProblem =
  | 'empty'
  | 'notAnAddress'
  | 'notHttps'
  | 'resourceId'
  | 'portalLink'
  | 'extraParts'
  | 'otherCloud'
  | 'regionalHsm'
  | 'unknownHost'
  | 'secret'
  | 'certificate'
  | 'vaultOnly'
  | 'badPath'
  | 'badVaultName'
  | 'badKeyName'
  | 'badVersion'
  | 'tooLong';

interface Refusal {
  readonly ok: false;
  readonly problem: KeyIdentifierProblem;
  /** One sentence: what is wrong and what is expected. */
  readonly message: string;
}

export type KeyIdentifierResult = { readonly ok: true; readonly key: KeyIdentifier } | Refusal;

/** Azure SQL takes vault and key names of at most this many characters together. Source: Azure SQL docs, TDE key rotation. */
export const maxVaultAndKeyLength = 94;

/** 3–24 letters, digits and single hyphens, a letter first, no hyphen last. Source: Azure resource name rules, Microsoft.KeyVault. */
export function isVaultName(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(text) && !text.includes('--');
}

/** 1–127 letters, digits and hyphens. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyName(text: string): boolean {
  return /^[a-z0-9-]{1,127}$/i.test(text);
}

/** 32 hexadecimal digits. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyVersion(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text);
}

const example = (cloud: Cloud) => `https://myvault.${cloud.vaultSuffixes[0] ?? ''}/keys/mykey`;

const refuse = (problem: KeyIdentifierProblem, message: string): Refusal => ({ ok: false, problem, message });

/**
 * Reads a key identifier that somebody typed or pasted. Surrounding spaces and quotes, any casing, port 443 and slashes at the
 * end are accepted; the host must be one of the cloud's, because tokens and keys follow it.
 * @returns the key, or what is wrong with the text; never throws
 */
export function parseKeyIdentifier(text: string, cloud: Cloud): KeyIdentifierResult {
  if (text.length > 2048) {
    return refuse('notAnAddress', l10n.t('The text is too long for a key identifier such as {0}.', example(cloud)));
  }
  const bare = text.replace(/^[\s"'`<>“”‘’]+/, '').replace(/[\s"'`<>“”‘’]+$/, '');
  const refusal = checkAddress(bare, cloud);
  if (refusal) return refusal;
  const [, host = '', path = ''] = /^https:\/\/([^/]*)(.*)$/i.exec(bare) ?? [];
  const home = findHome(host.replace(/:443$/, ''), cloud);
  return 'ok' in home ? home : withPath(home, path.replace(/\/+$/, ''), cloud);
}

/** The key identifier as Key Vault writes it, without port and slash at the end. Only the scheme and "keys" are put in lower case. */
export function formatKeyIdentifier(key: KeyIdentifier): string {
  return `https://${key.host}/keys/${key.name}${key.version === undefined ? '' : `/${key.version}`}`;
}

/** Whether both mean the same key and version; Key Vault ignores the casing of every part. A versionless one equals no versioned one. */
export function sameKeyIdentifier(a: KeyIdentifier, b: KeyIdentifier): boolean {
  return formatKeyIdentifier(a).toLowerCase() === formatKeyIdentifier(b).toLowerCase();
}

function checkAddress(text: string, cloud: Cloud): Refusal | undefined {
  if (text === '') {
    return refuse('empty', l10n.t('Enter a key identifier such as {0}.', example(cloud)));
  }
  if (/^\/subscriptions\//i.test(text)) {
    return refuse(
      'resourceId',
      l10n.t('This is a resource ID; the key identifier of the key is needed, such as {0}.', example(cloud)),
    );
  }
  const address = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text);
  if (!address) {
    return refuse(
      'notAnAddress',
      l10n.t('A key identifier is an address that starts with https://, such as {0}.', example(cloud)),
    );
  }
  const [, scheme = '', authority = ''] = address;
  if (isPortal(authority, cloud)) {
    return refuse(
      'portalLink',
      l10n.t('This is a link to the portal; copy the key identifier from the page of the key version instead.'),
    );
  }
  if (scheme.toLowerCase() !== 'https') {
    return refuse('notHttps', l10n.t('A key identifier starts with https://, not with {0}://.', scheme));
  }
  if (/[?#\\]/.test(text) || authority.includes('@') || !/^[^:]*(:443)?$/.test(authority)) {
    return refuse(
      'extraParts',
      l10n.t('A key identifier has no user, port, query or fragment; expected is {0}.', example(cloud)),
    );
  }
  return undefined;
}

function isPortal(host: string, cloud: Cloud): boolean {
  return [cloud, ...builtInClouds].some(({ portal }) => `https://${host.toLowerCase()}` === portal);
}

type Home = Pick<KeyIdentifier, 'kind' | 'vault' | 'host'>;

function findHome(host: string, cloud: Cloud): Home | Refusal {
  const found = inCloud(host, cloud);
  if (!found) {
    const other = builtInClouds.find((candidate) => inCloud(host, candidate));
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

function inCloud(host: string, cloud: Cloud): Pick<Home, 'kind' | 'vault'> | undefined {
  const before = (suffix: string) =>
    host.toLowerCase().endsWith(`.${suffix}`) ? host.slice(0, -suffix.length - 1) : undefined;
  const vault = cloud.vaultSuffixes.map(before).find((name) => name !== undefined);
  if (vault !== undefined) return { kind: 'vault', vault };
  const hsm = cloud.managedHsmSuffixes.map(before).find((name) => name !== undefined);
  return hsm === undefined ? undefined : { kind: 'managedHsm', vault: hsm };
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
  if (!isKeyName(key.name)) {
    return refuse(
      'badKeyName',
      l10n.t('A key name has 1 to 127 letters, digits and hyphens; "{0}" does not.', key.name),
    );
  }
  if (key.version !== undefined && !isKeyVersion(key.version)) {
    return refuse('badVersion', l10n.t('A key version has 32 hexadecimal digits; "{0}" does not.', key.version));
  }
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
  return { ok: true, key };
}
