import { idKey, lastSegment, sameId } from '../core/armId';

/** The subscriptions to show and the tenants to ask for them, by `idKey`. */
export interface SubscriptionFilter {
  readonly subscriptionIds: ReadonlySet<string>;
  readonly tenantIds: ReadonlySet<string>;
}

/**
 * The filter for a choice of subscriptions; undefined if nothing is chosen, which means all subscriptions.
 * @param chosen "tenant/subscription" each
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

/** What a user was asked for and answered; subscriptions are "tenant/subscription" each, as in the settings. */
export interface SubscriptionAnswer {
  /** The choice until now; empty means everything. */
  readonly before: readonly string[];
  /** What could be read and was offered. */
  readonly offered: readonly string[];
  /** Whether every tenant could be read. */
  readonly complete: boolean;
  readonly checked: readonly string[];
}

/** The choice to save: what is checked and, of tenants that could not be read, what was chosen before. */
export function subscriptionChoice({ before, offered, complete, checked }: SubscriptionAnswer): readonly string[] {
  const isOffered = (entry: string) => offered.some((other) => sameId(lastSegment(other), lastSegment(entry)));
  const kept = complete ? [] : before.filter((entry) => !isOffered(entry));
  const everything = checked.length === offered.length && (complete || before.length === 0);
  return everything ? [] : [...checked, ...kept];
}
