/** The resources and facts that the extension works with, as plain data. docs/glossary.md explains their names. */

export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** The tenant that gives access to it: its own tenant, or one that it is delegated to. */
  readonly tenantId: string;
  /** The same tenant, with the account that reads the subscription. */
  readonly tenant?: Tenant;
}

/** A signed-in account. `label` is the name that the user signs in with. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

/** A tenant that an account can access. Without `account`, the tenant of the credentials on this machine. */
export interface Tenant {
  /** Absent for the home tenant of an account and for the tenant of the machine's credentials. */
  readonly id?: string;
  readonly name: string;
  readonly account?: Account;
}

/** The managed identities of a logical server or a database. `primaryUserAssigned` is the ARM ID of the one that TDE uses, if any. */
export interface ServerIdentity {
  readonly systemAssigned?: { readonly principalId: string };
  readonly userAssigned: readonly { readonly id: string; readonly principalId?: string }[];
  readonly primaryUserAssigned?: string;
}

/** A logical server or a managed instance; serverType.ts tells which. `location` is the region's name ("westeurope"). */
export interface SqlServer {
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** The tenant of its subscription; absent if only Resource Manager has been asked. */
  readonly tenantId?: string;
  readonly identity: ServerIdentity;
  /** What the list of servers shows about the TDE protector; absent if it shows nothing. The TDE protector itself may be newer. */
  readonly listedProtector?: ListedProtector;
  /** The ARM ID of the Synapse workspace that manages the server, if any. */
  readonly synapseWorkspace?: string;
}

/** A service-managed TDE protector, or the key identifier of a customer-managed one. */
type ListedProtector = { readonly type: 'serviceManaged' } | { readonly type: 'customerManaged'; readonly uri: string };

/** A server as read from ARM; Resource Graph may not have all of this yet. `state` is "Ready", "Disabled" … */
export interface ServerDetails extends SqlServer {
  readonly state: string;
  /** The tenant of its system-assigned identity. */
  readonly identityTenantId?: string;
  /** The client ID that its user-assigned identity uses in vaults of other tenants. */
  readonly federatedClientId?: string;
}

/** A user-assigned identity, which a server can use. */
export interface UserAssignedIdentity {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  /** Object ID of its service principal. */
  readonly principalId?: string;
}

/** A geo-replication partner of a server. For active geo-replication, Azure returns no ID. */
export interface GeoPartner {
  readonly name: string;
  readonly id?: string;
  /** The region, as a name ("westeurope") or a display name ("West Europe"). */
  readonly location?: string;
  /** The role of the partner. */
  readonly role: 'primary' | 'secondary';
  /** What Azure calls the state of the replication if it hasn't caught up: "SEEDING", "SUSPENDED" … */
  readonly lag?: string;
}

/** A database that another one replicates with. `name` and `id` are those of its server. */
export interface DatabasePartner extends GeoPartner {
  readonly database: string;
}

/** An operation in progress on a server. */
export interface RunningOperation {
  readonly name: string;
}

type ServerKeyType = 'serviceManaged' | 'customerManaged';

/** A key of a server, such as Microsoft.Sql/servers/keys. The service-managed key has no key identifier, thumbprint, or creation date. */
export interface ServerKey {
  readonly id: string;
  readonly name: string;
  readonly type: ServerKeyType;
  readonly uri?: string;
  readonly thumbprint?: string;
  readonly created?: Date;
  /** The version in use. Azure shows it only in newer API versions. */
  readonly version?: string;
  /** What Azure calls the kind: "azurekeyvault" … */
  readonly kind?: string;
  /** The region's display name: "West Europe". */
  readonly location?: string;
  readonly subregion?: string;
  /** The flag of the server key itself. That of the TDE protector decides. */
  readonly autoRotation?: boolean;
}

/** The request that creates a server key. Source: REST reference "Server Keys - Create Or Update". */
export interface ServerKeyRequest {
  /** Name of the server key, the last part of the path. */
  readonly name: string;
  readonly properties: {
    /** The only type that can be created, also for keys in managed HSMs. */
    readonly serverKeyType: 'AzureKeyVault';
    /** The key identifier. */
    readonly uri: string;
  };
}

/** The encryptionProtector/current of a server: which server key wraps the databases' encryption keys. */
export interface TdeProtector {
  readonly serverKeyName: string;
  readonly type: ServerKeyType;
  readonly uri?: string;
  readonly thumbprint?: string;
  readonly version?: string;
  /** What Azure calls the kind: "azurekeyvault" … */
  readonly kind?: string;
  /** The region's display name: "West Europe". */
  readonly location?: string;
  readonly subregion?: string;
  readonly autoRotation: boolean;
}

/** A database as the list of a server shows it. `status` is "Online", "Inaccessible", "Paused" … */
export interface DatabaseState {
  readonly name: string;
  readonly status: string;
  /** Whether it has an identity, which database-level keys require. */
  readonly hasIdentity: boolean;
  /** Its own TDE protector; absent if it uses that of its server. */
  readonly protector?: DatabaseProtector;
}

/** A database-level TDE protector. */
export interface DatabaseProtector {
  readonly uri: string;
  readonly autoRotation: boolean;
}

/** A key of a database. */
export interface DatabaseKey {
  readonly uri: string;
  readonly thumbprint?: string;
  readonly created?: Date;
}

/** A database with its database-level keys; none if it uses the TDE protector of its server. */
export interface KeyedDatabase extends DatabaseState {
  readonly keys: readonly DatabaseKey[];
  /** The only user-assigned identity is the primary one. */
  readonly identity: ServerIdentity;
  /** The client ID that its identity uses in vaults of other tenants. */
  readonly federatedClientId?: string;
}

/** A dropped database whose backups can still be restored. */
export interface DroppedDatabase {
  readonly name: string;
  readonly dropped?: Date;
}

/** A backup in long-term retention. Azure doesn't show which key encrypts it. */
export interface LongTermBackup {
  readonly database: string;
  readonly taken?: Date;
  readonly expires?: Date;
  /** Whether a legal hold keeps it until someone removes the hold; absent if the API version of the cloud doesn't show it. */
  readonly isOnHold?: boolean;
}
