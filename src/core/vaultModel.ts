/** Key vaults, managed HSMs, and their keys, as plain data. docs/glossary.md explains the names. */

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

/** A key that does not exist yet. `keySize` is in bits. */
export interface NewKey {
  readonly vault: KeyVault;
  readonly name: string;
  readonly keyType: 'RSA' | 'RSA-HSM';
  readonly keySize: 2048 | 3072;
  /** It doesn't expire if absent. */
  readonly lifetime?: KeyLifetime;
  /** The server key gets a versionless key identifier. */
  readonly versionless?: true;
}

/** When a new key expires, and whether its vault rotates it. */
export interface KeyLifetime {
  readonly expires: Date;
  /** How long a version is valid, as an ISO 8601 duration: "P1Y", "P400D". */
  readonly duration: string;
  /** The key has a rotation policy, which creates a new version before one expires. */
  readonly rotates: boolean;
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
