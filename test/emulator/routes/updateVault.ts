import { ok, type Answer } from '../base/answer';
import type { ArmRequest, Route } from '../arm/route';
import { same } from '../base/find';
import { isRecord, recordOf, stringOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import { updateVaultRules } from '../rules/updateVaultRules';
import type { AccessPolicy, Permissions, Vault, VirtualNetworkRule } from '../base/state';
import { requireVault, toAccessPolicy, toVault, vaultType } from './vaults';

const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(stringOf) : []);

const otherKinds = ['secrets', 'certificates', 'storage'] as const;

function toPermissions(sent: Record<string, unknown>): Permissions {
  const permissions: Permissions = { keys: strings(sent.keys) };
  for (const kind of otherKinds) if (sent[kind] !== undefined) permissions[kind] = strings(sent[kind]);
  return permissions;
}

const toPolicy = ({ tenantId, objectId, applicationId, permissions }: Record<string, unknown>): AccessPolicy => ({
  tenantId: stringOf(tenantId),
  objectId: stringOf(objectId),
  ...(typeof applicationId === 'string' && { applicationId }),
  permissions: toPermissions(recordOf(permissions)),
});

const ofSame = (policies: AccessPolicy[], policy: AccessPolicy): AccessPolicy | undefined =>
  policies.find((p) => same(p.objectId, policy.objectId) && same(p.applicationId ?? '', policy.applicationId ?? ''));

/** Remembers when the permissions came that the identity did not have before. */
function dated(policy: AccessPolicy, before: AccessPolicy | undefined, now: number): AccessPolicy {
  const had = (before?.permissions.keys ?? []).map((permission) => permission.toLowerCase());
  const added = policy.permissions.keys.map((key) => key.toLowerCase()).filter((key) => !had.includes(key));
  return { ...policy, since: { ...before?.since, ...Object.fromEntries(added.map((key) => [key, now])) } };
}

const union = (a: string[] = [], b: string[] = []): string[] => [
  ...a,
  ...b.filter((added) => !a.some((known) => same(known, added))),
];

function merged(known: AccessPolicy, added: AccessPolicy): AccessPolicy {
  const permissions: Permissions = { keys: union(known.permissions.keys, added.permissions.keys) };
  for (const kind of otherKinds) {
    const all = union(known.permissions[kind], added.permissions[kind]);
    if (all.length > 0) permissions[kind] = all;
  }
  return { ...known, permissions };
}

/** PUT …/vaults/V/accessPolicies/add adds permissions to what an identity has. */
function addPolicies(request: ArmRequest): Answer {
  const vault = requireVault(request, 'vault');
  for (const sent of records(recordOf(recordOf(request.body).properties).accessPolicies)) {
    const policy = toPolicy(sent);
    const known = ofSame(vault.accessPolicies, policy);
    const now = dated(known ? merged(known, policy) : policy, known, request.now);
    if (known) Object.assign(known, now);
    else vault.accessPolicies.push(now);
  }
  return ok({
    id: `${vault.id}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    properties: { accessPolicies: vault.accessPolicies.map(toAccessPolicy) },
  });
}

/** Managed HSMs know no endpoints that may be missing. */
const toVirtualNetworkRule = (
  kind: Vault['kind'],
  { id, ignoreMissingVnetServiceEndpoint: ignore }: Record<string, unknown>,
): VirtualNetworkRule => ({
  id: stringOf(id),
  ...(kind === 'vault' && typeof ignore === 'boolean' && { ignoreMissingVnetServiceEndpoint: ignore }),
});

/** The rules are replaced as a whole: what is not sent back has its default again. */
function applyNetwork({ kind, network }: Vault, { networkAcls, publicNetworkAccess }: Record<string, unknown>): void {
  if (isRecord(networkAcls)) {
    network.bypass = networkAcls.bypass === 'None' ? 'None' : 'AzureServices';
    network.defaultAction = networkAcls.defaultAction === 'Deny' ? 'Deny' : 'Allow';
    network.ipRules = records(networkAcls.ipRules).map(({ value }) => ({ value: stringOf(value) }));
    network.virtualNetworkRules = records(networkAcls.virtualNetworkRules).map((r) => toVirtualNetworkRule(kind, r));
  }
  const access = stringOf(publicNetworkAccess);
  const closed = (['Disabled', 'SecuredByPerimeter'] as const).find((one) => same(one, access));
  if (access !== '') network.publicNetworkAccess = closed ?? 'Enabled';
}

function patch(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  const properties = recordOf(recordOf(request.body).properties);
  refuseIfBroken(updateVaultRules, { properties });
  if (properties.enablePurgeProtection === true) vault.purgeProtection = true;
  if (properties.enableSoftDelete === true) vault.softDelete = true;
  applyNetwork(vault, properties);
  if (kind === 'vault' && typeof properties.enableRbacAuthorization === 'boolean') {
    vault.rbac = properties.enableRbacAuthorization;
  }
  if (kind === 'vault' && Array.isArray(properties.accessPolicies)) {
    const before = vault.accessPolicies;
    const policies = records(properties.accessPolicies).map(toPolicy);
    vault.accessPolicies = policies.map((policy) => dated(policy, ofSame(before, policy), request.now));
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
