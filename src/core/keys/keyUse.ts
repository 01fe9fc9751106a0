import type { ServerKey, TdeProtector } from '../model';
import { isProtectorKey, isSameVaultKey, isSameVaultKeyName } from './sameKey';

/**
 * What a server key is to its server. "standby": the key of the TDE protector, restored to another vault. "previous": an older
 * version of the key. "otherVersion": a version that was added later, or whose age isn't known. "other": any other key.
 */
export type KeyUse = 'protector' | 'standby' | 'previous' | 'otherVersion' | 'other';

/**
 * @param read the TDE protector
 * @param keys the server keys of the server, among them the TDE protector
 */
export function keyUse(key: ServerKey, read: TdeProtector, keys: readonly ServerKey[]): KeyUse {
  // Azure doesn't always show the thumbprint of a TDE protector, but it does that of its server key.
  const thumbprint = read.thumbprint ?? keys.find((one) => isSameVaultKey(one, read))?.thumbprint;
  const protector = { ...read, ...(thumbprint !== undefined && { thumbprint }) };
  if (isProtectorKey(key, protector)) return isElsewhere(key, protector) ? 'standby' : 'protector';
  if (!isSameVaultKeyName(key, protector)) return 'other';
  const current = keys.find((one) => isProtectorKey(one, protector) && !isElsewhere(one, protector));
  return key.created && current?.created && key.created < current.created ? 'previous' : 'otherVersion';
}

const isElsewhere = (key: ServerKey, protector: TdeProtector): boolean =>
  key.uri !== undefined && protector.uri !== undefined && !isSameVaultKeyName(key, protector);
