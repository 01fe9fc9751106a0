import { idKey, lastSegment, sameId } from '../core/armId';

/** The subscriptions to show and the tenants that contain them, by `idKey`. */
export interface SubscriptionFilter {
  readonly subscriptionIds: ReadonlySet<string>;
  readonly tenantIds: ReadonlySet<string>;
}

/**
 * The filter for a choice of subscriptions; undefined if nothing is chosen, which means all subscriptions.
 * @param chosen each as "tenant/subscription"
 */
export function subscriptionFilter(chosen: readonly string[]): SubscriptionFilter | undefined {
  const pairs = chosen.map((entry) => idKey(entry).split('/'));
  return pairs.length === 0
    ? undefined
    : {
        tenantIds: new Set(pairs.map(([tenantId = '']) => tenantId)),
        subscriptionIds: new Set(pairs.map((pair) => pair.at(-1) ?? '')),
      };
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
