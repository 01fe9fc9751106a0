import { l10n } from 'vscode';
import { sameId } from '../../core/armId';
import type { AzureFix } from '../../core/checks/describeFix';
import type { Fix } from '../../core/errors/fix';
import type { SqlServer, UserAssignedIdentity } from '../../core/model';
import { notify, type Action } from '../messages';
import { readWithProgress } from '../progress';
import { pickAction } from '../quickPick';
import type { Services } from '../services';

/** A fix that needs an identity. */
export type IdentityFix = Extract<
  Fix,
  { readonly kind: 'assignIdentity' | 'choosePrimaryIdentity' | 'chooseDatabaseIdentity' }
>;

export const needsIdentity = (fix: Fix): fix is IdentityFix =>
  fix.kind === 'assignIdentity' || fix.kind === 'choosePrimaryIdentity' || fix.kind === 'chooseDatabaseIdentity';

/** Asks which identity the server or database is to use: those in its tenant, or a new system-assigned one. @returns undefined on Esc */
export async function chooseIdentity(services: Services, fix: IdentityFix): Promise<AzureFix | undefined> {
  const { server } = fix;
  const reading = l10n.t('Reading the identities that "{0}" can use…', server.name);
  const identities = await readWithProgress(services, reading, ({ signal }) => identitiesFor(services, server, signal));
  if (!identities) return undefined;
  if (fix.kind === 'assignIdentity' && identities.length === 0) return fix;
  if (fix.kind === 'chooseDatabaseIdentity') return chooseForDatabase(services, fix, identities);
  const primaries = identities.map((identity): Action<AzureFix> => ({
    title: labelOf(identity, server),
    run: () => ({ kind: 'setPrimaryIdentity', server, identity }),
  }));
  const system: Action<AzureFix> = {
    title: l10n.t('System-assigned identity'),
    run: () => ({ kind: 'assignIdentity', server }),
  };
  const placeHolder = l10n.t('Choose the identity with which "{0}" accesses its keys', server.name);
  const title = fix.kind === 'assignIdentity' ? l10n.t('Assign Identity') : l10n.t('Set Primary Identity');
  return pickAction(services, title, placeHolder, [...(fix.kind === 'assignIdentity' ? [system] : []), ...primaries]);
}

/** A database has only user-assigned identities, so without one there is nothing to choose, which is shown. */
async function chooseForDatabase(
  services: Services,
  { server, database }: Extract<Fix, { readonly kind: 'chooseDatabaseIdentity' }>,
  identities: readonly UserAssignedIdentity[],
): Promise<AzureFix | undefined> {
  if (identities.length === 0) {
    void notify('warning', l10n.t('Your account sees no user-assigned identity in this tenant. Create one first.'));
    return undefined;
  }
  const placeHolder = l10n.t('Choose the identity with which "{0}" accesses its keys', database.name);
  const choices = identities.map((identity): Action<AzureFix> => ({
    title: l10n.t('{0} (resource group {1})', identity.name, identity.resourceGroup),
    run: () => ({ kind: 'assignDatabaseIdentity', server, database, identity }),
  }));
  return pickAction(services, l10n.t('Assign Identity'), placeHolder, choices);
}

/** The user-assigned identities in the tenant of the server; those that it has come first. */
async function identitiesFor(
  { azure, inventory }: Services,
  { subscriptionId, identity: { userAssigned } }: SqlServer,
  signal: AbortSignal,
): Promise<readonly UserAssignedIdentity[]> {
  const { subscriptions } = await inventory.get();
  const tenant = subscriptions.find(({ id }) => sameId(id, subscriptionId))?.tenantId;
  const ids = subscriptions.filter(({ tenantId }) => sameId(tenantId, tenant)).map(({ id }) => id);
  const { items } = await (await azure.get()).sqlServers.listIdentities(ids, signal);
  const isAssigned = (one: UserAssignedIdentity) => userAssigned.some(({ id }) => sameId(id, one.id));
  return [...items.filter(isAssigned), ...items.filter((one) => !isAssigned(one))];
}

const labelOf = (
  { id, name, resourceGroup }: UserAssignedIdentity,
  { identity: { userAssigned } }: SqlServer,
): string =>
  userAssigned.some((one) => sameId(one.id, id))
    ? l10n.t('{0} (assigned, resource group {1})', name, resourceGroup)
    : l10n.t('{0} (resource group {1})', name, resourceGroup);
