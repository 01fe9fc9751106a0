import * as l10n from '@vscode/l10n';
import { isInstanceId, lastSegment, sameId } from '../armId';
import type { Creation } from '../creation/creation';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { ServerDetails } from '../model';
import type { Finding } from '../errors/finding';
import type { EffectiveIdentity, Fix } from '../errors/fix';
import type { KeyUse, KeyUseCheck } from './check';
import type { Facts, KeyUseFacts, KeyUser } from './facts';

const noIdentity = 'AzureKeyVaultNoServerIdentity';
const notInDirectory = 'AdalServicePrincipalNotFound';
const crossTenant = 'BlockSystemAssignedIdentityForCrossTenantCMK';
const unusable: readonly ErrorCode[] = ['UmiMissingAkvPermissions', 'AzureKeyVaultMissingPermissions'];

/**
 * The identity with which a server or database accesses the vault: the primary user-assigned one if any is assigned, or else the system-assigned one.
 * Source: Azure SQL docs, "Managed identities for TDE with customer-managed keys".
 */
export function effectiveIdentity({
  name,
  identity,
}: Pick<KeyUser, 'name' | 'identity'>): EffectiveIdentity | undefined {
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
export const identityCheck = (
  { server: place }: Pick<Creation, 'server'>,
  { server }: Pick<Facts, 'server'>,
): readonly Finding[] => {
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
    return [{ outcome: 'fail', text, codes, fixes: ofLogicalServer({ kind: 'assignIdentity', server: server.value }) }];
  }
  return [
    {
      outcome: 'fail',
      text: identity
        ? l10n.t('The primary identity of "{0}", "{1}", no longer exists', place.name, identity.name)
        : l10n.t('"{0}" has user-assigned identities, but none is set as primary', place.name),
      codes,
      fixes: ofLogicalServer({ kind: 'choosePrimaryIdentity', server: server.value }),
    },
  ];
};

/** Identities of managed instances can't be changed here. */
const ofLogicalServer = (fix: Fix & { readonly server: Pick<ServerDetails, 'id'> }): readonly Fix[] =>
  isInstanceId(fix.server.id) ? [] : [fix];

/** Whether the identity and the vault are in different tenants; undefined if the tenant of one of them is unknown. */
export function isForeign(
  { user: place }: Partial<Pick<KeyUse, 'user'>>,
  { user, settings }: Pick<KeyUseFacts, 'user' | 'settings'>,
): boolean | undefined {
  const home = user.value?.identityTenantId ?? place?.tenantId;
  return home === undefined || !settings?.value ? undefined : !sameId(home, settings.value.tenantId);
}

/**
 * Are the identity and the vault in the same tenant? Only a user-assigned identity can use a vault in another tenant, and only as a
 * multitenant application. Source: Azure SQL docs, "Cross-tenant customer-managed keys".
 */
export const tenantCheck: KeyUseCheck<'user' | 'settings'> = (use, facts) => {
  const { user } = facts;
  const identity = user.value && effectiveIdentity(user.value);
  const foreign = isForeign(use, facts);
  if (foreign === undefined || !identity) return [];
  const codes: readonly ErrorCode[] = [notInDirectory, crossTenant];
  if (!foreign) return [{ outcome: 'pass', text: l10n.t('The identity and the vault are in the same tenant'), codes }];
  if (identity.kind === 'userAssigned') {
    return user.value.federatedClientId === undefined ? [withoutApplication(use.user.name, identity.name)] : [];
  }
  return [
    {
      outcome: 'fail',
      text: l10n.t('The identity of "{0}" and the vault are in different tenants', use.user.name),
      detail: l10n.t(
        'A system-assigned identity works only in its own tenant, whatever permissions it gets. After a move to another tenant, assign it again.',
      ),
      basis: 'documented',
      codes: [...codes, ...unusable],
    },
  ];
};

const withoutApplication = (user: string, identity: string): Finding => ({
  outcome: 'fail',
  text: l10n.t('"{0}" has no federated client ID for a vault of another tenant', user),
  detail: l10n.t(
    '"{0}" can use that vault only as a multitenant application that trusts it. There, Azure SQL uses the permissions of the application, not those of the identity.',
    identity,
  ),
  basis: 'documented',
  codes: [notInDirectory, ...unusable],
});
