import { findVaultKey, newestEnabledVersion, same } from '../finders';
import { effectivePrincipalId, findPrincipal } from '../serverIdentity';
import type { KeyVersion, Principal, Server, State, Vault, VaultKey } from '../state';
import type { KeyUri } from './keyUri';

/** What the service finds out when the server goes to the vault. Later facts are absent when earlier ones are. */
export interface VaultFacts {
  state: State;
  server: Server;
  uri: KeyUri;
  principalId?: string;
  principal?: Principal;
  vault?: Vault;
  key?: VaultKey;
  version?: KeyVersion;
  /** Unix seconds. */
  now: number;
  /** Whether automatic rotation is, or is about to be, switched on. */
  autoRotation: boolean;
}

export function vaultFacts(state: State, server: Server, uri: KeyUri, now: number, autoRotation: boolean): VaultFacts {
  const principalId = effectivePrincipalId(state, server);
  const principal = findPrincipal(state, principalId);
  const vault = state.vaults.find((v) => same(v.uri, `https://${uri.host}`));
  const key = vault && findVaultKey(vault, uri.key);
  const { version: asked } = uri;
  const version =
    asked === undefined ? key && newestEnabledVersion(key) : key?.versions.find((v) => same(v.version, asked));
  return {
    state,
    server,
    uri,
    ...(principalId !== undefined && { principalId }),
    ...(principal && { principal }),
    ...(vault && { vault }),
    ...(key && { key }),
    ...(version && { version }),
    now: Math.floor(now / 1000),
    autoRotation,
  };
}
