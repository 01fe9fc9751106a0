import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { includesId, same } from '../base/ids';
import { isRecord, propertiesOf, recordOf, recordsOf, stringOf, stringsOf, tagsOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { AccessPolicy, Permissions, Vault, VirtualNetworkRule } from '../base/state';
import { updateVaultRules } from '../rules/keyVaultRules';
import { requireVault, toAccessPolicy, toVault, vaultType } from './vaults';

const otherKinds = ['secrets', 'certificates', 'storage'] as const;

function toPermissions(sent: Record<string, unknown>): Permissions {
  const permissions: Permissions = { keys: stringsOf(sent.keys) };
  for (const kind of otherKinds) if (sent[kind] !== undefined) permissions[kind] = stringsOf(sent[kind]);
  return permissions;
}

const toPolicy = ({ tenantId, objectId, applicationId, permissions }: Record<string, unknown>): AccessPolicy => ({
  tenantId: stringOf(tenantId),
  objectId: stringOf(objectId),
  ...(typeof applicationId === 'string' && { applicationId }),
  permissions: toPermissions(recordOf(permissions)),
});

const policyOfSame = (policies: AccessPolicy[], policy: AccessPolicy): AccessPolicy | undefined =>
  policies.find((p) => same(p.objectId, policy.objectId) && same(p.applicationId ?? '', policy.applicationId ?? ''));

/** Adds the time to the permissions that the identity didn't have before. */
function withTimes(policy: AccessPolicy, before: AccessPolicy | undefined, now: number): AccessPolicy {
  const had = (before?.permissions.keys ?? []).map((permission) => permission.toLowerCase());
  const added = policy.permissions.keys.map((key) => key.toLowerCase()).filter((key) => !had.includes(key));
  return { ...policy, since: { ...before?.since, ...Object.fromEntries(added.map((key) => [key, now])) } };
}

const union = (a: string[] = [], b: string[] = []): string[] => [...a, ...b.filter((added) => !includesId(a, added))];

function merged(known: AccessPolicy, added: AccessPolicy): AccessPolicy {
  const permissions: Permissions = { keys: union(known.permissions.keys, added.permissions.keys) };
  for (const kind of otherKinds) {
    const all = union(known.permissions[kind], added.permissions[kind]);
    if (all.length > 0) permissions[kind] = all;
  }
  return { ...known, permissions };
}

/** PUT …/vaults/V/accessPolicies/add: adds permissions to those of an identity. */
function addPolicies(request: ArmRequest): Answer {
  const vault = requireVault(request, 'vault');
  for (const sent of recordsOf(propertiesOf(request.body).accessPolicies)) {
    const policy = toPolicy(sent);
    const known = policyOfSame(vault.accessPolicies, policy);
    const updated = withTimes(known ? merged(known, policy) : policy, known, request.now);
    if (known) Object.assign(known, updated);
    else vault.accessPolicies.push(updated);
  }
  return ok({
    id: `${vault.id}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    properties: { accessPolicies: vault.accessPolicies.map(toAccessPolicy) },
  });
}

/** The rules of managed HSMs have no ignoreMissingVnetServiceEndpoint. */
const toVirtualNetworkRule = (
  kind: Vault['kind'],
  { id, ignoreMissingVnetServiceEndpoint: ignore }: Record<string, unknown>,
): VirtualNetworkRule => ({
  id: stringOf(id),
  ...(kind === 'vault' && typeof ignore === 'boolean' && { ignoreMissingVnetServiceEndpoint: ignore }),
});

/** Replaces all rules: those that the request omits return to their defaults. */
function applyNetwork({ kind, network }: Vault, { networkAcls, publicNetworkAccess }: Record<string, unknown>): void {
  if (isRecord(networkAcls)) {
    network.bypass = networkAcls.bypass === 'None' ? 'None' : 'AzureServices';
    network.defaultAction = networkAcls.defaultAction === 'Deny' ? 'Deny' : 'Allow';
    network.ipRules = recordsOf(networkAcls.ipRules).map(({ value }) => ({ value: stringOf(value) }));
    network.virtualNetworkRules = recordsOf(networkAcls.virtualNetworkRules).map((r) => toVirtualNetworkRule(kind, r));
  }
  const access = stringOf(publicNetworkAccess);
  const closed = (['Disabled', 'SecuredByPerimeter'] as const).find((one) => same(one, access));
  if (access !== '') network.publicNetworkAccess = closed ?? 'Enabled';
}

const switches = ['enabledForDeployment', 'enabledForDiskEncryption', 'enabledForTemplateDeployment'];

/** Applies what no rule reads: tags, which replace all others, the price tier, and what else may read secrets. */
function applySettings(vault: Vault, body: unknown): void {
  const tags = tagsOf(body);
  if (tags) vault.tags = tags;
  if (vault.kind === 'managedHsm') return;
  const properties = propertiesOf(body);
  vault.sku = stringOf(recordOf(properties.sku).name) || vault.sku;
  const sent = switches.flatMap((name) => (typeof properties[name] === 'boolean' ? [[name, properties[name]]] : []));
  vault.settings = { ...vault.settings, ...(Object.fromEntries(sent) as Record<string, boolean>) };
}

function patch(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const properties = propertiesOf(request.body);
  refuseIfBroken(updateVaultRules, { properties });
  applySettings(vault, request.body);
  if (properties.enablePurgeProtection === true) vault.purgeProtection = true;
  if (properties.enableSoftDelete === true) vault.softDelete = true;
  applyNetwork(vault, properties);
  if (kind === 'vault' && typeof properties.enableRbacAuthorization === 'boolean') {
    vault.rbac = properties.enableRbacAuthorization;
  }
  if (kind === 'vault' && Array.isArray(properties.accessPolicies)) {
    const before = vault.accessPolicies;
    const policies = recordsOf(properties.accessPolicies).map(toPolicy);
    vault.accessPolicies = policies.map((policy) => withTimes(policy, policyOfSame(before, policy), request.now));
  }
  return ok(toVault(vault));
}

const inGroup = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.KeyVault';

export const updateVaultRoutes: Route[] = [
  {
    method: 'PATCH',
    path: `${inGroup}/vaults/:vault`,
    type: vaultType('vault'),
    handle: (request) => patch(request, 'vault'),
  },
  {
    method: 'PATCH',
    path: `${inGroup}/managedHSMs/:vault`,
    type: vaultType('managedHsm'),
    handle: (request) => patch(request, 'managedHsm'),
  },
  {
    method: 'PUT',
    path: `${inGroup}/vaults/:vault/accessPolicies/add`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    handle: addPolicies,
  },
];
