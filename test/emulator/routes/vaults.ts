import { ok, Refusal, type Answer } from '../arm/answer';
import { paged } from '../arm/page';
import type { ArmRequest, Route } from '../arm/route';
import { findVault, isWithin, same } from '../finders';
import { isRecord, recordOf, stringOf } from '../json';
import type { AccessPolicy, Vault } from '../state';

export const vaultType = (kind: Vault['kind']): string =>
  kind === 'vault' ? 'Microsoft.KeyVault/vaults' : 'Microsoft.KeyVault/managedHSMs';

const vaultProperties = (vault: Vault) => ({
  sku: { family: 'A', name: vault.sku },
  tenantId: vault.tenantId,
  networkAcls: {
    bypass: vault.network.bypass,
    defaultAction: vault.network.defaultAction,
    ipRules: [],
    virtualNetworkRules: [],
  },
  accessPolicies: vault.accessPolicies,
  enabledForDeployment: false,
  enableSoftDelete: vault.softDelete,
  softDeleteRetentionInDays: 90,
  enableRbacAuthorization: vault.rbac,
  // Azure leaves it out where it was never switched on.
  ...(vault.purgeProtection && { enablePurgeProtection: true }),
  vaultUri: `${vault.uri}/`,
  provisioningState: 'Succeeded',
  publicNetworkAccess: vault.network.publicNetworkAccess,
});

const hsmProperties = (vault: Vault) => ({
  tenantId: vault.tenantId,
  hsmUri: `${vault.uri}/`,
  enableSoftDelete: vault.softDelete,
  softDeleteRetentionInDays: 90,
  enablePurgeProtection: vault.purgeProtection,
  networkAcls: { bypass: vault.network.bypass, defaultAction: vault.network.defaultAction, ipRules: [] },
  publicNetworkAccess: vault.network.publicNetworkAccess,
  provisioningState: 'Succeeded',
  statusMessage: 'The Managed HSM is provisioned and ready to use.',
});

export const toVault = (vault: Vault) => ({
  id: vault.id,
  name: vault.name,
  type: vaultType(vault.kind),
  location: vault.location,
  tags: {},
  ...(vault.kind === 'managedHsm' && { sku: { family: 'B', name: vault.sku } }),
  properties: vault.kind === 'vault' ? vaultProperties(vault) : hsmProperties(vault),
});

export function requireVault({ state, path, params }: ArmRequest, kind: Vault['kind']): Vault {
  const vault = findVault(state, path.split('/').slice(0, 9).join('/'));
  if (vault?.kind === kind) return vault;
  const message = `The Resource '${vaultType(kind)}/${params.vault ?? ''}' under resource group '${params.group ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  throw new Refusal(404, 'ResourceNotFound', message, 'gateway');
}

function list(request: ArmRequest, kind: Vault['kind']): Answer {
  const { state, path, may } = request;
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/'));
  const vaults = state.vaults.filter(
    (v) => v.kind === kind && !v.deleted && isWithin(scope, v.id) && may(`${vaultType(kind)}/read`, v.id),
  );
  return paged(request, vaults.map(toVault));
}

/** PATCH …/vaults/V: what the remedies of this product change. Purge protection cannot be taken back. */
function patch(request: ArmRequest): Answer {
  const vault = requireVault(request, 'vault');
  const properties = recordOf(recordOf(request.body).properties);
  if (properties.enablePurgeProtection === false && vault.purgeProtection) {
    throw new Refusal(400, 'BadRequest', 'The property "enablePurgeProtection" cannot be set to false.');
  }
  if (properties.enablePurgeProtection === true) vault.purgeProtection = true;
  if (properties.enableSoftDelete === true) vault.softDelete = true;
  const { bypass, defaultAction } = recordOf(properties.networkAcls);
  if (bypass === 'AzureServices' || bypass === 'None') vault.network.bypass = bypass;
  if (defaultAction === 'Allow' || defaultAction === 'Deny') vault.network.defaultAction = defaultAction;
  return ok(toVault(vault));
}

const toPolicy = (value: unknown): AccessPolicy => {
  const { tenantId, objectId, permissions } = recordOf(value);
  const keys = recordOf(permissions).keys;
  return {
    tenantId: stringOf(tenantId),
    objectId: stringOf(objectId),
    permissions: { keys: Array.isArray(keys) ? keys.map(stringOf) : [] },
  };
};

/** PUT …/vaults/V/accessPolicies/add adds permissions to what an identity has. */
function addPolicies(request: ArmRequest): Answer {
  const vault = requireVault(request, 'vault');
  const sent = recordOf(recordOf(request.body).properties).accessPolicies;
  const policies = (Array.isArray(sent) ? sent : []).filter(isRecord).map(toPolicy);
  for (const policy of policies) {
    const known = vault.accessPolicies.find((p) => same(p.objectId, policy.objectId));
    if (known) known.permissions.keys = [...new Set([...known.permissions.keys, ...policy.permissions.keys])];
    else vault.accessPolicies.push(policy);
  }
  return ok({
    id: `${vault.id}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    properties: { accessPolicies: vault.accessPolicies },
  });
}

const providers = [
  '/subscriptions/:sub/providers/Microsoft.KeyVault',
  '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.KeyVault',
];
const inGroup = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.KeyVault';

const kinds: { kind: Vault['kind']; name: string }[] = [
  { kind: 'vault', name: 'vaults' },
  { kind: 'managedHsm', name: 'managedHSMs' },
];

export const vaultRoutes: Route[] = [
  ...kinds.flatMap(({ kind, name }): Route[] => [
    ...providers.map((provider): Route => ({
      method: 'GET',
      path: `${provider}/${name}`,
      type: vaultType(kind),
      filtered: true,
      handle: (request) => list(request, kind),
    })),
    {
      method: 'GET',
      path: `${inGroup}/${name}/:vault`,
      type: vaultType(kind),
      handle: (request) => ok(toVault(requireVault(request, kind))),
    },
  ]),
  { method: 'PATCH', path: `${inGroup}/vaults/:vault`, type: 'Microsoft.KeyVault/vaults', handle: patch },
  {
    method: 'PUT',
    path: `${inGroup}/vaults/:vault/accessPolicies/add`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    handle: addPolicies,
  },
];
