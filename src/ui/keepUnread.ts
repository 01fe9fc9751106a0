import { idKey, sameId } from '../core/armId';
import { hasCode } from '../core/errors/errorCode';
import type { Subscription, Tenant } from '../core/model';
import type { TenantFailure } from '../core/ports';
import type { Inventory } from './inventory';
import { isChosen, type SubscriptionFilter } from './subscriptionFilter';

/**
 * Adds the rows of the last inventory that a failed read leaves out. Rows of a tenant that requires a sign-in are not kept,
 * because the account may have lost its access.
 */
export function keepUnread(
  now: Inventory,
  before: Inventory | undefined,
  filter: SubscriptionFilter | undefined,
): Inventory {
  const failed = now.failures.filter(({ error }) => !hasCode(error, 'TenantSignInRequired', 'StepUpRequired'));
  const [keptBecause] = failed;
  if (!before || !keptBecause) return now;
  const lost = before.tenants.filter((tenant) => failed.some((failure) => isIn(tenant, failure)));
  const isLost = ({ tenantId }: Subscription) => lost.some(({ id }) => id === undefined || sameId(id, tenantId));
  const listed = failed.every(({ error }) => error.operation?.name === 'list SQL servers');
  const kept = listed ? [] : before.subscriptions.filter((one) => isLost(one) && isChosen(one, filter));
  const subscriptions = withMissing(now.subscriptions, kept);
  const own = new Set(subscriptions.filter(isLost).map(({ id }) => idKey(id)));
  const servers = withMissing(
    now.servers,
    before.servers.filter(({ subscriptionId }) => own.has(idKey(subscriptionId))),
  );
  if (servers === now.servers && subscriptions === now.subscriptions) return now;
  const tenants = [...now.tenants, ...lost.filter((tenant) => !now.tenants.some((one) => isSame(one, tenant)))];
  return { ...now, subscriptions, servers, tenants, asOf: before.asOf, keptBecause };
}

const isSame = (one: Tenant, other: Tenant): boolean =>
  one.account?.id === other.account?.id && (one.id === other.id || sameId(one.id, other.id));

/** Whether a failure concerns a tenant. Without an ID of the tenant, it concerns all tenants of the account. */
const isIn = (tenant: Tenant, { tenant: failed }: TenantFailure): boolean =>
  failed.id === undefined ? tenant.account?.id === failed.account?.id : isSame(tenant, failed);

/** The items and the earlier ones that are missing, by name. */
function withMissing<T extends { readonly id: string; readonly name: string }>(
  items: readonly T[],
  earlier: readonly T[],
): readonly T[] {
  const known = new Set(items.map(({ id }) => idKey(id)));
  const missing = earlier.filter(({ id }) => !known.has(idKey(id)));
  return missing.length === 0 ? items : [...items, ...missing].sort((a, b) => a.name.localeCompare(b.name));
}
