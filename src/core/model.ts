/** The resources and facts that the extension works with, as plain data. docs/glossary.md explains their names. */

export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** The tenant that gives access to it: its own tenant, or one that it is delegated to. */
  readonly tenantId: string;
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

/** The managed identities of a logical server. `primaryUserAssigned` is the ARM ID of the one that TDE uses, if any. */
export interface ServerIdentity {
  readonly systemAssigned?: { readonly principalId: string };
  readonly userAssigned: readonly { readonly id: string; readonly principalId?: string }[];
  readonly primaryUserAssigned?: string;
}

/** A logical server, Microsoft.Sql/servers. `location` is the region's name ("westeurope"). */
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
  /** The name of the Synapse workspace that manages the server, if any. */
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
}

/** An operation in progress on a server. */
export interface RunningOperation {
  readonly name: string;
}

type ServerKeyType = 'serviceManaged' | 'customerManaged';

/** Microsoft.Sql/servers/keys. The service-managed key has no key identifier, thumbprint, or creation date. */
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

/** The address of a key, or of one version of it, in a key vault or managed HSM. The casing stays as typed. */
export interface KeyIdentifier {
  readonly kind: 'vault' | 'managedHsm';
  /** Name of the vault or managed HSM: the first label of `host`. */
  readonly vault: string;
  readonly host: string;
  readonly name: string;
  /** 32 hexadecimal digits; absent in a versionless key identifier, which refers to the latest version. */
  readonly version?: string;
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

/** A key that does not exist yet. `keySize` is in bits. */
export interface NewKey {
  readonly vault: KeyVault;
  readonly name: string;
  readonly keyType: 'RSA' | 'RSA-HSM';
  readonly keySize: 2048 | 3072;
}

/** Microsoft.Sql/servers/encryptionProtector/current: which server key wraps the databases' encryption keys. */
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

/** A key vault or a managed HSM, which can both store keys. `uri` is its data-plane address without a trailing slash. */
export interface KeyVault {
  readonly kind: 'vault' | 'managedHsm';
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly uri: string;
  /** The tenant whose identities have access; absent if unknown. */
  readonly tenantId?: string;
  readonly purgeProtection: boolean;
  /** Whether it supports hardware keys: a premium vault or a managed HSM. */
  readonly hardwareKeys: boolean;
}

/** How a vault grants access to keys: with Azure RBAC, with its access policies, or with the local roles of a managed HSM. */
export type PermissionModel = 'roles' | 'accessPolicies' | 'localRoles';

/** Key permissions of an access policy are lower-case: "get", "wrapkey", "unwrapkey", "all". */
export interface AccessPolicy {
  readonly objectId: string;
  readonly keyPermissions: readonly string[];
}

/** The settings of a vault, as read from ARM. */
export interface VaultSettings {
  readonly tenantId: string;
  /** "Succeeded", or why it is not ready; for a managed HSM also "Activated". */
  readonly provisioningState: string;
  readonly softDelete: boolean;
  /** How long deleted keys are kept, in days. It can't be changed after the creation of the vault. */
  readonly retentionDays?: number;
  readonly purgeProtection: boolean;
  readonly permissionModel: PermissionModel;
  readonly accessPolicies: readonly AccessPolicy[];
  /**
   * perimeter: access depends on perimeter rules, which the vault doesn't expose. serviceTags: a managed HSM without the exception for
   * trusted services allows the addresses of service tags, which may include those of Azure SQL.
   */
  readonly firewall: 'off' | 'on' | 'trustedServices' | 'perimeter' | 'serviceTags';
}

/** A role that a principal has at a scope or above it. Actions may contain "*". */
export interface RoleGrant {
  readonly roleId: string;
  readonly roleName: string;
  /** The name of the role assignment, a GUID. */
  readonly assignment: string;
  readonly scope: string;
  /** Whether the role assignment has a condition (ABAC), which may exclude keys. */
  readonly isConditional: boolean;
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** Actions that the signed-in account may take at a scope. One of several permissions is enough. Actions may contain "*". */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Whether a condition (ABAC) limits it. */
  readonly isConditional?: boolean;
}

/** Refuses actions at a scope and below, whatever roles allow. Actions may contain "*". */
export interface DenyAssignment extends Pick<Permission, 'actions' | 'notActions'> {
  readonly name: string;
  readonly scope: string;
}

/** A policy assignment that denies a resource. `assignment` is its ARM ID, `definition` the name of the policy definition. */
export interface PolicyDenial {
  readonly assignment: string;
  readonly definition: string;
  readonly reason?: string;
}

/** A lock on a scope, its own or inherited. */
export interface Lock {
  readonly name: string;
  readonly scope: string;
  readonly level: 'readOnly' | 'canNotDelete';
}

/** A key, or one of its versions, as Key Vault describes it. `keyType` is "RSA", "RSA-HSM", "EC" …; `keySize` is in bits. */
export interface VaultKey {
  readonly name: string;
  /** The key identifier: versionless for a key, versioned for a version. */
  readonly uri: string;
  readonly keyType?: string;
  readonly keySize?: number;
  readonly enabled: boolean;
  readonly created?: Date;
  readonly notBefore?: Date;
  readonly expires?: Date;
  /** Permitted operations: "wrapKey", "unwrapKey" … */
  readonly operations?: readonly string[];
}

/** A database as the list of a server shows it. `status` is "Online", "Inaccessible", "Paused" … */
export interface DatabaseState {
  readonly name: string;
  readonly status: string;
  /** Whether it has an identity, and so may have keys of its own. */
  readonly hasIdentity: boolean;
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
  /** Whether a legal hold keeps it without end; absent if the API version of the cloud doesn't show it. */
  readonly isOnHold?: boolean;
}
