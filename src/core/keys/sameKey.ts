import { idKey, sameId } from '../armId';
import type { ServerKey, TdeProtector } from '../model';
import { parseServerKeyName } from './serverKeyName';

/** Whether two key identifiers are the same. Casing, port, and trailing slashes don't matter. */
function sameUri(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && plain(one) === plain(other);
}

const plain = (uri: string): string => idKey(uri).replace(':443/', '/').replace(/\/+$/, '');

/** The parts of a versionless key identifier, split at slashes: "https:", "", host, "keys", name. */
const versionlessParts = 5;

const isVersionless = (uri: string): boolean => plain(uri).split('/').length === versionlessParts;

/** The key identifier with the version in use. */
function uriInUse({ uri, version }: Pick<ServerKey, 'uri' | 'version'>): string | undefined {
  return uri !== undefined && version !== undefined && isVersionless(uri) ? `${plain(uri)}/${version}` : uri;
}

/**
 * Whether a server key was created from a key identifier. A versionless one reads back with the version in use, so that
 * only the name of its server key shows that it is versionless. Source: recording of Az PowerShell, 2026.
 */
export function isServerKeyOf(keyIdentifier: string): (key: ServerKey) => boolean {
  const wanted = plain(keyIdentifier);
  return (key) => {
    const uri = uriInUse(key);
    if (!isVersionless(wanted)) return sameUri(uri, wanted);
    const isNamedSo = parseServerKeyName(key.name)?.version === undefined;
    return sameUri(key.uri, wanted) || (isNamedSo && uri !== undefined && plain(uri).startsWith(`${wanted}/`));
  };
}

/** Whether two server keys, which may be on different servers, are the same key of the same vault. */
export const isSameVaultKey = (one: Material, other: Material): boolean => sameUri(uriInUse(one), uriInUse(other));

/** Whether two server keys are versions of the same key of the same vault. */
export const isSameVaultKeyName = (one: Material, other: Material): boolean =>
  one.uri !== undefined && other.uri !== undefined && withoutVersion(one.uri) === withoutVersion(other.uri);

const withoutVersion = (uri: string): string => plain(uri).split('/').slice(0, versionlessParts).join('/');

/** Whether two server keys have the same key material, as far as Azure shows it: the same key, or one restored to another vault. */
export function isSameKey(one: Material, other: Material): boolean {
  return sameId(one.thumbprint, other.thumbprint) || isSameVaultKey(one, other);
}

type Material = Pick<ServerKey, 'uri' | 'version' | 'thumbprint'>;

/**
 * Whether a server key is the TDE protector. The protector of a versionless server key has the name of a versioned one, so
 * the key identifier and the thumbprint decide; the name, only if Azure shows neither.
 */
export function isProtectorKey(key: ServerKey, protector: TdeProtector): boolean {
  if (protector.type === 'serviceManaged' || key.type === 'serviceManaged') return protector.type === key.type;
  return isSameKey(key, protector) || (isUnseen(key, protector) && sameId(key.name, protector.serverKeyName));
}

/** Whether a TDE protector is this server key of a vault, and not just the same key material. */
export const isSetTo = (protector: TdeProtector, key: ServerKey): boolean =>
  protector.type === 'customerManaged' &&
  (isSameVaultKey(key, protector) || (protector.uri === undefined && sameId(key.name, protector.serverKeyName)));

/** Whether Azure shows nothing about the keys that could be compared. */
const isUnseen = (key: Material, protector: Material): boolean => key.uri === undefined || protector.uri === undefined;
