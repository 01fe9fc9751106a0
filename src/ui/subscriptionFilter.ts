import { idKey } from '../core/armId';

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
