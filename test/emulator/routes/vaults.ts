import { ok, Refusal, type Answer } from '../base/answer';
import { paged } from '../arm/page';
import type { ArmRequest, Route } from '../arm/route';
import { findVault, isWithin } from '../base/find';
import type { AccessPolicy, Vault } from '../base/state';

export const vaultType = (kind: Vault['kind']): string =>
  kind === 'vault' ? 'Microsoft.KeyVault/vaults' : 'Microsoft.KeyVault/managedHSMs';

const retentionDays = 90;

const networkAcls = ({ network: { bypass, defaultAction, ipRules = [], virtualNetworkRules = [] } }: Vault) => ({
  bypass,
  defaultAction,
  ipRules,
  virtualNetworkRules,
});

/** As it is on the wire, where nobody tells since when a policy is there. */
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
  enableSoftDelete: vault.softDelete,
  softDeleteRetentionInDays: retentionDays,
  enableRbacAuthorization: vault.rbac,
  // Azure leaves it out where it was never switched on.
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

const dayMs = 86_400_000;

/** Soft-deleted vaults of the subscription; managed HSMs have a list of their own. */
function listDeleted(request: ArmRequest): Answer {
  const { state, params } = request;
  const scope = `/subscriptions/${params.sub ?? ''}`;
  const deleted = state.vaults.filter((v) => v.kind === 'vault' && v.deleted && isWithin(scope, v.id));
  const items = deleted.map(({ id, name, location, purgeProtection, deletionDate }) => ({
    id: `${scope}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: id,
      location,
      tags: {},
      ...(deletionDate !== undefined && {
        deletionDate,
        scheduledPurgeDate: new Date(Date.parse(deletionDate) + retentionDays * dayMs).toISOString(),
      }),
      ...(purgeProtection && { purgeProtectionEnabled: true }),
    },
  }));
  return paged(request, items);
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
  {
    method: 'GET',
    path: '/subscriptions/:sub/providers/Microsoft.KeyVault/deletedVaults',
    type: 'Microsoft.KeyVault/deletedVaults',
    handle: listDeleted,
  },
];
