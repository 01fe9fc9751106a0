import { createResourceGraph, resources } from '@azure/arm-resourcegraph/api';
import type { ByTenant } from '../core/ports';
import { abortable } from './paging';
import type { Connection } from './connection';

/** Resource Graph: at most 1,000 rows a page, and a query over at most about 300 subscriptions. */
const limits = { rows: 1000, subscriptions: 300 };

/** All rows of a query over these subscriptions. It has to order by id, which is what pages continue from. */
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
 * The part of a query that asks for a name, whatever its casing. Names come from what users paste, and must not become part of
 * the query: one with other characters than letters, digits and hyphens is nobody's, and there is nothing to ask.
 */
export function named(name: string): string | undefined {
  return /^[a-z0-9-]+$/i.test(name) ? `| where name =~ '${name}' ` : undefined;
}

/** What was looked for. That a tenant could not be asked matters only if no other had it. */
export function firstOf<T>({ items: [item], failures: [failure] }: ByTenant<T>): T | undefined {
  if (item === undefined && failure) throw failure.error;
  return item;
}
