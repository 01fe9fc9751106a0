import type {
  AccessPolicy,
  Database,
  IdentityType,
  KeyVersion,
  ManagedInstance,
  Principal,
  ResourceGroup,
  RoleAssignment,
  Server,
  ServerKey,
  SqlResource,
  Subscription,
  Tenant,
  User,
  Vault,
  VaultKey,
} from '../base/state';
import { guidOf, lastSegment, thumbprintOf, versionId } from '../base/ids';

/** Seconds in a day. */
export const day = 86_400;

/** A server key for a version of a vault key. `ordinal` counts from 1. */
export function serverKey(vault: Vault, keyName: string, ordinal: number, created: Date): ServerKey {
  const version = vault.keys.find((k) => k.name === keyName)?.versions[ordinal - 1];
  if (!version) throw new Error(`The seed has no version ${ordinal} of ${vault.name}/${keyName}`);
  return {
    name: `${vault.name}_${keyName}_${version.version}`,
    uri: `${vault.uri}/keys/${keyName}/${version.version}`,
    thumbprint: version.thumbprint,
    creationDate: created.toISOString(),
  };
}

interface VersionInput {
  kty?: string;
  keySize?: number;
  curveName?: string;
  enabled?: boolean;
  /** Unix seconds. */
  created: number;
  nbf?: number;
  exp?: number;
}

/** A vault key with derived versions and thumbprints; RSA 2048 by default. */
export const vaultKey = (vault: string, name: string, versions: VersionInput[]): VaultKey => ({
  name,
  versions: versions.map((input, index): KeyVersion => {
    const version = versionId(vault, name, index + 1);
    const { curveName, ...rest } = input;
    return {
      kty: 'RSA',
      enabled: true,
      updated: input.created,
      ...rest,
      ...(curveName === undefined ? { keySize: input.keySize ?? 2048 } : { curveName }),
      version,
      thumbprint: thumbprintOf(`${vault}/${name}/${version}`),
    };
  }),
});

type VaultInput = Pick<Vault, 'name' | 'location' | 'tenantId'> & { group: string } & Partial<Vault>;

/** By default, a premium key vault with Azure RBAC, soft delete, and purge protection, and without a firewall. */
export const vault = ({ group, kind = 'vault', ...input }: VaultInput): Vault => ({
  kind,
  id: `${group}/providers/Microsoft.KeyVault/${kind === 'vault' ? 'vaults' : 'managedHSMs'}/${input.name}`,
  uri: `https://${input.name}.${kind === 'vault' ? 'vault' : 'managedhsm'}.azure.net`,
  deleted: false,
  sku: kind === 'vault' ? 'premium' : 'Standard_B1',
  softDelete: true,
  purgeProtection: true,
  rbac: true,
  accessPolicies: [],
  localRoles: [],
  network: { defaultAction: 'Allow', bypass: 'AzureServices', publicNetworkAccess: 'Enabled' },
  keys: [],
  ...input,
});

/** What servers and managed instances have by default: a system-assigned identity and the service-managed key as the TDE protector. */
const sqlDefaults = (name: string, type: IdentityType) => ({
  state: 'Ready' as const,
  identityType: type,
  ...(type.includes('System') && { principalId: guidOf(`identity of ${name}`) }),
  userAssignedIdentities: [],
  tags: {},
  keys: [],
  protector: { serverKeyName: 'ServiceManaged', autoRotationEnabled: false },
  databases: [],
});

type ServerInput = Pick<Server, 'name' | 'location' | 'tenantId'> & { group: string } & Partial<Server>;

/** A server with the defaults. */
export const server = ({ group, ...input }: ServerInput): Server => ({
  id: `${group}/providers/Microsoft.Sql/servers/${input.name}`,
  ...sqlDefaults(input.name, input.identityType ?? 'SystemAssigned'),
  ...input,
});

type InstanceInput = Pick<ManagedInstance, 'name' | 'location' | 'tenantId'> & {
  group: string;
} & Partial<ManagedInstance>;

/** A managed instance with the defaults, in its own subnet. */
export const managedInstance = ({ group, ...input }: InstanceInput): ManagedInstance => ({
  id: `${group}/providers/Microsoft.Sql/managedInstances/${input.name}`,
  subnetId: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-${input.location}/subnets/${input.name}`,
  ...sqlDefaults(input.name, input.identityType ?? 'SystemAssigned'),
  ...input,
});

/** Online databases of the service tier General Purpose. */
export const databases = (...names: string[]): Database[] =>
  names.map((name) => ({ name, status: 'Online', sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } }));

/** The directory entries of the system-assigned identities of servers and managed instances. */
export const principalsOf = (servers: SqlResource[]): Principal[] =>
  servers.flatMap(({ principalId, name, tenantId }) =>
    principalId === undefined
      ? []
      : [{ objectId: principalId, appId: guidOf(`app of ${name}`), tenantId, displayName: name }],
  );

/** The entry of a user in the directory of a tenant. */
export const membership = ({ name }: User, tenantId: string): Principal => ({
  objectId: guidOf(`${name} in ${tenantId}`),
  tenantId,
  displayName: name,
  user: name,
});

/** A tenant with the onmicrosoft.com domain of its name and the domains of its user names. */
export const tenant = (tenantId: string, displayName: string, ...userDomains: string[]): Tenant => {
  const defaultDomain = `${displayName.toLowerCase()}.onmicrosoft.com`;
  return { tenantId, displayName, defaultDomain, domains: [defaultDomain, ...userDomains] };
};

export const subscription = (
  subscriptionId: string,
  displayName: string,
  tenantId: string,
  managedByTenants: string[] = [],
): Subscription => ({ subscriptionId, displayName, tenantId, state: 'Enabled', managedByTenants });

export const resourceGroup = (id: string): ResourceGroup => ({
  id,
  name: lastSegment(id),
  location: 'westeurope',
});

export const assignment = (scope: string, principalId: string, roleId: string): RoleAssignment => ({
  name: guidOf(`${scope} ${principalId} ${roleId}`),
  scope,
  principalId,
  roleId,
});

/** An access policy with the permissions that TDE needs. */
export const tdePolicy = (tenantId: string, objectId: string): AccessPolicy => ({
  tenantId,
  objectId,
  permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
});
