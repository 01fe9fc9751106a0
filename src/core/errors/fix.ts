import type {
  DatabaseProtector,
  KeyedDatabase,
  ServerDetails,
  ServerKey,
  SqlServer,
  TdeProtector,
  UserAssignedIdentity,
} from '../model';
import type { KeyIdentifier, KeyVault } from '../vaultModel';
import type { ServerPlace } from '../ports';

/** The identity that a server uses to access the vault. */
export interface EffectiveIdentity {
  /** The name of the user-assigned identity, or of the server. */
  readonly name: string;
  readonly kind: 'systemAssigned' | 'userAssigned';
  /** Object ID; absent if the server refers to an identity that it doesn't have. */
  readonly principalId?: string;
}

/** A change that may make a refused creation succeed, or a change of the TDE protector. Only the user can run `runCommand`: it needs Key Vault's data plane or a decision. */
export type Fix =
  | { readonly kind: 'assignIdentity'; readonly server: SqlServer }
  | { readonly kind: 'choosePrimaryIdentity'; readonly server: ServerDetails }
  | { readonly kind: 'setPrimaryIdentity'; readonly server: SqlServer; readonly identity: UserAssignedIdentity }
  | {
      readonly kind: 'grantRole';
      readonly principalId: string;
      readonly principalName: string;
      readonly vault: KeyVault;
      /** ARM ID of the key. */
      readonly scope: string;
    }
  | {
      readonly kind: 'addAccessPolicy';
      readonly principalId: string;
      readonly principalName: string;
      readonly tenantId: string;
      readonly vault: KeyVault;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'registerProvider'; readonly subscriptionId: string; readonly namespace: string }
  | { readonly kind: 'enablePurgeProtection'; readonly vault: KeyVault; readonly retentionDays?: number }
  | { readonly kind: 'allowTrustedServices'; readonly vault: KeyVault }
  | {
      /** Makes a server key the TDE protector, or turns its automatic rotation on or off. */
      readonly kind: 'setProtector';
      readonly server: SqlServer;
      readonly key: ServerKey;
      readonly autoRotation: boolean;
      /** The TDE protector before the change. */
      readonly was: TdeProtector;
    }
  | { readonly kind: 'revalidateProtector'; readonly server: SqlServer }
  | { readonly kind: 'chooseDatabaseIdentity'; readonly server: SqlServer; readonly database: KeyedDatabase }
  | {
      /** Gives a database a user-assigned identity, its only one. */
      readonly kind: 'assignDatabaseIdentity';
      readonly server: SqlServer;
      readonly database: KeyedDatabase;
      readonly identity: UserAssignedIdentity;
    }
  | {
      /** Adds a key to those of a database, which keeps its TDE protector. */
      readonly kind: 'addDatabaseKey';
      readonly server: SqlServer;
      /** Before the change. */
      readonly database: KeyedDatabase;
      /** The key identifier, with a version. */
      readonly uri: string;
    }
  | {
      /** Makes a key the TDE protector of a database, which gets it if it lacks it, or turns its automatic rotation on or off. */
      readonly kind: 'setDatabaseProtector';
      readonly server: SqlServer;
      /** Before the change. */
      readonly database: KeyedDatabase;
      readonly protector: DatabaseProtector;
    }
  | { readonly kind: 'revalidateDatabase'; readonly server: SqlServer; readonly database: KeyedDatabase }
  | {
      /** Makes a database use the TDE protector of its server. */
      readonly kind: 'revertDatabase';
      readonly server: SqlServer;
      readonly database: KeyedDatabase;
    }
  | { readonly kind: 'chooseKey' }
  | { readonly kind: 'chooseVersion' }
  | { readonly kind: 'createOnReplicas'; readonly replicas: readonly ServerPlace[]; readonly key: KeyIdentifier }
  | { readonly kind: 'waitForOperation'; readonly server: ServerPlace }
  | {
      readonly kind: 'runCommand';
      readonly title: string;
      readonly command: string;
      /** The portal page for it: the part of its address after "#". */
      readonly portal?: string;
    };
