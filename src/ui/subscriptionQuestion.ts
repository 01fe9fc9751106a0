import { idKey, lastSegment, sameId } from '../core/armId';
import type { Subscriptions } from '../core/ports';
import { isChosen, type SubscriptionFilter } from './subscriptionFilter';
import { reasonSentence, unshown } from './unshown';

interface SubscriptionItem {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly picked: boolean;
  /** As "tenant/subscription". */
  readonly data: string;
}

/**
 * The subscriptions to choose from. Those that can't be shown come last, with the reason, so that a user can remove them from
 * the choice.
 */
export function subscriptionItems(found: Subscriptions, filter: SubscriptionFilter | undefined): SubscriptionItem[] {
  const readable = found.items.map(({ id, name, tenantId }) => ({
    label: name,
    description: id,
    picked: isChosen({ id }, filter),
    data: `${tenantId}/${id}`,
  }));
  const impossible = unshown({ ...found, subscriptions: found.items, hidden: [], filter }).filter(
    ({ reason }) => reason === 'disabled' || reason === 'noAccess',
  );
  const tenantOf = (id: string) =>
    filter?.subscriptions.get(idKey(id)) ?? found.disabled.find((one) => sameId(one.id, id))?.tenantId;
  return [
    ...readable,
    ...impossible.map(({ id, name, reason }) => ({
      label: name,
      description: name === id ? '' : id,
      detail: reasonSentence(reason),
      picked: isChosen({ id }, filter),
      data: `${tenantOf(id) ?? ''}/${id}`,
    })),
  ];
}

/** The offered subscriptions and the user's answer. Each subscription is "tenant/subscription", as in the settings. */
export interface SubscriptionAnswer {
  /** The previous choice; empty means everything. */
  readonly before: readonly string[];
  /** The subscriptions that could be read and were offered. */
  readonly offered: readonly string[];
  /** Whether every tenant could be read. */
  readonly complete: boolean;
  readonly checked: readonly string[];
}

/** The choice to save: the checked subscriptions, and earlier choices in tenants that could not be read. */
export function subscriptionChoice({ before, offered, complete, checked }: SubscriptionAnswer): readonly string[] {
  const isOffered = (entry: string) => offered.some((other) => sameId(lastSegment(other), lastSegment(entry)));
  const kept = complete ? [] : before.filter((entry) => !isOffered(entry));
  const everything = checked.length === offered.length && (complete || before.length === 0);
  return everything ? [] : [...checked, ...kept];
}
