import type { ArmError } from './armError';
import type {
  AccessPolicy,
  Account,
  GeoPartner,
  KeyVault,
  Lock,
  NewKey,
  Permission,
  RoleGrant,
  RunningOperation,
  ServerDetails,
  ServerKey,
  ServerKeyRequest,
  SqlServer,
  Subscription,
  TdeProtector,
  Tenant,
  VaultKey,
  VaultSettings,
} from './model';

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/** What azure needs of a sign-in that knows several accounts. It never asks the user anything. */
export interface Accounts {
  list(): Promise<readonly Account[]>;
  /**
   * A token for Resource Manager. Where only the user could get one it rejects with an `ArmError`: "TenantSignInRequired", or
   * "StepUpRequired" for one with more claims.
   * @param tenantId the account's home tenant by default
   * @param claims what Resource Manager found missing in the token before, as JSON
   */
  token(account: Account, tenantId?: string, claims?: string): Promise<AccessToken>;
}

/** What could be read, and the tenants that could not. */
export interface ByTenant<T> {
  readonly items: readonly T[];
  readonly failures: readonly TenantFailure[];
}

export interface TenantFailure {
  readonly tenant: Tenant;
  readonly error: ArmError;
}

/** Where a server is: enough to ask it. */
export type ServerPlace = Pick<SqlServer, 'id' | 'name' | 'subscriptionId' | 'resourceGroup'>;

/**
 * What ui needs from Azure, one verb a method. Every method rejects with an `ArmError` (core/armError.ts),
 * or with an error named "AbortError" when its signal was aborted.
 */
export interface Azure {
  readonly subscriptions: {
    /**
     * Enabled subscriptions that the signed-in accounts can see, by name. Rejects with the code "NotSignedIn" where there is no account.
     * @param tenantIds the only tenants to ask, lower-cased; all by default
     */
    list(tenantIds?: ReadonlySet<string>, signal?: AbortSignal): Promise<ByTenant<Subscription>>;
  };
  readonly sqlServers: {
    /** All logical servers of these subscriptions, by name: one Resource Graph query a tenant and a thousand servers. */
    list(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<SqlServer>>;
    /** Names of the user databases, by name. */
    listDatabases(server: SqlServer, signal?: AbortSignal): Promise<readonly string[]>;
    /** The server as it is now. */
    get(server: ServerPlace, signal?: AbortSignal): Promise<ServerDetails>;
    /** The server of this name, which is unique in a cloud, if it is in one of these subscriptions: one Resource Graph query a tenant. */
    find(name: string, subscriptionIds: readonly string[], signal?: AbortSignal): Promise<SqlServer | undefined>;
    /** Servers that this one shares a failover group or active geo-replication with, each once a role. */
    listGeoPartners(server: ServerPlace, signal?: AbortSignal): Promise<readonly GeoPartner[]>;
    /** What Azure SQL is doing with the server and has not ended. */
    listRunningOperations(server: ServerPlace, signal?: AbortSignal): Promise<readonly RunningOperation[]>;
    /** Gives the server a system-assigned identity beside what it has, waits for the end and reads the server back. */
    assignIdentity(server: SqlServer, signal?: AbortSignal): Promise<ServerDetails>;
  };
  readonly serverKeys: {
    /** The service-managed key is always among them. */
    list(server: ServerPlace, signal?: AbortSignal): Promise<readonly ServerKey[]>;
    /**
     * Sends the request, waits until the server key is created and reads it back.
     * Aborting only stops the wait: Azure finishes what it has accepted.
     * Rejects with the code "VersionlessNotSupported" if the cloud accepts no versionless key identifiers.
     */
    create(server: SqlServer, request: ServerKeyRequest, signal?: AbortSignal): Promise<ServerKey>;
    /** Deletes the server key, waits for the end and makes sure that the server has it no more. */
    delete(server: SqlServer, key: ServerKey, signal?: AbortSignal): Promise<void>;
  };
  readonly tdeProtectors: {
    get(server: SqlServer, signal?: AbortSignal): Promise<TdeProtector>;
  };
  readonly keyVaults: {
    /** Key vaults and managed HSMs of these subscriptions, by name: one Resource Graph query a tenant and a thousand of them. */
    list(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<KeyVault>>;
    /** The keys of a vault with all their details, by name. */
    listKeys(vault: KeyVault, signal?: AbortSignal): Promise<readonly VaultKey[]>;
    /** The versions of a key, newest first. */
    listVersions(vault: KeyVault, keyName: string, signal?: AbortSignal): Promise<readonly VaultKey[]>;
    /** Creates a key; its identifier names the first version. A key of this name that is there already is left as it is: "KeyAlreadyExists". */
    createKey(key: NewKey, signal?: AbortSignal): Promise<VaultKey>;
    /** The key vault or managed HSM at this host, if it is in one of these subscriptions: one Resource Graph query a tenant. */
    find(host: string, subscriptionIds: readonly string[], signal?: AbortSignal): Promise<KeyVault | undefined>;
    getSettings(vault: KeyVault, signal?: AbortSignal): Promise<VaultSettings>;
    /** One version of a key, by default the newest; its identifier is versioned either way. */
    getKey(vault: KeyVault, name: string, version?: string, signal?: AbortSignal): Promise<VaultKey>;
    /** Turns purge protection on, which cannot be undone, and reads the vault back. */
    enablePurgeProtection(vault: KeyVault, signal?: AbortSignal): Promise<void>;
    /** Lets trusted Microsoft services through the vault's firewall, whose other rules stay, and reads the vault back. */
    allowTrustedServices(vault: KeyVault, signal?: AbortSignal): Promise<void>;
    /** Adds key permissions to what the access policies of the vault grant to a principal; takes nothing away. */
    addAccessPolicy(vault: KeyVault, policy: AccessPolicy & { tenantId: string }, signal?: AbortSignal): Promise<void>;
  };
  readonly access: {
    /** The roles that a service principal has at a scope (ARM id), inherited ones and those of its groups included. */
    listRoles(principalId: string, scope: string, signal?: AbortSignal): Promise<readonly RoleGrant[]>;
    /** Grants a built-in role to a service principal at a scope. A grant that is there already is left as it is. */
    grantRole(principalId: string, roleId: string, scope: string, signal?: AbortSignal): Promise<void>;
    /** What the signed-in account may do at a scope (ARM id). */
    listPermissions(scope: string, signal?: AbortSignal): Promise<readonly Permission[]>;
    /** Locks at a scope and above it. */
    listLocks(scope: string, signal?: AbortSignal): Promise<readonly Lock[]>;
  };
  readonly resources: {
    /** The raw answer of Resource Manager to a GET of a subscription, resource group, logical server, server key or TDE protector. */
    read(resourceId: string, signal?: AbortSignal): Promise<unknown>;
  };
}
