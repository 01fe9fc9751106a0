import type { Emulator } from '../base/emulator';
import { findPrincipal, findVaultByHost, findVaultKey, newestEnabledVersion } from '../base/find';
import { same } from '../base/ids';
import type { KeyVersion, Principal, SqlResource, State, Vault, VaultKey } from '../base/state';
import type { KeyIdentifier } from './keyIdentifier';

/** The identity that a server uses for vaults: the primary user-assigned identity if any is assigned, otherwise the system-assigned one. */
function effectivePrincipalId(state: State, server: SqlResource): string | undefined {
  if (server.userAssignedIdentities.length === 0) return server.principalId;
  const primary = server.primaryUserAssignedIdentityId;
  if (primary === undefined) return undefined;
  return state.userAssignedIdentities.find((i) => same(i.id, primary))?.principalId;
}

/** True if the server accesses a vault in another tenant as an application, which requires a user-assigned identity. */
const usesApplication = ({ tenantId, userAssignedIdentities }: SqlResource, vaultTenantId: string): boolean =>
  userAssignedIdentities.length > 0 && tenantId !== vaultTenantId;

/**
 * The principal of a server in the directory of a vault's tenant. In another tenant, it is the multi-tenant application that
 * the server specifies. Source: Azure SQL docs, "Cross-tenant customer-managed keys with TDE".
 */
function principalIdIn(state: State, server: SqlResource, vaultTenantId: string): string | undefined {
  const own = effectivePrincipalId(state, server);
  if (!usesApplication(server, vaultTenantId)) return own;
  const application = state.principals.find(
    (p) => p.tenantId === vaultTenantId && same(p.appId ?? '', server.federatedClientId ?? ''),
  );
  return application?.objectId ?? own;
}

/** A server that reads a key from a vault. */
export interface KeyLookup {
  emulator: Emulator;
  server: SqlResource;
  identifier: KeyIdentifier;
  /** Automatic rotation is on, or the request turns it on. */
  autoRotation: boolean;
}

/** What Azure SQL finds when the server reads the key. A missing vault has no key, a missing key no version. */
export interface VaultFacts extends Omit<KeyLookup, 'emulator'> {
  state: State;
  principalId?: string;
  principal?: Principal;
  vault?: Vault;
  key?: VaultKey;
  version?: KeyVersion;
  /** Unix seconds. */
  now: number;
  /** Permissions granted later aren't in effect yet. Unix milliseconds. */
  grantedBy: number;
}

/** Looks up the principal, the vault, the key, and the version. Uses the newest enabled version if the identifier has none. */
export function vaultFacts({ emulator: { state, options }, server, identifier, autoRotation }: KeyLookup): VaultFacts {
  const time = Date.now();
  const vault = findVaultByHost(state, identifier.host);
  const principalId = principalIdIn(state, server, vault?.tenantId ?? server.tenantId);
  const principal = findPrincipal(state, principalId);
  const key = findVaultKey(vault, identifier.key);
  const { version: id } = identifier;
  const version = id === undefined ? newestEnabledVersion(key) : key?.versions.find((v) => same(v.version, id));
  return {
    state,
    server,
    identifier,
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

/** The tenant whose directory must contain the server's principal. A server that has moved to another tenant has none there. */
export const directoryOf = ({ server, vault }: VaultFacts): string =>
  vault && usesApplication(server, vault.tenantId) ? vault.tenantId : server.tenantId;

/** False for a vault or HSM that is still being provisioned, and for an HSM that isn't activated. */
export const isReady = ({ provisioningState = 'Succeeded', activated = true }: Vault): boolean =>
  activated && ['Succeeded', 'Activated'].includes(provisioningState);
