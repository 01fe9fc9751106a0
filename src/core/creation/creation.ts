import { sameId } from '../armId';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import type { KeyIdentifier, KeyVault, ServerKey, SqlServer } from '../model';

/** One server key to be created on one server. */
export interface Creation {
  readonly server: SqlServer;
  readonly key: KeyIdentifier;
  /** The vault of the key, where it is known. */
  readonly vault?: KeyVault | undefined;
  /** The server key that makes it needless, because it has the same key identifier. */
  readonly existing?: ServerKey;
}

/** The server key with this key identifier. Neither casing nor port nor slashes at the end tell identifiers apart. */
export function findServerKey(serverKeys: readonly ServerKey[], key: KeyIdentifier): ServerKey | undefined {
  const wanted = formatKeyIdentifier(key);
  return serverKeys.find(({ uri }) => sameId(uri?.replace(':443/', '/').replace(/\/+$/, ''), wanted));
}
