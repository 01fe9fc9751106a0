/**
 * All the emulator knows, as plain JSON: a seed is such a value, `--state` saves it, GET /emulator/state shows it.
 * Ids are ARM ids or GUIDs and are compared without regard to case, as ARM does.
 */
export interface State {
  /** The principal that the managed-identity endpoint signs in (its object id). */
  caller: string;
  tenants: Tenant[];
  users: User[];
  principals: Principal[];
  subscriptions: Subscription[];
  resourceGroups: ResourceGroup[];
  roleDefinitions: RoleDefinition[];
  roleAssignments: RoleAssignment[];
  locks: Lock[];
  userAssignedIdentities: UserAssignedIdentity[];
  servers: Server[];
  failoverGroups: FailoverGroup[];
  replicationLinks: ReplicationLink[];
  vaults: Vault[];
}

/** Conditional access: what a directory demands before it gives out a token. */
export interface SignInConditions {
  /** Users need a second factor. */
  mfa?: boolean;
  /** There is no token at all. */
  blocked?: boolean;
}

export interface Tenant extends SignInConditions {
  tenantId: string;
  displayName: string;
  defaultDomain: string;
  /** All of its domains, the default one included. */
  domains: string[];
  /** For which requests ARM itself wants a second factor of the tenant's users: Azure has wanted it for changes since 2025. */
  mfaForArm?: 'changes' | 'everything';
}

/** A person, who signs in with a password and may be in the directories of several tenants. */
export interface User {
  /** The sign-in name, for example dba@contoso.example */
  name: string;
  homeTenantId: string;
  password: string;
  /** What passes as a second factor. */
  otp: string;
}

/** An entry of a directory: an application (with a secret), a managed identity, or a user as member or guest. */
export interface Principal extends SignInConditions {
  objectId: string;
  /** Applications and managed identities have one. */
  appId?: string;
  tenantId: string;
  displayName: string;
  secret?: string;
  certificateExpired?: boolean;
  /** Name of the user who this is. */
  user?: string;
}

export interface Subscription {
  subscriptionId: string;
  displayName: string;
  tenantId: string;
  state: 'Enabled' | 'Disabled';
  /** Tenants to which Azure Lighthouse delegates this subscription. */
  managedByTenants: string[];
}

export interface ResourceGroup {
  id: string;
  name: string;
  location: string;
}

export interface RoleDefinition {
  /** The GUID at the end of the role definition's id. */
  id: string;
  roleName: string;
  description: string;
  actions: string[];
  notActions: string[];
  dataActions: string[];
}

export interface RoleAssignment {
  name: string;
  scope: string;
  principalId: string;
  roleId: string;
  /** When it was made, in unix milliseconds; absent when that is long ago. */
  since?: number;
}

export interface Lock {
  scope: string;
  name: string;
  level: 'ReadOnly' | 'CanNotDelete';
  notes: string;
}

export interface UserAssignedIdentity {
  id: string;
  location: string;
  tenantId: string;
  principalId: string;
  clientId: string;
}

export type IdentityType = 'None' | 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned,UserAssigned';

export interface Server {
  id: string;
  name: string;
  location: string;
  tenantId: string;
  /** Gone: Resource Manager and Resource Graph still know the server, Azure SQL does not. */
  state: 'Ready' | 'Disabled' | 'Gone';
  identityType: IdentityType;
  /** Object id of the system-assigned identity. */
  principalId?: string;
  userAssignedIdentities: string[];
  primaryUserAssignedIdentityId?: string;
  /** Application as which a user-assigned identity goes to vaults of other tenants. */
  federatedClientId?: string;
  tags: Record<string, string>;
  /** Server keys from a vault or HSM; the service-managed one always exists and is not stored. */
  keys: ServerKey[];
  protector: Protector;
  databases: Database[];
}

export interface ServerKey {
  name: string;
  uri: string;
  thumbprint: string;
  creationDate: string;
}

export interface Protector {
  serverKeyName: string;
  autoRotationEnabled: boolean;
}

export interface Database {
  name: string;
  status: 'Online' | 'Inaccessible';
  sku: { name: string; tier: string };
}

export interface FailoverGroup {
  /** The group as its primary shows it; the emulator shows the mirror image on the secondary. */
  name: string;
  primary: string;
  secondaries: string[];
  databases: string[];
}

/** Active geo-replication of one database, without a failover group. */
export interface ReplicationLink {
  name: string;
  primary: string;
  secondary: string;
  database: string;
}

export interface Permissions {
  keys: string[];
  secrets?: string[];
  certificates?: string[];
  storage?: string[];
}

export interface AccessPolicy {
  tenantId: string;
  objectId: string;
  /** Only for requests that come through this application. */
  applicationId?: string;
  permissions: Permissions;
  /** When a permission for keys was added, in unix milliseconds; those that are not listed were long ago. */
  since?: Record<string, number>;
}

export interface VirtualNetworkRule {
  id: string;
  ignoreMissingVnetServiceEndpoint?: boolean;
}

/** A key vault or a managed HSM. */
export interface Vault {
  kind: 'vault' | 'managedHsm';
  id: string;
  name: string;
  location: string;
  tenantId: string;
  /** Without trailing slash, for example https://kv-orders.vault.azure.net */
  uri: string;
  /** Soft-deleted: ARM does not show it and its host answers no more. */
  deleted: boolean;
  /** ISO 8601, of a deleted one. */
  deletionDate?: string;
  /** Succeeded when absent. */
  provisioningState?: string;
  /** A managed HSM whose security domain nobody has downloaded yet is not: it is there and answers nobody. */
  activated?: boolean;
  sku: string;
  softDelete: boolean;
  purgeProtection: boolean;
  /** Role-based access instead of access policies; vaults only. */
  rbac: boolean;
  accessPolicies: AccessPolicy[];
  /** Local roles of a managed HSM: who may use which key ("/" = all, "/keys/NAME" = one). */
  localRoles: { principalId: string; roleId: string; scope: string }[];
  network: {
    defaultAction: 'Allow' | 'Deny';
    bypass: 'AzureServices' | 'None';
    /** A perimeter has no access rules here: it lets nobody in. */
    publicNetworkAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter';
    ipRules?: { value: string }[];
    virtualNetworkRules?: VirtualNetworkRule[];
  };
  keys: VaultKey[];
}

export interface VaultKey {
  name: string;
  /** Oldest first; the last one is the current version. */
  versions: KeyVersion[];
}

/** Times are unix seconds, as on the wire. */
export interface KeyVersion {
  version: string;
  kty: string;
  keySize?: number;
  curveName?: string;
  /** What the key may be used for; all that its type can do when absent. */
  keyOps?: string[];
  enabled: boolean;
  created: number;
  updated: number;
  nbf?: number;
  exp?: number;
  /** Equal material under different names (a restored backup) has an equal thumbprint. */
  thumbprint: string;
}
