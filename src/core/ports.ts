import type { ArmError } from './armError';
import type { KeyIdentifier } from './keyIdentifier';
import type {
  Account,
  KeyVault,
  NewKey,
  ServerKey,
  SqlServer,
  Subscription,
  TdeProtector,
  Tenant,
  VaultKey,
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
  };
  readonly serverKeys: {
    /** The service-managed key is always among them. */
    list(server: SqlServer, signal?: AbortSignal): Promise<readonly ServerKey[]>;
    /**
     * Creates the server key named after the key identifier, waits for the end and reads the key back.
     * Aborting stops the waiting; what Azure has accepted goes on.
     * Rejects with the code "VersionlessNotSupported" where the cloud takes no versionless key identifier.
     */
    create(server: SqlServer, key: KeyIdentifier, signal?: AbortSignal): Promise<ServerKey>;
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
  };
  readonly resources: {
    /** The raw answer of Resource Manager to a GET of a subscription, resource group, logical server, server key or TDE protector. */
    read(resourceId: string, signal?: AbortSignal): Promise<unknown>;
  };
}
