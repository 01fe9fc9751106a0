import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { azCommand } from '../cli/commands';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import type { EffectiveIdentity } from '../errors/fix';
import type { RoleGrant } from '../accessModel';
import type { KeyIdentifier, KeyVault, VaultSettings } from '../vaultModel';
import { listed } from '../text';
import { grantText, includesAction, notChecked, type KeyUse } from './check';
import type { KeyUseFacts } from './facts';
import { effectiveIdentity, isForeign } from './identityChecks';

const unusable: readonly ErrorCode[] = ['UmiMissingAkvPermissions', 'AzureKeyVaultMissingPermissions'];

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
  readonly roles: readonly RoleGrant[];
  readonly codes: readonly ErrorCode[];
}

/** Can the identity get the key, and wrap and unwrap with it? */
export const accessCheck = (
  use: Pick<KeyUse, 'key'> & Partial<Pick<KeyUse, 'user'>>,
  facts: Pick<KeyUseFacts, 'user' | 'vault' | 'settings' | 'roles'>,
): readonly Finding[] => {
  const { key } = use;
  const { user, vault, settings, roles } = facts;
  const identity = user.value && effectiveIdentity(user.value);
  if (!vault.value || !settings || identity?.principalId === undefined) return [];
  const { principalId, name, kind } = identity;
  const codes: readonly ErrorCode[] = kind === 'userAssigned' ? unusable : ['AzureKeyVaultMissingPermissions'];
  const fact = l10n.t('access of "{0}" to the key', name);
  if (settings.error) return [notChecked(fact, settings.error, codes)];
  const { permissionModel } = settings.value;
  const at = { key, vault: vault.value, settings: settings.value, roles: roles?.value ?? [] };
  const access = { ...at, identity: { ...identity, principalId }, codes };
  const foreign = isForeign(use, facts);
  const application = kind === 'userAssigned' ? user.value?.federatedClientId : undefined;
  // No permission of the identity itself counts there. The check of the tenants reports why.
  if (foreign === true) return application === undefined ? [] : [applicationAccess(access, application)];
  if (permissionModel === 'localRoles') return [hsmAccess(access)];
  if (permissionModel === 'roles' && roles?.error) return [notChecked(fact, roles.error, codes)];
  const missing = missingUses(access);
  if (missing.length === 0) return [canUse(access)];
  const mayBeApplication = foreign === undefined && application !== undefined;
  return [mayBeApplication ? applicationAccess(access, application) : lacks(access, missing)];
};

/** Roles grant access to single keys, access policies to all keys of a vault. A condition of a role isn't evaluated. */
function canUse(access: KeyAccess): Finding {
  const { identity, key, vault, settings, roles, codes } = access;
  if (settings.permissionModel !== 'roles') {
    const text = l10n.t('"{0}" can use the keys of "{1}"', identity.name, vault.name);
    return { outcome: 'pass', text, detail: l10n.t('Its access policy gives get, wrapKey, and unwrapKey.'), codes };
  }
  const unconditional = roles.filter(({ isConditional }) => !isConditional);
  const isSure = missingUses({ ...access, roles: unconditional }).length === 0;
  const giving = (isSure ? unconditional : roles).filter((role) => uses.some(({ action }) => gives(role, action)));
  const detail = listed(giving.map(grantText));
  return isSure
    ? {
        outcome: 'pass',
        text: l10n.t('"{0}" can use the key "{1}" of "{2}"', identity.name, key.name, vault.name),
        detail,
        codes,
      }
    : {
        outcome: 'warn',
        text: l10n.t(
          'Conditions decide whether "{0}" can use the key "{1}" of "{2}"',
          identity.name,
          key.name,
          vault.name,
        ),
        detail: l10n.t("Access may be refused: this extension doesn't evaluate conditions. {0}", detail),
        codes,
      };
}

const gives = ({ dataActions, notDataActions }: RoleGrant, action: string): boolean =>
  includesAction(dataActions, action) && !includesAction(notDataActions, action);

/** Whether roles give everything that TDE needs on a key, without conditions. */
export const givesUses = (roles: readonly RoleGrant[]): boolean =>
  uses.every(({ action }) => roles.some((role) => !role.isConditional && gives(role, action)));

function missingUses({
  settings: { permissionModel, accessPolicies },
  identity,
  roles,
}: Pick<KeyAccess, 'settings' | 'identity' | 'roles'>): string[] {
  const policies = accessPolicies.filter(({ objectId }) => sameId(objectId, identity.principalId));
  const granted = new Set(policies.flatMap(({ keyPermissions }) => keyPermissions));
  const isGranted = ({ permission, action }: (typeof uses)[number]): boolean =>
    permissionModel === 'roles'
      ? roles.some((role) => gives(role, action))
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
    'The vault is in another tenant than "{0}". There, Azure SQL uses the permissions of the application {1}.',
    identity.name,
    application,
  ),
  codes: ['AdalServicePrincipalNotFound', ...codes],
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
        title: l10n.t('How to Assign the Local Role'),
        portal: `resource${vault.id}`,
        command: azCommand('grantKeyAccess', values),
      },
    ],
  };
}
