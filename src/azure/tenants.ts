import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { TokenCredential } from '@azure/core-auth';
import pMap from 'p-map';
import { idKey, sameId } from '../core/armId';
import { isArmError, type Operation } from '../core/armError';
import { knownError } from '../core/errors/errorCode';
import type { Account, Subscription, Tenant } from '../core/model';
import type { Accounts, ByTenant } from '../core/ports';
import { abortable, byName, collect } from './paging';
import type { Connection } from './connection';
import { during } from './failures';

/** Every tenant that the sign-in reaches, with a connection of its own, and which subscription belongs to which. */
export interface Tenants {
  /** The subscriptions of these tenants (lower-cased ids; all by default), each once though several tenants may show it. */
  readonly listSubscriptions: (
    tenantIds?: ReadonlySet<string>,
    signal?: AbortSignal,
  ) => Promise<ByTenant<Subscription>>;
  /** The connection for a subscription. */
  of(subscriptionId: string): Promise<Connection>;
  /** Asks every tenant that has one of these subscriptions, all at once. */
  bySubscription<T>(
    operation: Operation,
    subscriptionIds: readonly string[],
    ask: (connection: Connection, subscriptionIds: readonly string[]) => Promise<readonly T[]>,
  ): Promise<ByTenant<T>>;
}

/** Tenants asked at once. */
const parallel = 8;

/** A tenant and the way to it. */
export interface Reach {
  readonly tenant: Tenant;
  readonly connection: Connection;
}

/** @param reached who can be asked at all */
export function tenants(reached: (signal?: AbortSignal) => Promise<ByTenant<Reach>>): Tenants {
  /** By subscription, lower-cased, as ids of resources may have it in any casing: who reads it. */
  const owners = new Map<string, Reach>();
  const ownerOf = (subscriptionId: string): Reach | undefined => owners.get(idKey(subscriptionId));

  const listSubscriptions: Tenants['listSubscriptions'] = async (tenantIds, signal) => {
    const { items, failures } = await reached(signal);
    const asked = only(items, tenantIds);
    const read = await partly({ name: 'list subscriptions', resource: '' }, asked, async (reach) =>
      (await readSubscriptions(reach.connection, signal)).map((subscription) => ({ subscription, reach })),
    );
    const found = new Map<string, Subscription>();
    for (const { subscription, reach } of ownTenantFirst(read.items)) {
      if (!found.has(idKey(subscription.id))) {
        found.set(idKey(subscription.id), { ...subscription, tenantId: reach.tenant.id ?? subscription.tenantId });
        owners.set(idKey(subscription.id), reach);
      }
    }
    return { items: [...found.values()].sort(byName), failures: [...failures, ...read.failures] };
  };

  return {
    listSubscriptions,

    async of(subscriptionId) {
      if (!ownerOf(subscriptionId)) await listSubscriptions();
      const owner = ownerOf(subscriptionId);
      if (!owner) {
        throw knownError({ code: 'SubscriptionNotFound', message: subscriptionId });
      }
      return owner.connection;
    },

    async bySubscription(operation, subscriptionIds, ask) {
      const asked = new Map<Reach, string[]>();
      for (const id of subscriptionIds) {
        const reach = ownerOf(id);
        if (reach) asked.set(reach, [...(asked.get(reach) ?? []), id]);
      }
      return partly(operation, [...asked.keys()], (reach) => ask(reach.connection, asked.get(reach) ?? []));
    },
  };
}

/** Those of these tenants. A subscription that is delegated may be known by a tenant that nobody signs in to: then all. */
function only(items: readonly Reach[], tenantIds: ReadonlySet<string> | undefined): readonly Reach[] {
  const idOf = ({ tenant }: Reach): string => idKey(tenant.id ?? '');
  const reached = new Set(items.map(idOf));
  return tenantIds && [...tenantIds].every((id) => reached.has(id))
    ? items.filter((item) => tenantIds.has(idOf(item)))
    : items;
}

/** One sign-in to one tenant, whatever that is. */
export const reachedByMachine = (connection: Connection) => (): Promise<ByTenant<Reach>> =>
  Promise.resolve({ items: [{ tenant: { name: '' }, connection }], failures: [] });

/** Every tenant of every account. Only tenants that a subscription is delegated from are left out: nobody signs in there. */
export async function reachedByAccounts(
  accounts: Accounts,
  connect: (credential: TokenCredential) => Connection,
  signal?: AbortSignal,
): Promise<ByTenant<Reach>> {
  const signedIn = await accounts.list();
  if (signedIn.length === 0) {
    throw knownError({ code: 'NotSignedIn', message: '' });
  }
  const reach = (account: Account, tenant: Tenant): Reach => ({
    tenant: { ...tenant, account },
    connection: connect({ getToken: (_, options) => accounts.token(account, tenant.id, options?.claims) }),
  });
  const homes = signedIn.map((account) => ({ account, ...reach(account, { name: account.label }) }));
  return partly({ name: 'list tenants', resource: '' }, homes, async ({ account, connection }) =>
    (await readTenants(connection, signal)).map((tenant) => reach(account, tenant)),
  );
}

/** A tenant that a subscription is only delegated to gives way to the subscription's own. */
function ownTenantFirst<T extends { readonly subscription: Subscription; readonly reach: Reach }>(found: readonly T[]) {
  const isOwn = ({ subscription, reach }: T): boolean => sameId(subscription.tenantId, reach.tenant.id);
  return found.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

/** Asks all, and answers in their order; the failure of one does not keep the others from theirs. An abort does. */
async function partly<R extends Reach, T>(
  operation: Operation,
  reaches: readonly R[],
  ask: (reach: R) => Promise<readonly T[]>,
): Promise<ByTenant<T>> {
  const answers = await pMap(
    reaches,
    (reach): Promise<ByTenant<T>> =>
      during(operation, () => ask(reach)).then(
        (items) => ({ items, failures: [] }),
        (error: unknown) => {
          if (!isArmError(error)) throw error;
          return { items: [], failures: [{ tenant: reach.tenant, error }] };
        },
      ),
    { concurrency: parallel },
  );
  return { items: answers.flatMap(({ items }) => items), failures: answers.flatMap(({ failures }) => failures) };
}

async function readTenants({ credential, options }: Connection, signal?: AbortSignal): Promise<Tenant[]> {
  const all = await collect(new SubscriptionClient(credential, options).tenants.list(abortable(signal)));
  return all
    .filter(({ tenantCategory }) => tenantCategory !== 'ManagedBy')
    .map(({ tenantId = '', displayName, defaultDomain }) => ({
      id: tenantId,
      name: displayName ?? defaultDomain ?? tenantId,
    }));
}

async function readSubscriptions({ credential, options }: Connection, signal?: AbortSignal): Promise<Subscription[]> {
  const all = await collect(new SubscriptionClient(credential, options).subscriptions.list(abortable(signal)));
  return all
    .filter(({ state }) => state !== 'Disabled' && state !== 'Deleted')
    .map(({ subscriptionId = '', displayName, tenantId = '' }) => ({
      id: subscriptionId,
      name: displayName ?? subscriptionId,
      tenantId,
    }));
}
