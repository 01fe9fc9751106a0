import type {
  AccessPolicy,
  Database,
  KeyVersion,
  Principal,
  RoleAssignment,
  Server,
  ServerKey,
  Vault,
  VaultKey,
} from '../state';
import { guidOf, thumbprintOf, versionId } from './derivedIds';

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
