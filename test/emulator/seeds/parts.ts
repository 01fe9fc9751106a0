import type {
  AccessPolicy,
  Database,
  KeyVersion,
  Principal,
  ResourceGroup,
  RoleAssignment,
  Server,
  ServerKey,
  Subscription,
  Tenant,
  User,
  Vault,
  VaultKey,
} from '../base/state';
import { guidOf, thumbprintOf, versionId } from '../base/ids';

export const day = 86_400;

/** A server key for one version of a vault's key. */
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

export interface VersionTraits {
  kty?: string;
  keySize?: number;
  curveName?: string;
  enabled?: boolean;
  /** Unix seconds. */
  created: number;
  nbf?: number;
  exp?: number;
}

export const vaultKey = (vault: string, name: string, versions: VersionTraits[]): VaultKey => ({
  name,
  versions: versions.map((traits, index): KeyVersion => {
    const version = versionId(vault, name, index + 1);
    const { curveName, ...rest } = traits;
    return {
      kty: 'RSA',
      enabled: true,
      updated: traits.created,
      ...rest,
      ...(curveName === undefined ? { keySize: traits.keySize ?? 2048 } : { curveName }),
      version,
      thumbprint: thumbprintOf(`${vault}/${name}/${version}`),
    };
  }),
});

type VaultNeeds = Pick<Vault, 'name' | 'location' | 'tenantId'> & { group: string } & Partial<Vault>;

export const vault = ({ group, kind = 'vault', ...given }: VaultNeeds): Vault => ({
  kind,
  id: `${group}/providers/Microsoft.KeyVault/${kind === 'vault' ? 'vaults' : 'managedHSMs'}/${given.name}`,
  uri: `https://${given.name}.${kind === 'vault' ? 'vault' : 'managedhsm'}.azure.net`,
  deleted: false,
  sku: kind === 'vault' ? 'premium' : 'Standard_B1',
  softDelete: true,
  purgeProtection: true,
  rbac: true,
  accessPolicies: [],
  localRoles: [],
  network: { defaultAction: 'Allow', bypass: 'AzureServices', publicNetworkAccess: 'Enabled' },
  keys: [],
  ...given,
});

type ServerNeeds = Pick<Server, 'name' | 'location' | 'tenantId'> & { group: string } & Partial<Server>;

/** A server with a system-assigned identity and the service-managed key, unless said otherwise. */
export function server({ group, ...given }: ServerNeeds): Server {
  const type = given.identityType ?? 'SystemAssigned';
  return {
    id: `${group}/providers/Microsoft.Sql/servers/${given.name}`,
    state: 'Ready',
    identityType: type,
    ...(type.includes('System') && { principalId: guidOf(`identity of ${given.name}`) }),
    userAssignedIdentities: [],
    tags: {},
    keys: [],
    protector: { serverKeyName: 'ServiceManaged', autoRotationEnabled: false },
    databases: [],
    ...given,
  };
}

export const databases = (...names: string[]): Database[] =>
  names.map((name) => ({ name, status: 'Online', sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } }));

/** The directory's entry for a server's system-assigned identity. */
export const principalsOf = (servers: Server[]): Principal[] =>
  servers.flatMap(({ principalId, name, tenantId }) =>
    principalId === undefined
      ? []
      : [{ objectId: principalId, appId: guidOf(`app of ${name}`), tenantId, displayName: name }],
  );

/** A user's entry in the directory of a tenant. */
export const membership = ({ name }: User, tenantId: string): Principal => ({
  objectId: guidOf(`${name} in ${tenantId}`),
  tenantId,
  displayName: name,
  user: name,
});

/** A tenant by the usual domain of its name, and the domain of its users' names if there are any. */
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
  name: id.split('/').at(-1) ?? '',
  location: 'westeurope',
});

export const assignment = (scope: string, principalId: string, roleId: string): RoleAssignment => ({
  name: guidOf(`${scope} ${principalId} ${roleId}`),
  scope,
  principalId,
  roleId,
});

export const tdePolicy = (tenantId: string, objectId: string): AccessPolicy => ({
  tenantId,
  objectId,
  permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
});
