import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { TokenCredential } from '@azure/core-auth';
import pMap from 'p-map';
import { idKey, sameId } from '../core/armId';
import { isArmError, type Operation } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import type { Account, Subscription, Tenant } from '../core/model';
import type { Accounts } from '../core/accounts';
import type { ByTenant, Subscriptions } from '../core/ports';
import type { Connection, ConnectionFor } from './gateway/connection';
import { during } from './gateway/failures';
import { abortable, byName, toArray } from './paging';

/** The tenants that can be accessed, and which subscription belongs to which. */
export interface Tenants {
  /** The subscriptions of these tenants, by default of all tenants. One that several tenants return is listed once. */
  readonly listSubscriptions: (tenantIds?: ReadonlySet<string>, signal?: AbortSignal) => Promise<Subscriptions>;
  readonly connectionFor: ConnectionFor;
  /** Calls `ask` for every tenant that has one of these subscriptions, in parallel. */
  bySubscription<T>(
    operation: Operation,
    subscriptionIds: readonly string[],
    ask: (connection: Connection, subscriptionIds: readonly string[]) => Promise<readonly T[]>,
  ): Promise<ByTenant<T>>;
}

/** How many tenants are read at once. */
const parallel = 8;

export interface TenantConnection {
  readonly tenant: Tenant;
  readonly connection: Connection;
}

interface FoundSubscription {
  readonly subscription: Subscription;
  readonly isDisabled: boolean;
}

/** @param connectAll connects to all tenants that can be accessed */
export function tenants(connectAll: (signal?: AbortSignal) => Promise<ByTenant<TenantConnection>>): Tenants {
  /** The tenant of each subscription, by `idKey`. */
  const owners = new Map<string, TenantConnection>();

  const listSubscriptions: Tenants['listSubscriptions'] = async (tenantIds, signal) => {
    const { items, failures } = await connectAll(signal);
    const operation = { name: 'list subscriptions', resource: '' };
    const read = await settlePerTenant(operation, inTenants(items, tenantIds), async (owner) =>
      (await readSubscriptions(owner, signal)).map((found) => ({ ...found, owner })),
    );
    const found = new Map<string, FoundSubscription>();
    for (const { owner, ...one } of ownTenantFirst(read.items)) {
      const key = idKey(one.subscription.id);
      if (found.has(key)) continue;
      found.set(key, one);
      owners.set(key, owner);
    }
    const all = [...failures, ...read.failures];
    return { ...byState([...found.values()]), failures: all, tenants: items.map(({ tenant }) => tenant) };
  };

  /** A list that waiting callers share, and its failures. A tenant that requires a sign-in doesn't make it fail. */
  let listing: Promise<ByTenant<unknown>['failures']> | undefined;
  const listOnce = () =>
    (listing ??= listSubscriptions()
      .then(({ failures }) => failures.filter(({ error }) => !hasCode(error, 'TenantSignInRequired')))
      .finally(() => (listing = undefined)));

  return {
    listSubscriptions,

    async connectionFor(subscriptionId) {
      const key = idKey(subscriptionId);
      const [failure] = owners.has(key) ? [] : await listOnce();
      const owner = owners.get(key);
      if (owner) return owner.connection;
      throw failure?.error ?? knownError({ code: 'SubscriptionNotFound', message: subscriptionId });
    },

    bySubscription(operation, subscriptionIds, ask) {
      const asked = byOwner(owners, subscriptionIds);
      return settlePerTenant(operation, [...asked.keys()], (owner) => ask(owner.connection, asked.get(owner) ?? []));
    },
  };
}

function byOwner(
  owners: ReadonlyMap<string, TenantConnection>,
  subscriptionIds: readonly string[],
): ReadonlyMap<TenantConnection, readonly string[]> {
  const asked = new Map<TenantConnection, string[]>();
  for (const id of subscriptionIds) {
    const owner = owners.get(idKey(id));
    if (owner) asked.set(owner, [...(asked.get(owner) ?? []), id]);
  }
  return asked;
}

/** These tenants, or all if one of them can't be accessed: a delegated subscription may name a tenant that no account signs in to. */
function inTenants(
  items: readonly TenantConnection[],
  tenantIds: ReadonlySet<string> | undefined,
): readonly TenantConnection[] {
  const idOf = ({ tenant }: TenantConnection): string => idKey(tenant.id ?? '');
  const reachable = new Set(items.map(idOf));
  return tenantIds && [...tenantIds].every((id) => reachable.has(id))
    ? items.filter((item) => tenantIds.has(idOf(item)))
    : items;
}

/** The one tenant of the credentials on this machine. */
export const machineTenants = (connection: Connection) => (): Promise<ByTenant<TenantConnection>> =>
  Promise.resolve({ items: [{ tenant: { name: '' }, connection }], failures: [] });

/** Every tenant of every account, except tenants that only delegate subscriptions: no account signs in to those. */
export async function accountTenants(
  accounts: Accounts,
  connect: (credential: TokenCredential) => Connection,
  signal?: AbortSignal,
): Promise<ByTenant<TenantConnection>> {
  const signedIn = await accounts.list();
  if (signedIn.length === 0) {
    throw knownError({ code: 'NotSignedIn', message: '' });
  }
  const connectTo = (account: Account, tenant: Tenant): TenantConnection => ({
    tenant: { ...tenant, account },
    connection: connect({ getToken: (_, options) => accounts.token(account, tenant.id, options?.claims) }),
  });
  const homes = signedIn.map((account) => ({ account, ...connectTo(account, { name: account.label }) }));
  return settlePerTenant({ name: 'list tenants', resource: '' }, homes, async ({ account, connection }) =>
    (await readTenants(connection, signal)).map((tenant) => connectTo(account, tenant)),
  );
}

/** Sorts the tenant that owns a subscription before those that it is delegated to. */
function ownTenantFirst<T extends { readonly subscription: Subscription; readonly owner: TenantConnection }>(
  found: readonly T[],
) {
  const isOwn = ({ subscription, owner }: T): boolean => sameId(subscription.tenantId, owner.tenant.id);
  return found.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

/** Calls `ask` for all tenants and returns the results in their order. A failure doesn't stop other tenants; an abort does. */
async function settlePerTenant<C extends TenantConnection, T>(
  operation: Operation,
  connections: readonly C[],
  ask: (connection: C) => Promise<readonly T[]>,
): Promise<ByTenant<T>> {
  const answers = await pMap(
    connections,
    (one): Promise<ByTenant<T>> =>
      during(operation, () => ask(one)).then(
        (items) => ({ items, failures: [] }),
        (error: unknown) => {
          if (!isArmError(error)) throw error;
          return { items: [], failures: [{ tenant: one.tenant, error }] };
        },
      ),
    { concurrency: parallel },
  );
  return { items: answers.flatMap(({ items }) => items), failures: answers.flatMap(({ failures }) => failures) };
}

async function readTenants({ credential, options }: Connection, signal?: AbortSignal): Promise<Tenant[]> {
  const all = await toArray(new SubscriptionClient(credential, options).tenants.list(abortable(signal)));
  return all
    .filter(({ tenantCategory }) => tenantCategory !== 'ManagedBy')
    .map(({ tenantId, displayName, defaultDomain }) => ({
      id: tenantId ?? '',
      name: displayName ?? defaultDomain ?? tenantId ?? '',
    }));
}

async function readSubscriptions(
  { tenant, connection }: TenantConnection,
  signal?: AbortSignal,
): Promise<FoundSubscription[]> {
  const { subscriptions } = new SubscriptionClient(connection.credential, connection.options);
  return (await toArray(subscriptions.list(abortable(signal)))).map(
    ({ subscriptionId, displayName, tenantId, state }) => ({
      subscription: {
        id: subscriptionId ?? '',
        name: displayName ?? subscriptionId ?? '',
        tenantId: tenantId ?? '',
        tenant,
      },
      isDisabled: state === 'Disabled' || state === 'Deleted',
    }),
  );
}

/** The enabled subscriptions, by name, and the disabled ones. */
function byState(found: readonly FoundSubscription[]): Pick<Subscriptions, 'items' | 'disabled'> {
  const all = found.map(({ isDisabled, subscription }) => {
    const { tenantId, tenant } = subscription;
    return { isDisabled, subscription: { ...subscription, tenantId: tenant?.id ?? tenantId } };
  });
  const those = (wanted: boolean): Subscription[] =>
    all.flatMap(({ isDisabled, subscription }) => (isDisabled === wanted ? subscription : [])).sort(byName);
  return { items: those(false), disabled: those(true) };
}
