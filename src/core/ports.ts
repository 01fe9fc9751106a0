import type { ArmError } from './armError';
import type { DenyAssignment, Lock, Permission, PolicyDenial, RoleGrant } from './accessModel';
import type {
  DatabasePartner,
  DatabaseProtector,
  DatabaseState,
  DroppedDatabase,
  GeoPartner,
  KeyedDatabase,
  LongTermBackup,
  RunningOperation,
  ServerDetails,
  ServerKey,
  ServerKeyRequest,
  SqlServer,
  Subscription,
  TdeProtector,
  Tenant,
  UserAssignedIdentity,
} from './model';
import type { AccessPolicy, KeyVault, NewKey, VaultKey, VaultSettings } from './vaultModel';

/** The items of all tenants, and the tenants that couldn't be read. */
export interface ByTenant<T> {
  readonly items: readonly T[];
  readonly failures: readonly TenantFailure[];
}

/** Subscriptions, and the tenants that the accounts can access: each tenant once for each account. */
export interface Subscriptions extends ByTenant<Subscription> {
  /** The subscriptions that Azure has disabled, which aren't among the items. */
  readonly disabled: readonly Subscription[];
  readonly tenants: readonly Tenant[];
}

export interface TenantFailure {
  readonly tenant: Tenant;
  readonly error: ArmError;
}

/** A database that its server can't open. */
interface InaccessibleDatabase {
  /** ARM ID. */
  readonly server: string;
  readonly name: string;
}

/** Where a server is: enough to send requests about it. */
export type ServerPlace = Pick<SqlServer, 'id' | 'name' | 'subscriptionId' | 'resourceGroup'>;

/** Where a vault is: enough to read its settings and keys. */
export type VaultPlace = Pick<KeyVault, 'kind' | 'id' | 'name' | 'subscriptionId' | 'resourceGroup'>;

/**
 * The Azure operations that ui needs, one verb per method. Every method rejects with an `ArmError` (core/armError.ts),
 * or with an error named "AbortError" if its signal is aborted.
 */
export interface Azure {
  readonly subscriptions: {
    /**
     * Enabled subscriptions that the signed-in accounts can see, by name. Rejects with the code "NotSignedIn" if there is no account.
     * @param tenantIds lower-case IDs of the tenants to query; all tenants by default
     */
    list(tenantIds?: ReadonlySet<string>, signal?: AbortSignal): Promise<Subscriptions>;
  };
  readonly sqlServers: {
    /** All logical servers and managed instances of these subscriptions, by name: one Resource Graph query per tenant and thousand of them. */
    list(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<SqlServer>>;
    /** The inaccessible databases of these subscriptions, as Resource Graph shows them: one query per tenant and thousand databases. */
    listInaccessible(
      subscriptionIds: readonly string[],
      signal?: AbortSignal,
    ): Promise<readonly InaccessibleDatabase[]>;
    /** Names of the user databases, by name. */
    listDatabases(server: SqlServer, signal?: AbortSignal): Promise<readonly string[]>;
    /** The server as it is now. */
    get(server: ServerPlace, signal?: AbortSignal): Promise<ServerDetails>;
    /** All logical servers of a subscription as they are now: one request per page. */
    listDetails(subscriptionId: string, signal?: AbortSignal): Promise<readonly ServerDetails[]>;
    /** The logical server with this name (names are unique in a cloud), if it is in one of these subscriptions: one Resource Graph query per tenant. */
    find(name: string, subscriptionIds: readonly string[], signal?: AbortSignal): Promise<SqlServer | undefined>;
    /** Where the managed instance with this name is, if it is in one of these subscriptions: one Resource Graph query per tenant. */
    findInstance(
      name: string,
      subscriptionIds: readonly string[],
      signal?: AbortSignal,
    ): Promise<SqlServer | undefined>;
    /** Servers in a failover group or active geo-replication with this one, each once per role; for a managed instance, instances. */
    listGeoPartners(server: ServerPlace, signal?: AbortSignal): Promise<readonly GeoPartner[]>;
    /** Operations in progress on the server. */
    listRunningOperations(server: ServerPlace, signal?: AbortSignal): Promise<readonly RunningOperation[]>;
    /** Adds a system-assigned identity to the server, waits for the operation, and reads the server back. */
    assignIdentity(server: SqlServer, signal?: AbortSignal): Promise<ServerDetails>;
    /** User-assigned identities of these subscriptions, by name: one Resource Graph query per tenant and thousand identities. */
    listIdentities(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<UserAssignedIdentity>>;
    /** Makes a user-assigned identity the primary one, keeps all other identities, waits for the operation, and reads the server back. */
    setPrimaryIdentity(server: ServerPlace, identityId: string, signal?: AbortSignal): Promise<ServerDetails>;
  };
  readonly serverKeys: {
    /** Always includes the service-managed key. */
    list(server: ServerPlace, signal?: AbortSignal): Promise<readonly ServerKey[]>;
    /**
     * Sends the request, waits until the server key is created, and reads it back.
     * Aborting only stops the wait: Azure finishes what it has accepted.
     * Rejects with the code "VersionlessNotSupported" if the cloud doesn't accept versionless key identifiers.
     */
    create(server: SqlServer, request: ServerKeyRequest, signal?: AbortSignal): Promise<ServerKey>;
    /** Deletes the server key, waits for the operation, and verifies the deletion. */
    delete(server: SqlServer, key: ServerKey, signal?: AbortSignal): Promise<void>;
  };
  readonly tdeProtectors: {
    get(server: ServerPlace, signal?: AbortSignal): Promise<TdeProtector>;
    /** The names of the databases that are inaccessible because the server can't use its TDE protector. */
    listInaccessible(server: ServerPlace, signal?: AbortSignal): Promise<readonly string[]>;
    /** The names of all inaccessible databases, also of those with database-level keys. */
    listAllInaccessible(server: ServerPlace, signal?: AbortSignal): Promise<readonly string[]>;
    /** When an inaccessible database lost its key, as far as the activity log shows: of the last 90 days, and 30 minutes late. */
    getLoss(server: ServerPlace, database: string, now: Date, signal?: AbortSignal): Promise<Date | undefined>;
    /** Makes a server key the TDE protector, or turns its automatic rotation on or off, waits for the operation, and reads the TDE protector back. */
    set(server: ServerPlace, key: ServerKey, autoRotation: boolean, signal?: AbortSignal): Promise<TdeProtector>;
    /** Makes Azure use the TDE protector again, which takes minutes, and verifies that no database is inaccessible. */
    revalidate(server: ServerPlace, signal?: AbortSignal): Promise<void>;
  };
  readonly databaseKeys: {
    /** A database with its keys, its TDE protector among them. */
    get(server: ServerPlace, database: string, signal?: AbortSignal): Promise<KeyedDatabase>;
    /** The primary or the secondaries that a database replicates with, without named replicas and copies in progress. */
    listPartners(server: ServerPlace, database: string, signal?: AbortSignal): Promise<readonly DatabasePartner[]>;
    /** Gives a database without an identity a user-assigned one, waits for the operation, and reads the database back. */
    assignIdentity(server: ServerPlace, database: string, identityId: string, signal?: AbortSignal): Promise<void>;
    /** Adds a key to those of a database, waits for the operation, and reads the database back. */
    add(server: ServerPlace, database: string, uri: string, signal?: AbortSignal): Promise<void>;
    /**
     * Makes a key the TDE protector of a database, which gets it if it lacks it, or turns its automatic rotation on or off, waits for
     * the operation, and reads the database back.
     */
    setProtector(
      server: ServerPlace,
      database: string,
      protector: DatabaseProtector,
      signal?: AbortSignal,
    ): Promise<void>;
    /** Makes Azure use the TDE protector of a database again, and verifies that the database isn't inaccessible. */
    revalidate(server: ServerPlace, database: string, signal?: AbortSignal): Promise<void>;
    /** Makes a database use the TDE protector of its server, which must be service-managed, and reads the database back. */
    revert(server: ServerPlace, database: string, signal?: AbortSignal): Promise<void>;
  };
  readonly backups: {
    /** The user databases with their states, by name: from Resource Manager, because Resource Graph may be late. */
    listDatabases(server: ServerPlace, signal?: AbortSignal): Promise<readonly DatabaseState[]>;
    /** How many days point-in-time backups of a database are kept. */
    getRetentionDays(server: ServerPlace, database: string, signal?: AbortSignal): Promise<number>;
    listDropped(server: ServerPlace, signal?: AbortSignal): Promise<readonly DroppedDatabase[]>;
    /** The backups in long-term retention, also those of dropped databases and of deleted servers with this name in its resource group. */
    listLongTerm(
      server: Pick<SqlServer, keyof ServerPlace | 'location'>,
      signal?: AbortSignal,
    ): Promise<readonly LongTermBackup[]>;
    /** When changes of the TDE protector or of the server succeeded, as far back as the activity log reaches: 90 days. */
    listProtectorChanges(server: ServerPlace, now: Date, signal?: AbortSignal): Promise<readonly Date[]>;
  };
  readonly regions: {
    /** The Azure geography of each region, by the name of the region. */
    listGeographies(subscriptionId: string, signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  };
  readonly resourceProviders: {
    isRegistered(subscriptionId: string, namespace: string, signal?: AbortSignal): Promise<boolean>;
    /** Registers a resource provider in a subscription, and waits until Azure has done so. */
    register(subscriptionId: string, namespace: string, signal?: AbortSignal): Promise<void>;
  };
  readonly keyVaults: {
    /** Key vaults and managed HSMs of these subscriptions, by name: one Resource Graph query per tenant and thousand vaults. */
    list(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<KeyVault>>;
    /** The keys of a vault with all their details, by name. */
    listKeys(vault: VaultPlace, signal?: AbortSignal): Promise<readonly VaultKey[]>;
    /** The versions of a key, newest first. */
    listVersions(vault: KeyVault, keyName: string, signal?: AbortSignal): Promise<readonly VaultKey[]>;
    /** Creates a key and returns its first version. Rejects with "KeyAlreadyExists" if the vault has a key with this name. */
    createKey(key: NewKey, signal?: AbortSignal): Promise<VaultKey>;
    /** The key vault or managed HSM at this host, if it is in one of these subscriptions: one Resource Graph query per tenant. */
    find(host: string, subscriptionIds: readonly string[], signal?: AbortSignal): Promise<KeyVault | undefined>;
    getSettings(vault: VaultPlace, signal?: AbortSignal): Promise<VaultSettings>;
    /** One version of a key, by default the newest. Its identifier always has a version. */
    getKey(vault: KeyVault, name: string, version?: string, signal?: AbortSignal): Promise<VaultKey>;
    /** Turns on purge protection, which can't be undone, and reads the vault back. */
    enablePurgeProtection(vault: KeyVault, signal?: AbortSignal): Promise<void>;
    /** Allows trusted Microsoft services through the vault's firewall, keeps its other rules, and reads the vault back. */
    allowTrustedServices(vault: KeyVault, signal?: AbortSignal): Promise<void>;
    /** Adds key permissions to the access policy of a principal and keeps existing permissions. */
    addAccessPolicy(vault: KeyVault, policy: AccessPolicy & { tenantId: string }, signal?: AbortSignal): Promise<void>;
  };
  readonly access: {
    /** Roles of a service principal at a scope (ARM ID), including inherited ones and those of its groups. */
    listRoles(principalId: string, scope: string, signal?: AbortSignal): Promise<readonly RoleGrant[]>;
    /**
     * The same for several service principals with one list, by their IDs in lower case. Leaves out the roles of their groups, and
     * principals without a role of their own.
     */
    listRolesOf(
      principalIds: ReadonlySet<string>,
      scope: string,
      signal?: AbortSignal,
    ): Promise<ReadonlyMap<string, readonly RoleGrant[]>>;
    /** Grants a built-in role to a service principal at a scope. An existing grant stays as it is. */
    grantRole(principalId: string, roleId: string, scope: string, signal?: AbortSignal): Promise<void>;
    /** Permissions of the signed-in account at a scope (ARM ID). */
    listPermissions(scope: string, signal?: AbortSignal): Promise<readonly Permission[]>;
    /** Roles of the signed-in account at a scope (ARM ID), including inherited ones and those of its groups; none if its token doesn't name it. */
    listOwnRoles(scope: string, signal?: AbortSignal): Promise<readonly RoleGrant[]>;
    /** Deny assignments at a scope and above it, except those that apply only to data. */
    listDenyAssignments(scope: string, signal?: AbortSignal): Promise<readonly DenyAssignment[]>;
    /** Deny assignments at a subscription or resource group, above it, and on everything in it. */
    listDenyAssignmentsIn(scope: string, signal?: AbortSignal): Promise<readonly DenyAssignment[]>;
    /** Locks on a scope and above it. */
    listLocks(scope: string, signal?: AbortSignal): Promise<readonly Lock[]>;
    /** Locks on a subscription or resource group, above it, and on everything in it. */
    listLocksIn(scope: string, signal?: AbortSignal): Promise<readonly Lock[]>;
  };
  readonly policies: {
    /** The policy assignments that deny a server key, as Azure Policy evaluates them now. */
    listDenials(server: ServerPlace, request: ServerKeyRequest, signal?: AbortSignal): Promise<readonly PolicyDenial[]>;
  };
  readonly resources: {
    /** The raw response of Resource Manager to a GET of a subscription, resource group, logical server, server key or TDE protector. */
    read(resourceId: string, signal?: AbortSignal): Promise<unknown>;
  };
  readonly operations: {
    /**
     * Asks the address of an operation for its state, once. Resolves to false while the operation runs, and rejects with
     * its error, which has `inResult`, if it has failed.
     */
    hasSucceeded(url: string, signal?: AbortSignal): Promise<boolean>;
  };
}
