import type { Finding } from '../errors/finding';
import { formatKeyIdentifier } from '../keys/keyIdentifier';
import { isServerKeyOf } from '../keys/sameKey';
import { serverKeyName } from '../keys/serverKeyName';
import type { ServerKey, ServerKeyRequest, SqlServer } from '../model';
import type { KeyIdentifier, KeyVault, VaultKey } from '../vaultModel';

/** A replica of a server. The resource group is absent if the signed-in accounts can't see the replica. */
export interface Replica {
  readonly name: string;
  readonly resourceGroup?: string;
}

/** One server key to create on one server: planned by the wizard, completed by the checks, then created and reported. */
export interface Creation {
  readonly server: SqlServer;
  readonly key: KeyIdentifier;
  /** The key itself does not exist yet: it is created first. */
  readonly isNew?: boolean;
  /** The vault of the key, if known. */
  readonly vault?: KeyVault | undefined;
  /** The key version in use as Key Vault describes it, if known. */
  readonly vaultKey?: VaultKey | undefined;
  /** The server key that already has this key identifier: there is nothing to create. */
  readonly existing?: ServerKey | undefined;
  /** The replicas of the server, which need the key first; absent until they have been read. */
  readonly replicas?: readonly Replica[] | undefined;
  /** The findings of the checks; absent until they have run. */
  readonly findings?: readonly Finding[];
}

/** The request that creates the server key. */
export function serverKeyRequest({ key }: Pick<Creation, 'key'>): ServerKeyRequest {
  return {
    name: serverKeyName(key),
    properties: { serverKeyType: 'AzureKeyVault', uri: formatKeyIdentifier(key) },
  };
}

/** The server key with this key identifier. */
export function findServerKey(serverKeys: readonly ServerKey[], key: KeyIdentifier): ServerKey | undefined {
  return serverKeys.find(isServerKeyOf(formatKeyIdentifier(key)));
}
