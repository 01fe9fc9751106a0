/** The things this product is about, as plain data. Names follow the glossary in CONTRIBUTING.md. */

export interface Subscription {
  readonly id: string;
  readonly name: string;
  /** The tenant it is seen from: its own, or one that it is delegated to. */
  readonly tenantId: string;
}

/** A person as VS Code knows them: `label` is the name they sign in with. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

/** What one sign-in reaches: a tenant as an account sees it. Without account: whatever this machine is signed in to. */
export interface Tenant {
  /** Absent where the sign-in alone knows it: the home tenant of an account, or the one of the machine's credentials. */
  readonly id?: string;
  readonly name: string;
  readonly account?: Account;
}

/** The managed identities of a logical server. `primaryUserAssigned` is the ARM id of the one that TDE uses, if any. */
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
  readonly identity: ServerIdentity;
}

/** A server as it says of itself, which Resource Graph may not know yet. `state` is "Ready", "Disabled" … */
export interface ServerDetails extends SqlServer {
  readonly state: string;
  /** The tenant that its system-assigned identity lives in. */
  readonly identityTenantId?: string;
  /** The application as which its user-assigned identity goes to vaults of other tenants. */
  readonly federatedClientId?: string;
}

/** A server that takes part in geo-replication with another. Active geo-replication tells only its name. */
export interface GeoPartner {
  readonly name: string;
  readonly id?: string;
  /** What the partner is. */
  readonly role: 'primary' | 'secondary';
}

/** Something that Azure SQL is doing with a server. */
export interface RunningOperation {
  readonly name: string;
}

type ServerKeyType = 'serviceManaged' | 'customerManaged';

/** Microsoft.Sql/servers/keys. The service-managed key has neither key identifier, thumbprint nor creation date. */
export interface ServerKey {
  readonly id: string;
  readonly name: string;
  readonly type: ServerKeyType;
  readonly uri?: string;
  readonly thumbprint?: string;
  readonly created?: Date;
}

/** The address of a key, or of one version of it, in a key vault or managed HSM. Casing is kept as it was typed. */
export interface KeyIdentifier {
  readonly kind: 'vault' | 'managedHsm';
  /** Name of the vault or managed HSM: the first label of `host`. */
  readonly vault: string;
  readonly host: string;
  readonly name: string;
  /** 32 hexadecimal digits; absent in a versionless key identifier, which stands for the latest version. */
  readonly version?: string;
}

/** The request that creates a server key. Source: REST reference "Server Keys - Create Or Update". */
export interface ServerKeyRequest {
  /** Name of the server key, the last part of the path. */
  readonly name: string;
  readonly properties: {
    /** The only type that can be created; keys of managed HSMs have it too. */
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
  readonly autoRotation: boolean;
}

/** A key vault or a managed HSM: the two homes of a key. `uri` is its data-plane address without a trailing slash. */
export interface KeyVault {
  readonly kind: 'vault' | 'managedHsm';
  readonly id: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly uri: string;
  readonly purgeProtection: boolean;
  /** Whether it takes keys that live in hardware: a premium vault, or a managed HSM. */
  readonly hardwareKeys: boolean;
}

/** Who may do what with the keys of a vault: the roles of Azure, the vault's own list, or the local roles of a managed HSM. */
export type PermissionModel = 'roles' | 'accessPolicies' | 'localRoles';

/** Key permissions of an access policy are lower-case: "get", "wrapkey", "unwrapkey", "all". */
export interface AccessPolicy {
  readonly objectId: string;
  readonly keyPermissions: readonly string[];
}

/** How a vault is set up, as it says of itself. */
export interface VaultSettings {
  readonly tenantId: string;
  /** "Succeeded", or what keeps it from working; of a managed HSM also "Activated". */
  readonly provisioningState: string;
  readonly softDelete: boolean;
  readonly purgeProtection: boolean;
  readonly permissionModel: PermissionModel;
  readonly accessPolicies: readonly AccessPolicy[];
  /** perimeter: rules that the vault itself does not tell decide who gets in. */
  readonly firewall: 'off' | 'on' | 'trustedServices' | 'perimeter';
}

/** A role that a principal has at a scope or above it. Actions may hold "*". */
export interface RoleGrant {
  readonly roleId: string;
  readonly scope: string;
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

/** What the signed-in account may do at a scope; any one of several is enough. Actions may hold "*". */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** A lock at a scope, its own or inherited. */
export interface Lock {
  readonly name: string;
  readonly scope: string;
  readonly level: 'readOnly' | 'canNotDelete';
}

/** What Key Vault says about a key, or about one of its versions. `keyType` is "RSA", "RSA-HSM", "EC" …; `keySize` is in bits. */
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
  /** What it may be used for: "wrapKey", "unwrapKey" … */
  readonly operations?: readonly string[];
}
