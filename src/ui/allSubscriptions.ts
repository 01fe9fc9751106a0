import type { Subscription } from '../core/model';
import type { Azure, TenantFailure } from '../core/ports';
import type { Remembered } from '../core/remembered';
import type { Inventory } from './inventory';

/** What the subscriptions are read from. */
interface Sources {
  readonly azure: Pick<Remembered<Pick<Azure, 'subscriptions'>>, 'get'>;
  readonly inventory: Pick<Remembered<Inventory>, 'get'>;
}

/**
 * The subscriptions that the accounts can read, also those that the filter hides: vaults and replicas may be in any of them.
 * Without a filter, these are the ones of the view, and nothing is read.
 */
export async function allSubscriptions(
  { azure, inventory }: Sources,
  signal?: AbortSignal,
): Promise<{ readonly subscriptions: readonly Subscription[]; readonly failures: readonly TenantFailure[] }> {
  const { subscriptions, filter, failures } = await inventory.get();
  if (!filter) {
    return { subscriptions, failures: failures.filter(({ error }) => error.operation?.name !== 'list SQL servers') };
  }
  const all = await (await azure.get()).subscriptions.list(undefined, signal);
  return { subscriptions: all.items, failures: all.failures };
}
