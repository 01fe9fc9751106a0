import { group, server } from './fakeArm';

const version = '9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
const named = (id: string, properties: object, more: object = {}) => ({
  id,
  name: id.slice(id.lastIndexOf('/') + 1),
  location: 'westeurope',
  properties,
  ...more,
});
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a`;
const identity = {
  type: 'SystemAssigned,UserAssigned',
  principalId: 'p',
  tenantId: 't',
  userAssignedIdentities: { [identityId]: { principalId: 'q', clientId: 'c' } },
};
const key = (id: string) =>
  named(id, {
    kty: 'RSA',
    keySize: 3072,
    keyOps: ['wrapKey', 'unwrapKey'],
    keyUri: 'https://kv-a.vault.azure.net/keys/tde',
    keyUriWithVersion: `https://kv-a.vault.azure.net/keys/tde/${version}`,
    attributes: { enabled: true, created: 1_700_000_000, exp: 1_900_000_000, nbf: 1_700_000_000 },
  });
const vaultProperties = {
  tenantId: 't',
  sku: { name: 'premium', family: 'A' },
  provisioningState: 'Succeeded',
  enableSoftDelete: true,
  enablePurgeProtection: true,
  enableRbacAuthorization: false,
  publicNetworkAccess: 'Enabled',
  accessPolicies: [{ tenantId: 't', objectId: 'o', permissions: { keys: ['get', 'wrapKey'] } }],
  networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
  securityDomainProperties: { activationStatus: 'Active' },
};
const row = {
  id: server.id,
  name: 'sql-a',
  type: 'microsoft.keyvault/vaults',
  location: 'westeurope',
  resourceGroup: 'rg-a',
  subscriptionId: server.subscriptionId,
  identity,
  primaryUserAssigned: identityId,
  vaultUri: 'https://kv-a.vault.azure.net/',
  hsmUri: null,
  purgeProtection: true,
  sku: 'premium',
};
const serverKey = (id: string) =>
  named(id, {
    serverKeyType: 'AzureKeyVault',
    uri: `https://kv-a.vault.azure.net/keys/tde/${version}`,
    thumbprint: 'AB',
    creationDate: '2026-11-25T16:40:00.000Z',
  });

/** A list of one, with the item of the collection. */
const listOf = (item: object) => ({ value: [item] });

/** What Azure answers to a path, by the end of the path. The first that matches counts. */
const bodies: readonly (readonly [end: RegExp, body: (path: string) => object])[] = [
  [
    /\/tenants$/,
    () => listOf({ id: '/tenants/t', tenantId: 't', displayName: 'Contoso', defaultDomain: 'contoso.example' }),
  ],
  [
    /\/subscriptions$/,
    () => listOf({ id: '/subscriptions/s', subscriptionId: 's', displayName: 'A', state: 'Enabled', tenantId: 't' }),
  ],
  [/\/ResourceGraph\/resources$/i, () => ({ data: [row], count: 1, totalRecords: 1, resultTruncated: 'false' })],
  [/\/servers\/[^/]+\/keys$/, (path) => listOf(serverKey(`${path}/kv-a_tde_${version}`))],
  [/\/servers\/[^/]+\/keys\/[^/]+$/, serverKey],
  [
    /\/encryptionProtector\/current$/,
    (path) =>
      named(path, { serverKeyName: 'ServiceManaged', serverKeyType: 'ServiceManaged', autoRotationEnabled: true }),
  ],
  [
    /\/failoverGroups$/,
    (path) => listOf(named(`${path}/f`, { partnerServers: [{ id: `${server.id}-b`, replicationRole: 'Secondary' }] })),
  ],
  [
    /\/replicationLinks$/,
    (path) =>
      listOf(
        named(`${path}/r`, {
          linkType: 'GEO',
          partnerServer: 'sql-c',
          partnerDatabaseId: `${server.id}-c/databases/d`,
          partnerLocation: 'West Europe',
          partnerRole: 'Secondary',
          replicationState: 'SEEDING',
        }),
      ),
  ],
  [
    /\/operations$/,
    (path) => listOf(named(`${path}/o`, { state: 'InProgress', operation: 'Update', operationFriendlyName: 'Update' })),
  ],
  [
    /\/servers\/[^/]+$/,
    (path) =>
      named(path, { state: 'Ready', primaryUserAssignedIdentityId: identityId, federatedClientId: 'f' }, { identity }),
  ],
  [/\/(vaults|managedHSMs)\/[^/]+\/keys$/, (path) => listOf(key(`${path}/tde`))],
  [/\/versions$/, (path) => listOf(key(`${path}/${version}`))],
  [/\/keys\/[^/]+(\/versions\/[^/]+)?$/, key],
  [/\/(vaults|managedHSMs)\/[^/]+$/, (path) => named(path, vaultProperties)],
  [
    /\/roleAssignments$/,
    (path) =>
      listOf(named(`${path}/a`, { roleDefinitionId: '/x/roleDefinitions/d', principalId: 'p', scope: server.id })),
  ],
  [
    /\/roleDefinitions\/[^/]+$/,
    (path) =>
      named(path, {
        type: 'BuiltInRole',
        permissions: [{ actions: ['*'], notActions: [], dataActions: ['*/read'], notDataActions: ['a'] }],
      }),
  ],
  [/\/permissions$/, () => listOf({ actions: ['*'], notActions: ['a'], dataActions: [], notDataActions: [] })],
  [/\/locks$/, (path) => listOf(named(`${path}/l`, { level: 'CanNotDelete' }))],
  [/./, (path) => named(path, {})],
];

export function bodyOf(path: string): object {
  const [, body] = bodies.find(([end]) => end.test(path)) ?? [];
  return body?.(path) ?? {};
}
