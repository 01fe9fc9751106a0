/**
 * The state of the emulator as plain JSON: a seed produces it, `--state` saves it, GET /emulator/state returns it.
 * IDs are ARM IDs or GUIDs. As in ARM, comparisons ignore case.
 */
export interface State {
  /** Object ID of the principal that the managed identity endpoint signs in. */
  caller: string;
  tenants: Tenant[];
  users: User[];
  principals: Principal[];
  subscriptions: Subscription[];
  resourceGroups: ResourceGroup[];
  roleDefinitions: RoleDefinition[];
  roleAssignments: RoleAssignment[];
  denyAssignments: DenyAssignment[];
  policyAssignments: PolicyAssignment[];
  locks: Lock[];
  userAssignedIdentities: UserAssignedIdentity[];
  servers: Server[];
  managedInstances: ManagedInstance[];
  instanceFailoverGroups: InstanceFailoverGroup[];
  failoverGroups: FailoverGroup[];
  replicationLinks: ReplicationLink[];
  vaults: Vault[];
  longTermRetentionBackups: LongTermRetentionBackup[];
  deletedServers: DeletedServer[];
  /** Oldest first. */
  activityLog: ActivityEvent[];
}

/** Conditional access: the conditions of a directory for issuing a token. */
export interface SignInConditions {
  /** Users need a second factor. */
  mfa?: boolean;
  /** No token is issued. */
  blocked?: boolean;
}

export interface Tenant extends SignInConditions {
  tenantId: string;
  displayName: string;
  defaultDomain: string;
  /** All domains of the tenant, including the default one. */
  domains: string[];
  /** The requests for which ARM requires a second factor from the tenant's users. Azure requires it for changes since 2025. */
  mfaForArm?: 'changes' | 'everything';
}

/** A person who signs in with a password and can be a member or guest of several tenants. */
export interface User {
  /** The sign-in name, for example dba@contoso.example */
  name: string;
  homeTenantId: string;
  password: string;
  /** The accepted second factor. */
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
  /** Name of the user that this entry represents. */
  user?: string;
}

export interface Subscription {
  subscriptionId: string;
  displayName: string;
  tenantId: string;
  state: 'Enabled' | 'Disabled';
  /** Tenants that Azure Lighthouse delegates this subscription to. */
  managedByTenants: string[];
  /** Resource providers that aren't registered, for example Microsoft.Sql; by default, all are. */
  unregistered?: string[];
}

export interface ResourceGroup {
  id: string;
  name: string;
  location: string;
  /** ARM ID of the resource that manages the group, such as a Synapse workspace. */
  managedBy?: string;
}

export interface RoleDefinition {
  /** The GUID at the end of the role definition's ARM ID. */
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
  /** As sent; if absent, the type of the principal in the directory. */
  principalType?: string;
  description?: string;
  /** An ABAC condition. For actions on role assignments, `arm/conditions.ts` evaluates it. */
  condition?: string;
  /** Creation time in Unix milliseconds; absent for an assignment that has long been in effect. */
  since?: number;
}

/** A deny assignment for all principals except the excluded ones, such as those of Azure's managed applications. */
export interface DenyAssignment {
  name: string;
  displayName: string;
  scope: string;
  actions: string[];
  notActions: string[];
  /** Object IDs. */
  excluded: string[];
}

/** An assignment of a policy with the effect "deny". */
export interface PolicyAssignment {
  name: string;
  displayName: string;
  scope: string;
  definition: { name: string; displayName: string; reason: string };
  /** The types of resources that the policy denies. */
  deniedTypes: string[];
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

/** What a server and a managed instance have in common: identities, keys, a TDE protector, and databases. */
export interface SqlResource {
  id: string;
  name: string;
  location: string;
  tenantId: string;
  state: string;
  identityType: IdentityType;
  /** Object ID of the system-assigned identity. */
  principalId?: string;
  userAssignedIdentities: string[];
  primaryUserAssignedIdentityId?: string;
  /** Client ID of the application that a user-assigned identity uses for vaults of other tenants. */
  federatedClientId?: string;
  tags: Record<string, string>;
  /** Properties such as minimalTlsVersion that a client has changed; no rule reads them. */
  settings?: Record<string, string>;
  /** Customer-managed keys. The service-managed key always exists and isn't stored. */
  keys: ServerKey[];
  protector: Protector;
  databases: Database[];
}

export interface Server extends SqlResource {
  /** How many days the server can be recovered after its deletion; not at all if absent or negative. */
  retentionDays?: number;
  /** Databases whose backups remain. */
  droppedDatabases?: DroppedDatabase[];
  /** Gone: ARM and Resource Graph still list the server, but Azure SQL has deleted it. */
  state: 'Ready' | 'Disabled' | 'Gone';
}

export interface ManagedInstance extends SqlResource {
  state: 'Ready' | 'Starting' | 'Stopped';
  subnetId: string;
}

/**
 * An entry of the activity log: a request that changes something, the end of the operation that it started, or an event of
 * Azure SQL.
 */
export interface ActivityEvent {
  /** ISO 8601. */
  time: string;
  /** For an event of Azure SQL, its name. */
  action: string;
  resourceId: string;
  /** The name of a user or the object ID of an application; empty for an event of Azure SQL. */
  caller: string;
  status: 'Accepted' | 'Started' | 'Succeeded' | 'Failed';
  description?: string;
  /** The events of one request share it. */
  correlationId: string;
  error?: { code: string; message: string };
}

/** A server that can be recovered. */
export interface DeletedServer {
  server: Server;
  /** ISO 8601. */
  deletionTime: string;
}

/** All databases of the primary replicate to the secondary, in a group that exists in both regions. */
export interface InstanceFailoverGroup {
  name: string;
  primary: string;
  secondary: string;
  /** Automatic with one hour if absent. */
  policy?: FailoverPolicy;
  /** Replication is suspended after a failover that accepts the loss of data. */
  suspended?: boolean;
}

export interface ServerKey {
  name: string;
  uri: string;
  thumbprint: string;
  creationDate: string;
}

interface Protector {
  serverKeyName: string;
  autoRotationEnabled: boolean;
}

export interface Database {
  name: string;
  /** Paused: a serverless database that resumes with its next use. */
  status: 'Online' | 'Inaccessible' | 'Paused';
  /** When an inaccessible database lost its key, ISO 8601. Without it, the activity log has no event about the loss. */
  inaccessibleSince?: string;
  sku: { name: string; tier: string };
  tags?: Record<string, string>;
  /** ISO 8601; that of the demo if absent. */
  creationDate?: string;
  /** Properties such as maxSizeBytes that a client has set; no rule reads them. */
  settings?: Record<string, unknown>;
  /** Absent on a new database until its first backup. ISO 8601. */
  earliestRestoreDate?: string;
  /** Days of point-in-time restore; 7 if absent. */
  retentionDays?: number;
  /** Hours between differential backups; 24 if absent. */
  diffBackupIntervalInHours?: number;
  /** Absent without long-term retention. Durations are ISO 8601, PT0S for none. */
  longTermRetention?: LongTermRetentionPolicy;
  /** Transparent data encryption is off. */
  unencrypted?: boolean;
  /** The user-assigned identity with which the database uses its database-level keys. */
  identityId?: string;
  /** Client ID of the application that the identity uses for vaults of other tenants. */
  federatedClientId?: string;
  /** Database-level keys, oldest first. Removed ones stay, because ARM shows the keys at a point in time. */
  keys?: DatabaseKey[];
  /** The key identifier of its own TDE protector. Absent if the database uses that of its server. */
  encryptionProtector?: string;
  /** Whether its own TDE protector rotates automatically. */
  autoRotation?: boolean;
  /** The active log needs the TDE protector before the current one. */
  oldProtectorInUse?: boolean;
}

export interface LongTermRetentionPolicy {
  weeklyRetention: string;
  monthlyRetention: string;
  yearlyRetention: string;
  weekOfYear: number;
}

/** A database that was dropped and whose backups remain. Times are ISO 8601. */
export interface DroppedDatabase {
  name: string;
  sku: Database['sku'];
  creationDate: string;
  deletionDate: string;
  earliestRestoreDate: string;
}

/** A backup in long-term retention, which outlives its database and its server. Times are ISO 8601. */
export interface LongTermRetentionBackup {
  name: string;
  /** The ID of the resource group and the region of the server. */
  group: string;
  location: string;
  server: string;
  /** Distinguishes the server from an earlier one with the same name. */
  serverCreateTime: string;
  database: string;
  databaseDeletionTime?: string;
  backupTime: string;
  backupExpirationTime: string;
  /** A time-based or legal hold, under which the backup can't be deleted. */
  hold?: 'time' | 'legal';
}

export interface DatabaseKey extends ServerKey {
  /** The time of removal, ISO 8601. */
  removed?: string;
}

export interface FailoverPolicy {
  failoverPolicy: 'Automatic' | 'Manual';
  failoverWithDataLossGracePeriodMinutes?: number;
}

export interface FailoverGroup {
  /** The primary's view. The emulator derives the secondary's view from it. */
  name: string;
  primary: string;
  secondaries: string[];
  databases: string[];
  /** Automatic with one hour if absent. */
  policy?: FailoverPolicy;
  /** Replication is suspended after a failover that accepts the loss of data. */
  suspended?: boolean;
}

/** Active geo-replication of one database without a failover group, a named replica, or a copy in progress. */
export interface ReplicationLink {
  name: string;
  primary: string;
  secondary: string;
  database: string;
  /** GEO if absent. */
  linkType?: 'GEO' | 'NAMED' | 'STANDBY';
  /** Secondary if absent. The primary of a Copy is its Source. */
  secondaryRole?: 'Secondary' | 'NonReadableSecondary' | 'Copy';
  /** How much the secondary has received, less than 100 while it is seeded; 100 if absent. */
  percentComplete?: number;
  /** Replication is suspended after a failover that accepts the loss of data. */
  suspended?: boolean;
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
  /** Limits the policy to requests that come through this application. */
  applicationId?: string;
  permissions: Permissions;
  /** The time at which each key permission was added, in Unix milliseconds. Permissions without a time have long been in effect. */
  since?: Record<string, number>;
}

export interface VirtualNetworkRule {
  id: string;
  ignoreMissingVnetServiceEndpoint?: boolean;
}

/** The days during which a soft-deleted vault or key can be recovered. */
export const retentionDays = 90;

/** A key vault or a managed HSM. */
export interface Vault {
  kind: 'vault' | 'managedHsm';
  id: string;
  name: string;
  location: string;
  tenantId: string;
  /** Without a trailing slash, for example https://kv-orders.vault.azure.net */
  uri: string;
  /** Soft-deleted: ARM doesn't list it, and its host doesn't answer. */
  deleted: boolean;
  /** ISO 8601; only for a soft-deleted vault. */
  deletionDate?: string;
  /** "Succeeded" if absent. */
  provisioningState?: string;
  tags?: Record<string, string>;
  /** Properties such as enabledForDeployment that a client has changed; no rule reads them. */
  settings?: Record<string, boolean>;
  /** False for a managed HSM whose security domain hasn't been downloaded yet: it exists but answers no request. */
  activated?: boolean;
  sku: string;
  softDelete: boolean;
  purgeProtection: boolean;
  /** Azure RBAC instead of access policies; key vaults only. */
  rbac: boolean;
  accessPolicies: AccessPolicy[];
  /** Local RBAC of a managed HSM. The scope is "/" for all keys or "/keys/NAME" for one. */
  localRoles: { principalId: string; roleId: string; scope: string }[];
  network: {
    defaultAction: 'Allow' | 'Deny';
    bypass: 'AzureServices' | 'None';
    /** The emulator has no access rules for network perimeters: SecuredByPerimeter blocks all requests. */
    publicNetworkAccess: 'Enabled' | 'Disabled' | 'SecuredByPerimeter';
    ipRules?: { value: string }[];
    virtualNetworkRules?: VirtualNetworkRule[];
  };
  keys: VaultKey[];
}

/** When a key vault rotates a key, and how long new versions are valid. The emulator keeps it and rotates no keys in vaults. */
export interface RotationPolicy {
  /** Unix seconds. */
  created: number;
  updated: number;
  /** An ISO 8601 duration such as P2Y. */
  expiryTime?: string;
  lifetimeActions: {
    trigger: { timeAfterCreate?: string; timeBeforeExpiry?: string };
    action: { type: 'rotate' | 'notify' };
  }[];
}

export interface VaultKey {
  name: string;
  tags?: Record<string, string>;
  rotationPolicy?: RotationPolicy;
  /** Oldest first. The last version is the current one. */
  versions: KeyVersion[];
}

/** Times are Unix seconds, as in ARM. */
export interface KeyVersion {
  version: string;
  kty: string;
  keySize?: number;
  curveName?: string;
  /** The permitted operations; all operations of the key type if absent. */
  keyOps?: string[];
  enabled: boolean;
  created: number;
  updated: number;
  nbf?: number;
  exp?: number;
  /** Derived from the key material: a key and its restored backup have equal thumbprints. */
  thumbprint: string;
}
