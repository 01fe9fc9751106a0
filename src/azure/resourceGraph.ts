import { createResourceGraph, resources } from '@azure/arm-resourcegraph/api';
import type { ByTenant } from '../core/ports';
import type { Connection } from './gateway/connection';
import { abortable, byName } from './paging';
import type { Tenants } from './tenants';

/** Resource Graph returns at most 1,000 rows per page and accepts about 300 subscriptions per query. */
const limits = { rows: 1000, subscriptions: 300 };

/** One kind of resource in Resource Graph. */
export interface ResourceKind<Row, T> {
  /** Names of the operations, for failures. */
  readonly operations: { readonly list: string; readonly find: string };
  /** The query. It must order by id, because paging relies on the order. `filter` is empty or a `where`. */
  readonly query: (filter: string) => string;
  readonly toItem: (row: Row) => T;
}

/** Lists and finds the resources of a kind, with one query per tenant and thousand resources. */
export function resourcesOf<Row, T extends { readonly name: string }>(
  tenants: Tenants,
  { operations, query, toItem }: ResourceKind<Row, T>,
) {
  const read = (name: string, resource: string, ids: readonly string[], filter: string, signal?: AbortSignal) =>
    tenants.bySubscription({ name, resource }, ids, async (connection, ownIds) =>
      (await queryResources<Row>(connection, query(filter), ownIds, signal)).map(toItem),
    );

  const list = async (subscriptionIds: readonly string[], signal?: AbortSignal): Promise<ByTenant<T>> => {
    const { items, failures } = await read(operations.list, '', subscriptionIds, '', signal);
    return { items: items.toSorted(byName), failures };
  };

  /** The first resource with this name that `isWanted` accepts. Throws the failure of a tenant only if nothing is found. */
  const find = async (
    { name, resource = name }: { readonly name: string; readonly resource?: string },
    isWanted: (item: T) => boolean,
    subscriptionIds: readonly string[],
    signal?: AbortSignal,
  ): Promise<T | undefined> => {
    const filter = nameFilter(name);
    if (filter === undefined) return undefined;
    const { items, failures } = await read(operations.find, resource, subscriptionIds, filter, signal);
    const found = items.find(isWanted);
    if (found === undefined && failures[0]) throw failures[0].error;
    return found;
  };

  return { list, find };
}

/** All rows of a query over these subscriptions. The query must order by id. */
export async function queryResources<Row>(
  { credential, options }: Connection,
  query: string,
  subscriptionIds: readonly string[],
  signal?: AbortSignal,
): Promise<Row[]> {
  const client = createResourceGraph(credential, '', options);
  const rowsOf = async (subscriptions: string[]): Promise<Row[]> => {
    const rows: Row[] = [];
    let skipToken: string | undefined;
    do {
      const page = await resources(
        client,
        {
          subscriptions,
          query,
          options: { resultFormat: 'objectArray', top: limits.rows, ...(skipToken && { skipToken }) },
        },
        abortable(signal),
      );
      rows.push(...(page.data as Row[]));
      skipToken = page.skipToken;
    } while (skipToken);
    return rows;
  };
  const parts: Promise<Row[]>[] = [];
  for (let i = 0; i < subscriptionIds.length; i += limits.subscriptions) {
    parts.push(rowsOf(subscriptionIds.slice(i, i + limits.subscriptions)));
  }
  return (await Promise.all(parts)).flat();
}

/**
 * The filter of a query for a name in any casing. Names come from pasted text and must not inject into the query. Undefined
 * for a name with characters other than letters, digits, and hyphens, because no resource has such a name.
 */
function nameFilter(name: string): string | undefined {
  return /^[a-z0-9-]+$/i.test(name) ? `| where name =~ '${name}' ` : undefined;
}
