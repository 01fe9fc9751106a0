import { paged, type ArmRequest, type Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findVault } from '../base/find';
import { isWithin, scopeOfList } from '../base/ids';
import { retentionDays, type AccessPolicy, type Vault } from '../base/state';

export const vaultKinds: readonly Vault['kind'][] = ['vault', 'managedHsm'];

export const vaultType = (kind: Vault['kind']): string =>
  kind === 'vault' ? 'Microsoft.KeyVault/vaults' : 'Microsoft.KeyVault/managedHSMs';

const networkAcls = ({ network: { bypass, defaultAction, ipRules = [], virtualNetworkRules = [] } }: Vault) => ({
  bypass,
  defaultAction,
  ipRules,
  virtualNetworkRules,
});

/** The policy as Azure returns it, without times. */
export const toAccessPolicy = ({ tenantId, objectId, applicationId, permissions }: AccessPolicy) => ({
  tenantId,
  objectId,
  ...(applicationId !== undefined && { applicationId }),
  permissions,
});

const vaultProperties = (vault: Vault) => ({
  sku: { family: 'A', name: vault.sku },
  tenantId: vault.tenantId,
  networkAcls: networkAcls(vault),
  accessPolicies: vault.accessPolicies.map(toAccessPolicy),
  enabledForDeployment: false,
  ...vault.settings,
  enableSoftDelete: vault.softDelete,
  softDeleteRetentionInDays: retentionDays,
  enableRbacAuthorization: vault.rbac,
  // Azure omits it if purge protection was never turned on.
  ...(vault.purgeProtection && { enablePurgeProtection: true }),
  vaultUri: `${vault.uri}/`,
  provisioningState: vault.provisioningState ?? 'Succeeded',
  publicNetworkAccess: vault.network.publicNetworkAccess,
});

const statusMessages: Record<string, string> = {
  Succeeded: 'The Managed HSM is provisioned and ready to use.',
  Provisioning: 'Allocating hardware',
  Updating: 'ManagedHsm is updating.',
};

const notActivated =
  'Your HSM has been provisioned, but cannot be used for cryptographic operations until it is activated. To activate the HSM, download the security domain.';

function hsmProperties(vault: Vault) {
  const { provisioningState = 'Succeeded', activated = true } = vault;
  return {
    tenantId: vault.tenantId,
    hsmUri: `${vault.uri}/`,
    enableSoftDelete: vault.softDelete,
    softDeleteRetentionInDays: retentionDays,
    enablePurgeProtection: vault.purgeProtection,
    networkAcls: networkAcls(vault),
    publicNetworkAccess: vault.network.publicNetworkAccess,
    provisioningState,
    statusMessage: statusMessages[provisioningState] ?? provisioningState,
    securityDomainProperties: {
      activationStatus: activated ? 'Active' : 'NotActivated',
      activationStatusMessage: activated
        ? 'Your HSM has been activated and can be used for cryptographic operations.'
        : notActivated,
    },
  };
}

/** The state has no creators and times of vaults. */
const systemData = {
  createdBy: 'dba@contoso.example',
  createdByType: 'User',
  createdAt: '2026-01-15T09:30:00.000Z',
  lastModifiedBy: 'dba@contoso.example',
  lastModifiedByType: 'User',
  lastModifiedAt: '2026-01-15T09:30:00.000Z',
};

/** ARM's JSON for a key vault or managed HSM. */
export const toVault = (vault: Vault) => ({
  id: vault.id,
  name: vault.name,
  type: vaultType(vault.kind),
  location: vault.location,
  tags: vault.tags ?? {},
  ...(vault.kind === 'managedHsm' && { sku: { family: 'B', name: vault.sku } }),
  systemData,
  properties: vault.kind === 'vault' ? vaultProperties(vault) : hsmProperties(vault),
});

/** The key vault or managed HSM in a path; throws a Refusal if there is none. */
export function requireVault({ state, path, params }: ArmRequest, kind: Vault['kind']): Vault {
  const vault = findVault(state, path.split('/').slice(0, 9).join('/'));
  if (vault?.kind === kind) return vault;
  const message = `The Resource '${vaultType(kind)}/${params.vault ?? ''}' under resource group '${params.group ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  throw new Refusal(404, 'ResourceNotFound', message, 'gateway');
}

function list(request: ArmRequest, kind: Vault['kind']): Answer {
  const { state, path, may } = request;
  const scope = scopeOfList(path);
  const vaults = state.vaults.filter(
    (v) => v.kind === kind && !v.deleted && isWithin(scope, v.id) && may(`${vaultType(kind)}/read`, v.id),
  );
  return paged(request, vaults.map(toVault));
}

const inSubscription = '/subscriptions/:sub/providers';
const inGroup = '/subscriptions/:sub/resourceGroups/:group/providers';

export const vaultRoutes: Route[] = vaultKinds.flatMap((kind): Route[] => {
  const type = vaultType(kind);
  return [
    ...[inSubscription, inGroup].map((scope): Route => ({
      method: 'GET',
      path: `${scope}/${type}`,
      type,
      filtered: true,
      handle: (request) => list(request, kind),
    })),
    {
      method: 'GET',
      path: `${inGroup}/${type}/:vault`,
      type,
      handle: (request) => ok(toVault(requireVault(request, kind))),
    },
  ];
});
