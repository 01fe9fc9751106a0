import * as l10n from '@vscode/l10n';
import { idKey, sameId } from '../core/armId';
import type { Inventory } from './inventory';

type UnshownReason = 'filtered' | 'tenantFiltered' | 'disabled' | 'noAccess' | 'unread';

/** A subscription that the view doesn't show, or a tenant whose subscriptions haven't been read. */
export interface Unshown {
  /** The ID of the subscription or tenant. */
  readonly id: string;
  /** The ID if no account can read the name. */
  readonly name: string;
  readonly reason: UnshownReason;
}

/** The subscriptions and tenants that the view doesn't show, by name. Failures have rows of their own. */
export function unshown(inventory: Omit<Inventory, 'servers' | 'asOf'>): readonly Unshown[] {
  const { subscriptions, hidden, disabled, failures, filter } = inventory;
  const known = new Set([...subscriptions, ...hidden, ...disabled].map(({ id }) => idKey(id)));
  const isRead = (tenantId: string): boolean =>
    !failures.some(({ tenant }) => tenant.id === undefined || sameId(tenant.id, tenantId));
  const missing = [...(filter?.subscriptions ?? [])].filter(([id]) => !known.has(id));
  const because = (reason: UnshownReason, all: readonly Pick<Unshown, 'id' | 'name'>[]): Unshown[] =>
    all.map(({ id, name }) => ({ id, name, reason }));
  return [
    ...because('filtered', hidden),
    ...because('disabled', disabled),
    ...missing.flatMap(([id, tenantId]) => because(isRead(tenantId) ? 'noAccess' : 'unread', [{ id, name: id }])),
    ...because('tenantFiltered', unreadTenants(inventory)),
  ].sort((a, b) => a.name.localeCompare(b.name));
}

/** The tenants without a chosen subscription. They aren't read, unless a chosen tenant can't be accessed. */
function unreadTenants({ tenants, filter }: Pick<Inventory, 'tenants' | 'filter'>) {
  const byId = new Map(tenants.map(({ id = '', name }) => [idKey(id), { id, name }]));
  const isComplete = filter && [...filter.tenantIds].every((id) => byId.has(id));
  return isComplete ? [...byId.values()].filter(({ id }) => !filter.tenantIds.has(idKey(id))) : [];
}

/** The reason in a few words. */
export function reasonWords(reason: UnshownReason): string {
  switch (reason) {
    case 'filtered':
    case 'tenantFiltered':
      return l10n.t('filtered');
    case 'disabled':
      return l10n.t('disabled');
    case 'noAccess':
      return l10n.t('no access');
    case 'unread':
      return l10n.t('tenant not readable');
  }
}

/** The reason as a sentence. */
export function reasonSentence(reason: UnshownReason): string {
  switch (reason) {
    case 'filtered':
      return l10n.t('The subscription filter hides this subscription.');
    case 'tenantFiltered':
      return l10n.t('No subscription of this tenant is selected, so its subscriptions are not read.');
    case 'disabled':
      return l10n.t('Azure has disabled this subscription, so nothing in it can be changed.');
    case 'noAccess':
      return l10n.t('This subscription is selected, but your accounts have no role in it, or it was deleted.');
    case 'unread':
      return l10n.t("This subscription is selected, but its tenant can't be read.");
  }
}
