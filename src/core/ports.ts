import type { KeyIdentifier } from './keyIdentifier';
import type { KeyVault, ServerKey, SqlServer, Subscription, TdeProtector, VaultKey } from './model';

/**
 * What ui needs from Azure, one verb a method. Every method rejects with an `ArmError` (core/armError.ts),
 * or with an error named "AbortError" when its signal was aborted.
 */
export interface Azure {
  readonly subscriptions: {
    /** Enabled subscriptions that the signed-in account can see, by name. */
    list(signal?: AbortSignal): Promise<readonly Subscription[]>;
  };
  readonly sqlServers: {
    /** All logical servers of these subscriptions, by name: one Resource Graph query a thousand servers. */
    list(subscriptionIds: readonly string[], signal?: AbortSignal): Promise<readonly SqlServer[]>;
  };
  readonly serverKeys: {
    /** The service-managed key is always among them. */
    list(server: SqlServer, signal?: AbortSignal): Promise<readonly ServerKey[]>;
    /**
     * Creates the server key named after the key identifier, waits for the end and reads the key back.
     * Aborting stops the waiting; what Azure has accepted goes on.
     */
    create(server: SqlServer, key: KeyIdentifier, signal?: AbortSignal): Promise<ServerKey>;
  };
  readonly tdeProtectors: {
    get(server: SqlServer, signal?: AbortSignal): Promise<TdeProtector>;
  };
  readonly keyVaults: {
    /** Key vaults and managed HSMs of a subscription, by name. */
    list(subscriptionId: string, signal?: AbortSignal): Promise<readonly KeyVault[]>;
    /** The keys of a vault with all their details, by name. */
    listKeys(vault: KeyVault, signal?: AbortSignal): Promise<readonly VaultKey[]>;
    /** The versions of a key, newest first. */
    listVersions(vault: KeyVault, keyName: string, signal?: AbortSignal): Promise<readonly VaultKey[]>;
  };
}
