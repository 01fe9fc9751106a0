import type { SqlServer, Subscription, Tenant } from '../core/model';
import { hasCode } from '../core/errors/errorCode';
import type { Azure, TenantFailure } from '../core/ports';
import type { EmptyView } from './ids';
import { isChosen, type SubscriptionFilter } from './subscriptionFilter';

/** The selected subscriptions and their logical servers that the accounts can read. */
export interface Inventory {
  readonly subscriptions: readonly Subscription[];
  readonly servers: readonly SqlServer[];
  /** The tenants that the accounts can access. */
  readonly tenants: readonly Tenant[];
  readonly failures: readonly TenantFailure[];
  /** The subscription filter; undefined if it hides nothing. */
  readonly filter: SubscriptionFilter | undefined;
  /** The subscriptions that the filter hides, as far as their tenants have been read. */
  readonly hidden: readonly Subscription[];
  /** The subscriptions that Azure has disabled. */
  readonly disabled: readonly Subscription[];
  /** When everything was read, or the oldest part. */
  readonly asOf: Date;
  /** The failure because of which rows of an earlier read are kept. */
  readonly keptBecause?: TenantFailure;
}

export async function readInventory(
  azure: Azure,
  filter: SubscriptionFilter | undefined,
  signal?: AbortSignal,
): Promise<Inventory> {
  const { items, disabled, failures, tenants } = await azure.subscriptions.list(filter?.tenantIds, signal);
  const subscriptions = items.filter((subscription) => isChosen(subscription, filter));
  const servers = await azure.sqlServers.list(
    subscriptions.map(({ id }) => id),
    signal,
  );
  return {
    subscriptions,
    servers: servers.items,
    tenants,
    failures: [...failures, ...servers.failures],
    filter,
    hidden: items.filter((subscription) => !isChosen(subscription, filter)),
    disabled,
    asOf: new Date(),
  };
}

/** Why there is nothing to show; undefined if there is something to show, even a failure. */
export function emptyView({ subscriptions, servers, failures, filter }: Inventory): EmptyView | undefined {
  if (servers.length > 0) return undefined;
  if (failures.length > 0) {
    if (failures.every(hasNoCredential)) return 'noCredential';
    return failures.every(isAccountSignedOut) ? 'notSignedIn' : undefined;
  }
  if (subscriptions.length > 0) return 'noServer';
  return filter ? 'allFiltered' : 'noSubscription';
}

/** VS Code knows the account, but has no session for this extension, not even in the account's home tenant. */
const isAccountSignedOut = ({ tenant, error }: TenantFailure): boolean =>
  hasCode(error, 'TenantSignInRequired') && tenant.id === undefined;

/** No credential of this machine works. */
const hasNoCredential = ({ error }: TenantFailure): boolean => hasCode(error, 'SignInRequired');
