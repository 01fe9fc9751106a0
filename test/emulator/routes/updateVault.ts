import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { same } from '../base/ids';
import { isRecord, propertiesOf, recordOf, recordsOf, stringOf, tagsOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { Vault, VirtualNetworkRule } from '../base/state';
import { updateVaultRules } from '../rules/keyVaultRules';
import { policyOfSame, toPolicy, withTimes } from './accessPolicies';
import { requireVault, toVault, vaultType } from './vaults';

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
  if (sent.length > 0) vault.settings = { ...vault.settings, ...(Object.fromEntries(sent) as Record<string, boolean>) };
}

/** Changes what a request sends, after the checks. */
export function applyVault(vault: Vault, request: ArmRequest): void {
  const { kind } = vault;
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
}

function patch(request: ArmRequest, kind: Vault['kind']): Answer {
  const vault = requireVault(request, kind);
  applyVault(vault, request);
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
];
