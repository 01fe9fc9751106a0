import * as l10n from '@vscode/l10n';
import { commandFor, shellQuoted } from '../diagnosis/commands';
import type { ServerDetails, VaultSettings } from '../model';
import { matches } from './actions';
import type { Facts } from './facts';
import { notChecked, type Check } from './finding';
import type { EffectiveIdentity } from './fix';

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
  const primary = userAssigned.find(({ id }) => id.toLowerCase() === primaryUserAssigned?.toLowerCase());
  const id = primary?.id ?? primaryUserAssigned;
  return id === undefined
    ? undefined
    : {
        kind: 'userAssigned',
        name: id.slice(id.lastIndexOf('/') + 1),
        ...(primary?.principalId !== undefined && { principalId: primary.principalId }),
      };
}

/** Does the server have an identity to go to the vault with? */
export const identityCheck: Check = ({ place, server }) => {
  if (!server.value) return [];
  const identity = effectiveIdentity(server.value);
  const codes = [noIdentity, notInDirectory];
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
          title: l10n.t('Set the Primary Identity'),
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
  const codes = [notInDirectory, crossTenant];
  return home.toLowerCase() === settings.value.tenantId.toLowerCase()
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

/** May the identity get the key, wrap and unwrap with it? */
export const accessCheck: Check = (facts) => {
  const { server, vault, settings, key } = facts;
  const identity = server.value && effectiveIdentity(server.value);
  if (!vault?.value || !settings || !key || identity?.principalId === undefined) return [];
  const { principalId, name, kind } = identity;
  const codes = [kind === 'userAssigned' ? 'UmiMissingAkvPermissions' : '', 'AzureKeyVaultMissingPermissions'].filter(
    Boolean,
  );
  const what = l10n.t('access of "{0}" to the key', name);
  if (settings.error) return [notChecked(what, settings.error, codes)];
  if (settings.value.permissionModel === 'localRoles') return [hsmAccess(facts, identity, codes)];
  if (settings.value.permissionModel === 'roles' && facts.roles?.error) {
    return [notChecked(what, facts.roles.error, codes)];
  }
  const missing = missingUses(facts, settings.value, principalId);
  const isByRoles = settings.value.permissionModel === 'roles';
  const on = isByRoles
    ? l10n.t('the key "{0}" of "{1}"', key.name, vault.value.name)
    : l10n.t('the keys of "{0}"', vault.value.name);
  if (missing.length === 0) {
    const text = l10n.t('"{0}" may use {1}', name, on);
    return [{ outcome: 'pass', text, codes }];
  }
  const asked = { principalId, principalName: name, vault: vault.value };
  return [
    {
      outcome: 'fail',
      text: l10n.t('"{0}" lacks {1} on {2}', name, missing.join(', '), on),
      detail: isByRoles
        ? l10n.t('The vault goes by roles (Azure RBAC). A change takes up to 10 minutes to take effect.')
        : l10n.t('The vault goes by access policies. A change takes up to 10 minutes to take effect.'),
      codes,
      fixes: [
        isByRoles
          ? { kind: 'grantRole', ...asked, scope: `${vault.value.id}/keys/${key.name}` }
          : { kind: 'addAccessPolicy', ...asked, tenantId: settings.value.tenantId, missing },
      ],
    },
  ];
};

function missingUses(
  { roles }: Facts,
  { permissionModel, accessPolicies }: VaultSettings,
  principalId: string,
): string[] {
  const policies = accessPolicies.filter(({ objectId }) => objectId.toLowerCase() === principalId.toLowerCase());
  const granted = new Set(policies.flatMap(({ keyPermissions }) => keyPermissions));
  const isGranted = ({ permission, action }: (typeof uses)[number]): boolean =>
    permissionModel === 'roles'
      ? (roles?.value ?? []).some((role) => matches(role.dataActions, action) && !matches(role.notDataActions, action))
      : granted.has('all') || granted.has(permission.toLowerCase());
  return uses.filter((use) => !isGranted(use)).map(({ permission }) => permission);
}

/** The keys' own roles of a managed HSM are known to itself only. */
function hsmAccess({ vault, key }: Facts, { name, principalId }: EffectiveIdentity, codes: readonly string[]) {
  const hsm = vault?.value?.name ?? '';
  return {
    outcome: 'unknown' as const,
    text: l10n.t('Could not be checked: the local roles of "{0}" in managed HSM "{1}"', name, hsm),
    detail: l10n.t('Only the managed HSM itself tells its local roles, and this extension never asks it.'),
    codes,
    fixes: [
      {
        kind: 'runCommand' as const,
        title: l10n.t('Grant the Local Role'),
        portal: `resource${vault?.value?.id ?? ''}`,
        command:
          commandFor('AzureKeyVaultMissingPermissions', {
            vault: hsm,
            keyName: key?.name ?? '',
            principalId: principalId ?? '',
            permissionModel: 'localRoles',
          }) ?? '',
      },
    ],
  };
}
