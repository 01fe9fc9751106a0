import { idKey } from '../core/armId';
import type { Subscription } from '../core/model';

/** The subscriptions to show and the tenants that contain them, by `idKey`. */
export interface SubscriptionFilter {
  /** The tenant of each subscription. */
  readonly subscriptions: ReadonlyMap<string, string>;
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
        subscriptions: new Map(pairs.map((pair) => [pair.at(-1) ?? '', pair[0] ?? ''])),
      };
}

/** Whether a filter shows a subscription. */
export const isChosen = ({ id }: Pick<Subscription, 'id'>, filter: SubscriptionFilter | undefined): boolean =>
  filter?.subscriptions.has(idKey(id)) ?? true;
