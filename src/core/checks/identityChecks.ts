import * as l10n from '@vscode/l10n';
import { lastSegment, sameId } from '../armId';
import { azCommand } from '../cli/commands';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { KeyIdentifier, KeyVault, RoleGrant, ServerDetails, VaultSettings } from '../model';
import type { Finding } from '../errors/finding';
import type { EffectiveIdentity } from '../errors/fix';
import type { Creation } from '../creation/creation';
import { includesAction, notChecked, type Check } from './check';
import type { Facts } from './facts';

const noIdentity = 'AzureKeyVaultNoServerIdentity';
const notInDirectory = 'AdalServicePrincipalNotFound';
const crossTenant = 'BlockSystemAssignedIdentityForCrossTenantCMK';

/**
 * The identity with which a server accesses the vault: the primary user-assigned one if any is assigned, or else the system-assigned one.
 * Source: Azure SQL docs, "Managed identities for TDE with customer-managed keys".
 */
export function effectiveIdentity({
  name,
  identity,
}: Pick<ServerDetails, 'name' | 'identity'>): EffectiveIdentity | undefined {
  const { systemAssigned, userAssigned, primaryUserAssigned } = identity;
  if (userAssigned.length === 0) {
    return systemAssigned && { kind: 'systemAssigned', name, principalId: systemAssigned.principalId };
  }
  const primary = userAssigned.find(({ id }) => sameId(id, primaryUserAssigned));
  const id = primary?.id ?? primaryUserAssigned;
  return id === undefined
    ? undefined
    : {
        kind: 'userAssigned',
        name: lastSegment(id),
        ...(primary?.principalId !== undefined && { principalId: primary.principalId }),
      };
}

/** Does the server have an identity to access the vault? */
export const identityCheck: Check = ({ server: place }, { server }) => {
  if (!server.value) return [];
  const identity = effectiveIdentity(server.value);
  const codes: readonly ErrorCode[] = [noIdentity, notInDirectory];
  if (identity?.principalId !== undefined) {
    const text =
      identity.kind === 'systemAssigned'
        ? l10n.t('"{0}" accesses the vault with its system-assigned identity', place.name)
        : l10n.t('"{0}" accesses the vault with the user-assigned identity "{1}"', place.name, identity.name);
    return [{ outcome: 'pass', text, codes: [noIdentity] }];
  }
  if (server.value.identity.userAssigned.length === 0) {
    const text = l10n.t('"{0}" has no managed identity', place.name);
    return [{ outcome: 'fail', text, codes, fixes: [{ kind: 'assignIdentity', server: server.value }] }];
  }
  return [
    {
      outcome: 'fail',
      text: identity
        ? l10n.t('The primary identity of "{0}", "{1}", no longer exists', place.name, identity.name)
        : l10n.t('"{0}" has user-assigned identities, but none is set as primary', place.name),
      codes,
      fixes: [{ kind: 'choosePrimaryIdentity', server: server.value }],
    },
  ];
};

/** Are the identity and the vault in the same tenant? Only a user-assigned identity can access a vault in another tenant. */
export const tenantCheck: Check = ({ server: place }, { server, settings }) => {
  const home = server.value?.identityTenantId;
  const identity = server.value && effectiveIdentity(server.value);
  if (home === undefined || !settings?.value || identity?.kind !== 'systemAssigned') return [];
  const codes: readonly ErrorCode[] = [notInDirectory, crossTenant];
  return sameId(home, settings.value.tenantId)
    ? [{ outcome: 'pass', text: l10n.t('The identity and the vault are in the same tenant'), codes }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('The identity of "{0}" and the vault are in different tenants', place.name),
          detail: l10n.t(
            'A system-assigned identity works only in its own tenant. After a move to another tenant, assign it again.',
          ),
          codes,
        },
      ];
};

/** The permissions that TDE needs on a key: as permissions of an access policy and as data actions of a role. */
const uses = [
  { permission: 'get', action: 'Microsoft.KeyVault/vaults/keys/read' },
  { permission: 'wrapKey', action: 'Microsoft.KeyVault/vaults/keys/wrap/action' },
  { permission: 'unwrapKey', action: 'Microsoft.KeyVault/vaults/keys/unwrap/action' },
];

/** An identity's access to a key. */
interface KeyAccess {
  readonly identity: EffectiveIdentity & { readonly principalId: string };
  readonly key: KeyIdentifier;
  readonly vault: KeyVault;
  readonly settings: VaultSettings;
  readonly codes: readonly ErrorCode[];
}

/** Can the identity get the key, and wrap and unwrap with it? */
export const accessCheck = (
  { key }: Pick<Creation, 'key'>,
  { server, vault, settings, roles }: Pick<Facts, 'server' | 'vault' | 'settings' | 'roles'>,
): readonly Finding[] => {
  const identity = server.value && effectiveIdentity(server.value);
  if (!vault.value || !settings || identity?.principalId === undefined) return [];
  const { principalId, name, kind } = identity;
  const missingPermissions = 'AzureKeyVaultMissingPermissions';
  const codes: readonly ErrorCode[] =
    kind === 'userAssigned' ? ['UmiMissingAkvPermissions', missingPermissions] : [missingPermissions];
  const fact = l10n.t('access of "{0}" to the key', name);
  if (settings.error) return [notChecked(fact, settings.error, codes)];
  const { permissionModel } = settings.value;
  const access = { identity: { ...identity, principalId }, key, vault: vault.value, settings: settings.value, codes };
  if (permissionModel === 'localRoles') return [hsmAccess(access)];
  if (permissionModel === 'roles' && roles?.error) return [notChecked(fact, roles.error, codes)];
  const missing = missingUses(access, roles?.value ?? []);
  if (missing.length === 0) {
    return [{ outcome: 'pass', text: canUse(access), codes }];
  }
  const application = kind === 'userAssigned' ? server.value?.federatedClientId : undefined;
  return [application === undefined ? lacks(access, missing) : applicationAccess(access, application)];
};

/** Roles grant access to single keys, access policies to all keys of a vault. */
const canUse = ({ identity: { name }, key, vault, settings }: KeyAccess): string =>
  settings.permissionModel === 'roles'
    ? l10n.t('"{0}" can use the key "{1}" of "{2}"', name, key.name, vault.name)
    : l10n.t('"{0}" can use the keys of "{1}"', name, vault.name);

function missingUses(
  { settings: { permissionModel, accessPolicies }, identity }: KeyAccess,
  roles: readonly RoleGrant[],
): string[] {
  const policies = accessPolicies.filter(({ objectId }) => sameId(objectId, identity.principalId));
  const granted = new Set(policies.flatMap(({ keyPermissions }) => keyPermissions));
  const isGranted = ({ permission, action }: (typeof uses)[number]): boolean =>
    permissionModel === 'roles'
      ? roles.some((role) => includesAction(role.dataActions, action) && !includesAction(role.notDataActions, action))
      : granted.has('all') || granted.has(permission.toLowerCase());
  return uses.filter((use) => !isGranted(use)).map(({ permission }) => permission);
}

function lacks(access: KeyAccess, missing: readonly string[]): Finding {
  const { identity, key, vault, settings, codes } = access;
  const { principalId, name } = identity;
  const asked = { principalId, principalName: name, vault };
  const isByRoles = settings.permissionModel === 'roles';
  const permissions = missing.join(', ');
  return {
    outcome: 'fail',
    text: isByRoles
      ? l10n.t('"{0}" lacks {1} on the key "{2}" of "{3}"', name, permissions, key.name, vault.name)
      : l10n.t('"{0}" lacks {1} on the keys of "{2}"', name, permissions, vault.name),
    detail: isByRoles
      ? l10n.t('The vault uses Azure RBAC. A change can take up to 10 minutes to take effect.')
      : l10n.t('The vault uses access policies. A change can take up to 10 minutes to take effect.'),
    codes,
    fixes: [
      isByRoles
        ? { kind: 'grantRole', ...asked, scope: `${vault.id}/keys/${key.name}` }
        : { kind: 'addAccessPolicy', ...asked, tenantId: settings.tenantId, missing },
    ],
  };
}

/** Only the other tenant can show the permissions of an application there. Source: Azure SQL docs, "Cross-tenant customer-managed keys". */
const applicationAccess = ({ identity, vault, codes }: KeyAccess, application: string): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: permissions of an application on "{0}"', vault.name),
  detail: l10n.t(
    '"{0}" has no permissions. For a vault in another tenant, the permissions of the application {1} matter.',
    identity.name,
    application,
  ),
  codes: [notInDirectory, ...codes],
});

/** Only the managed HSM itself returns its local roles. */
function hsmAccess({ vault, key, identity: { name, principalId }, codes }: KeyAccess): Finding {
  const values = { vault: vault.name, keyName: key.name, principalId, permissionModel: 'localRoles' as const };
  return {
    outcome: 'unknown',
    text: l10n.t('Could not be checked: local roles of "{0}" in managed HSM "{1}"', name, vault.name),
    detail: l10n.t('Local roles can be read only from the managed HSM itself, which this extension never accesses.'),
    codes,
    fixes: [
      {
        kind: 'runCommand',
        title: l10n.t('Assign the Local Role…'),
        portal: `resource${vault.id}`,
        command: azCommand('grantKeyAccess', values),
      },
    ],
  };
}
