import * as l10n from '@vscode/l10n';
import { idKey } from '../armId';
import { builtInClouds, type Cloud } from '../clouds';
import type { KeyIdentifier } from '../vaultModel';
import { example, findHome, namesProblem, refuse, type Home, type Refusal } from './keyIdentifierRules';
import { findAddresses, isLinkTo } from './keyAddresses';

type KeyIdentifierResult = { readonly ok: true; readonly key: KeyIdentifier } | Refusal;

/** Maximum text length; the az output for a few dozen keys fits. */
const maxTextLength = 10_000;

/**
 * Finds the key identifier in text that the user typed or pasted, which may be a line of az output, a portal link, or the resource ID
 * of the key. Casing, port 443, and trailing slashes don't matter; the host must belong to the cloud. If a key occurs with and without
 * a version, the one with a version is used.
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
      l10n.t('The text contains {0} different key identifiers; paste only one.', others.length + 1),
    );
  }
  if (key) return { ok: true, key };
  const closest = results[addresses.findIndex((address) => /\/keys\//i.test(address))];
  return closest ?? results[0] ?? withoutAddress(text, cloud);
}

/** The key identifier as Key Vault writes it, without port and trailing slash. Names keep their casing. */
export function formatKeyIdentifier(key: KeyIdentifier): string {
  return `https://${key.host}/keys/${key.name}${key.version === undefined ? '' : `/${key.version}`}`;
}

/** The key identifier without its version. */
export function versionless({ kind, vault, host, name }: KeyIdentifier): KeyIdentifier {
  return { kind, vault, host, name };
}

function withoutAddress(text: string, cloud: Cloud): Refusal {
  return /^[\s"'`<>“”‘’]*$/.test(text)
    ? refuse('empty', l10n.t('Enter a key identifier such as {0}.', example(cloud)))
    : refuse('notAnAddress', l10n.t('A key identifier starts with https://, for example {0}.', example(cloud)));
}

/** Removes keys that differ only in casing, and versionless keys that also occur with a version. */
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
      l10n.t('This is a resource ID; enter the key identifier instead, such as {0}.', example(cloud)),
    );
  }
  if ([cloud, ...builtInClouds].some(({ portal }) => isLinkTo(portal, address))) {
    return refuse(
      'portalLink',
      l10n.t("This is a link to the Azure portal; copy the key identifier from the key version's page instead."),
    );
  }
  if (scheme.toLowerCase() !== 'https') {
    return refuse('notHttps', l10n.t('A key identifier starts with https://, not with {0}://.', scheme));
  }
  if (/[?#\\]/.test(address) || authority.includes('@') || !/^[^:]*(:443)?$/.test(authority)) {
    return refuse(
      'extraParts',
      l10n.t('A key identifier such as {0} has no user name, port, query, or fragment.', example(cloud)),
    );
  }
  return undefined;
}

function withPath(home: Home, path: string, cloud: Cloud): KeyIdentifierResult {
  const [, collection, name, version, ...rest] = path.split('/');
  const kind = collection?.toLowerCase();
  if (kind === 'secrets') {
    return refuse(
      'secret',
      l10n.t('This is the identifier of a secret; TDE needs a key, whose identifier contains /keys/.'),
    );
  }
  if (kind === 'certificates') {
    return refuse(
      'certificate',
      l10n.t('This is the identifier of a certificate; TDE needs a key, whose identifier contains /keys/.'),
    );
  }
  if (kind === undefined || (kind === 'keys' && name === undefined)) {
    return refuse(
      'vaultOnly',
      l10n.t('This address has no key name; enter a key identifier such as {0}.', example(cloud)),
    );
  }
  if (kind !== 'keys' || name === undefined || rest.length > 0) {
    return refuse(
      'badPath',
      l10n.t(
        'After the host, a key identifier such as {0} has /keys/, the key name, and optionally a version.',
        example(cloud),
      ),
    );
  }
  const key = { ...home, name, ...(version !== undefined && { version }) };
  return namesProblem(key) ?? { ok: true, key };
}
