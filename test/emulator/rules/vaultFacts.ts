import type { Emulator } from '../base/emulator';
import { findVaultKey, newestEnabledVersion, same } from '../base/find';
import { findPrincipal, principalIdAt } from './serverIdentity';
import type { KeyVersion, Principal, Server, State, Vault, VaultKey } from '../base/state';
import type { KeyUri } from './keyIdentifier';

/** A server that goes to a vault for a key. */
export interface Visit {
  emulator: Emulator;
  server: Server;
  uri: KeyUri;
  /** Whether automatic rotation is, or is about to be, switched on. */
  autoRotation: boolean;
}

/** What the service finds out when the server goes to the vault. Later facts are absent when earlier ones are. */
export interface VaultFacts extends Omit<Visit, 'emulator'> {
  state: State;
  principalId?: string;
  principal?: Principal;
  vault?: Vault;
  key?: VaultKey;
  version?: KeyVersion;
  /** Unix seconds. */
  now: number;
  /** Rights that were given later do not count yet. Unix milliseconds. */
  grantedBy: number;
}

export function vaultFacts({ emulator: { state, options }, server, uri, autoRotation }: Visit): VaultFacts {
  const time = Date.now();
  const vault = state.vaults.find((v) => same(v.uri, `https://${uri.host}`));
  const principalId = principalIdAt(state, server, vault?.tenantId ?? server.tenantId);
  const principal = findPrincipal(state, principalId);
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
    now: Math.floor(time / 1000),
    grantedBy: time - options.rolePropagationMs,
    autoRotation,
  };
}
