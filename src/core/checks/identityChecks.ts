import * as l10n from '@vscode/l10n';
import { lastSegment, sameId } from '../armId';
import { azCommand, shellQuoted } from '../cli/commands';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { KeyIdentifier, KeyVault, RoleGrant, ServerDetails, VaultSettings } from '../model';
import { matches } from './actions';
import type { Finding } from '../errors/finding';
import { notChecked, type Check } from './check';
import type { EffectiveIdentity } from '../errors/fix';

const noIdentity = 'AzureKeyVaultNoServerIdentity';
const notInDirectory = 'AdalServicePrincipalNotFound';
const crossTenant = 'BlockSystemAssignedIdentityForCrossTenantCMK';

/**
 * The identity with which a server goes to the vault: its primary user-assigned one as soon as any is assigned, else its own.
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

/** Does the server have an identity to go to the vault with? */
export const identityCheck: Check = ({ place, server }) => {
  if (!server.value) return [];
  const identity = effectiveIdentity(server.value);
  const codes: readonly ErrorCode[] = [noIdentity, notInDirectory];
  if (identity?.principalId !== undefined) {
    const text =
      identity.kind === 'systemAssigned'
        ? l10n.t('"{0}" goes to the vault with its system-assigned identity', place.name)
        : l10n.t('"{0}" goes to the vault with the user-assigned identity "{1}"', place.name, identity.name);
    return [{ outcome: 'pass', text, codes: [noIdentity] }];
  }
  if (server.value.identity.userAssigned.length === 0) {
    const text = l10n.t('"{0}" has no identity to go to the vault with', place.name);
    return [{ outcome: 'fail', text, codes, fixes: [{ kind: 'assignIdentity', server: server.value }] }];
  }
  return [
    {
      outcome: 'fail',
      text: identity
        ? l10n.t('The primary identity of "{0}", "{1}", does not exist any more', place.name, identity.name)
        : l10n.t('"{0}" has user-assigned identities, but none of them is the primary one', place.name),
      codes,
      fixes: [
        {
          kind: 'runCommand',
          title: l10n.t('Set the Primary Identity…'),
          portal: `resource${place.id}/Identity`,
          command: `az sql server update -g ${shellQuoted(place.resourceGroup)} -n ${place.name} --primary-user-assigned-identity-id <resource id of the identity>`,
        },
      ],
    },
  ];
};

/** Do identity and vault live in the same tenant? A user-assigned identity may go to another one. */
export const tenantCheck: Check = ({ place, server, settings }) => {
  const home = server.value?.identityTenantId;
  const identity = server.value && effectiveIdentity(server.value);
  if (home === undefined || !settings?.value || identity?.kind !== 'systemAssigned') return [];
  const codes: readonly ErrorCode[] = [notInDirectory, crossTenant];
  return sameId(home, settings.value.tenantId)
    ? [{ outcome: 'pass', text: l10n.t('Identity and vault are in the same tenant'), codes }]
    : [
        {
          outcome: 'fail',
          text: l10n.t('The identity of "{0}" is of another tenant than the vault', place.name),
          detail: l10n.t(
            'A system-assigned identity works in its own tenant only; after a move between tenants it has to be assigned again.',
          ),
          codes,
        },
      ];
};

/** What TDE does with a key, as data actions of a role and as permissions of an access policy. */
const uses = [
  { permission: 'get', action: 'Microsoft.KeyVault/vaults/keys/read' },
  { permission: 'wrapKey', action: 'Microsoft.KeyVault/vaults/keys/wrap/action' },
  { permission: 'unwrapKey', action: 'Microsoft.KeyVault/vaults/keys/unwrap/action' },
];

/** Who goes to which key of which vault. */
interface Visit {
  readonly identity: EffectiveIdentity & { readonly principalId: string };
  readonly key: KeyIdentifier;
  readonly vault: KeyVault;
  readonly settings: VaultSettings;
  readonly codes: readonly ErrorCode[];
}

/** May the identity get the key, wrap and unwrap with it? */
export const accessCheck: Check = ({ server, vault, settings, key, roles }) => {
  const identity = server.value && effectiveIdentity(server.value);
  if (!vault?.value || !settings || !key || identity?.principalId === undefined) return [];
  const { principalId, name, kind } = identity;
  const missingRights = 'AzureKeyVaultMissingPermissions';
  const codes: readonly ErrorCode[] =
    kind === 'userAssigned' ? ['UmiMissingAkvPermissions', missingRights] : [missingRights];
  const what = l10n.t('access of "{0}" to the key', name);
  if (settings.error) return [notChecked(what, settings.error, codes)];
  const { permissionModel } = settings.value;
  const visit = { identity: { ...identity, principalId }, key, vault: vault.value, settings: settings.value, codes };
  if (permissionModel === 'localRoles') return [hsmAccess(visit)];
  if (permissionModel === 'roles' && roles?.error) return [notChecked(what, roles.error, codes)];
  const missing = missingUses(visit, roles?.value ?? []);
  if (missing.length === 0) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" may use {1}', name, grantedOn(visit)), codes }];
  }
  const application = kind === 'userAssigned' ? server.value?.federatedClientId : undefined;
  return [application === undefined ? lacks(visit, missing) : applicationAccess(visit, application)];
};

/** What rights are given on: single keys by roles, all of a vault by access policies. */
const grantedOn = ({ key, vault, settings }: Visit): string =>
  settings.permissionModel === 'roles'
    ? l10n.t('the key "{0}" of "{1}"', key.name, vault.name)
    : l10n.t('the keys of "{0}"', vault.name);

function missingUses(
  { settings: { permissionModel, accessPolicies }, identity }: Visit,
  roles: readonly RoleGrant[],
): string[] {
  const policies = accessPolicies.filter(({ objectId }) => sameId(objectId, identity.principalId));
  const granted = new Set(policies.flatMap(({ keyPermissions }) => keyPermissions));
  const isGranted = ({ permission, action }: (typeof uses)[number]): boolean =>
    permissionModel === 'roles'
      ? roles.some((role) => matches(role.dataActions, action) && !matches(role.notDataActions, action))
      : granted.has('all') || granted.has(permission.toLowerCase());
  return uses.filter((use) => !isGranted(use)).map(({ permission }) => permission);
}

function lacks(visit: Visit, missing: readonly string[]): Finding {
  const { identity, key, vault, settings, codes } = visit;
  const { principalId, name } = identity;
  const asked = { principalId, principalName: name, vault };
  const isByRoles = settings.permissionModel === 'roles';
  return {
    outcome: 'fail',
    text: l10n.t('"{0}" lacks {1} on {2}', name, missing.join(', '), grantedOn(visit)),
    detail: isByRoles
      ? l10n.t('The vault goes by roles (Azure RBAC). A change takes up to 10 minutes to take effect.')
      : l10n.t('The vault goes by access policies. A change takes up to 10 minutes to take effect.'),
    codes,
    fixes: [
      isByRoles
        ? { kind: 'grantRole', ...asked, scope: `${vault.id}/keys/${key.name}` }
        : { kind: 'addAccessPolicy', ...asked, tenantId: settings.tenantId, missing },
    ],
  };
}

/** Rights of an application in another tenant are known there only. Source: Azure SQL docs, "Cross-tenant customer-managed keys". */
const applicationAccess = ({ identity, vault, codes }: Visit, application: string): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: rights of an application on "{0}"', vault.name),
  detail: l10n.t(
    '"{0}" has none. At a vault of another tenant those of the application {1} count.',
    identity.name,
    application,
  ),
  codes: [notInDirectory, ...codes],
});

/** The keys' own roles of a managed HSM are known to itself only. */
function hsmAccess({ vault, key, identity: { name, principalId }, codes }: Visit): Finding {
  const values = { vault: vault.name, keyName: key.name, principalId, permissionModel: 'localRoles' as const };
  return {
    outcome: 'unknown',
    text: l10n.t('Could not be checked: the local roles of "{0}" in managed HSM "{1}"', name, vault.name),
    detail: l10n.t('Only the managed HSM itself tells its local roles, and this extension never asks it.'),
    codes,
    fixes: [
      {
        kind: 'runCommand',
        title: l10n.t('Grant the Local Role…'),
        portal: `resource${vault.id}`,
        command: azCommand('grantKeyAccess', values),
      },
    ],
  };
}
