import { lastSegment, sameId } from '../armId';
import { isArmError } from '../armError';
import { hasCode } from '../errors/errorCode';
import type { KeyVault, VaultKey } from '../vaultModel';
import type { Azure } from '../ports';
import type { ProtectorKey } from './describeState';

/** The parts of the key identifier of a TDE protector: "https://host/keys/name/version". */
interface Parts {
  readonly host: string;
  readonly name: string;
  readonly version: string;
}

function partsOf(uri: string): Parts {
  const [, , host = '', , name = '', version = ''] = uri.split('/');
  return { host: host.replace(/:443$/, ''), name, version };
}

/** Reads the keys of TDE protectors, each key and version once. */
export interface ProtectorKeys {
  /** One request, or two if the TDE protector isn't the newest version. Undefined if no account can see the vault. */
  read(uri: string, signal: AbortSignal): Promise<ProtectorKey | 'deleted' | undefined>;
  /** All versions of the key, newest first: one request for each. */
  listVersions(uri: string, signal: AbortSignal): Promise<readonly VaultKey[]>;
}

export function protectorKeys(keyVaults: Azure['keyVaults'], vaults: Promise<readonly KeyVault[]>): ProtectorKeys {
  const read = new Map<string, Promise<VaultKey | 'deleted'>>();
  const lists = new Map<string, Promise<readonly VaultKey[]>>();
  // Each read of a key reports the failure.
  vaults.catch(() => undefined);
  const once = (vault: KeyVault, name: string, version: string | undefined, signal: AbortSignal) => {
    const id = [vault.id, name, version].join(' ').toLowerCase();
    const key = read.get(id) ?? keyVaults.getKey(vault, name, version, signal).catch(deletedIfAbsent);
    read.set(id, key);
    return key;
  };
  const vaultAt = async (host: string) => (await vaults).find((one) => sameId(one.uri, `https://${host}`));
  return {
    async read(uri, signal) {
      const { host, name, version } = partsOf(uri);
      const vault = await vaultAt(host);
      if (!vault) return undefined;
      const newest = await once(vault, name, undefined, signal);
      if (newest === 'deleted' || version === '' || sameId(lastSegment(newest.uri), version)) {
        return newest === 'deleted' ? newest : { version: newest, newest };
      }
      const current = await once(vault, name, version, signal);
      return current === 'deleted' ? current : { version: current, newest };
    },
    async listVersions(uri, signal) {
      const { host, name } = partsOf(uri);
      const vault = await vaultAt(host);
      if (!vault) return [];
      const id = [vault.id, name].join(' ').toLowerCase();
      const list = lists.get(id) ?? keyVaults.listVersions(vault, name, signal);
      lists.set(id, list);
      return list;
    },
  };
}

function deletedIfAbsent(error: unknown): 'deleted' {
  if (isArmError(error) && hasCode(error, 'KeyNotFound', 'ResourceNotFound')) return 'deleted';
  throw error;
}
