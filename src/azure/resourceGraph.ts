import { createResourceGraph, resources } from '@azure/arm-resourcegraph/api';
import type { ArmError } from '../core/armError';
import { knownError } from '../core/errors/errorCode';
import type { ByTenant } from '../core/ports';
import type { Connection } from './gateway/connection';
import { asObject } from './gateway/failures';
import { withoutRepeats } from './gateway/responses';
import { abortable, byName } from './paging';
import type { Tenants } from './tenants';

/** Resource Graph returns at most 1,000 rows per page and accepts about 300 subscriptions per query. */
const limits = { rows: 1000, subscriptions: 300, pages: 1000 };

/** One kind of resource in Resource Graph. */
export interface ResourceKind<Row, T> {
  /** Names of the operations, for failures. */
  readonly operations: { readonly list: string; readonly find: string };
  /** The query. It must order by id, because paging relies on the order. `filter` is empty or a `where`. */
  readonly query: (filter: string) => string;
  readonly toItems: (rows: readonly Row[]) => readonly T[];
}

/** Lists and finds the resources of a kind, with one query per tenant and thousand resources. */
export function resourcesOf<Row, T extends { readonly name: string }>(
  tenants: Tenants,
  { operations, query, toItems }: ResourceKind<Row, T>,
) {
  const read = (name: string, resource: string, ids: readonly string[], filter: string, signal?: AbortSignal) =>
    tenants.bySubscription({ name, resource }, ids, async (connection, ownIds) => {
      const rows = await queryResources<Row>(connection, query(filter), ownIds, signal);
      if (!rows.every((row) => hasTexts(row, ...columns)))
        throw unexpectedAnswer('The rows of the response are incomplete.');
      return toItems(rows);
    });

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
    const tokens = new Set<string | undefined>();
    let skipToken: string | undefined;
    do {
      if (tokens.has(skipToken) || tokens.size >= limits.pages)
        throw unexpectedAnswer(`The rows don't end after ${tokens.size} pages.`);
      tokens.add(skipToken);
      const page = await resources(
        client,
        {
          subscriptions,
          query,
          options: { resultFormat: 'objectArray', top: limits.rows, ...(skipToken && { skipToken }) },
        },
        abortable(signal),
      );
      if (!isTable(page.data)) throw unexpectedAnswer('The rows of the response have no ID and name.');
      rows.push(...(page.data as Row[]));
      skipToken = page.skipToken;
    } while (skipToken);
    return withoutRepeats(rows);
  };
  const parts: Promise<Row[]>[] = [];
  for (let i = 0; i < subscriptionIds.length; i += limits.subscriptions) {
    parts.push(rowsOf(subscriptionIds.slice(i, i + limits.subscriptions)));
  }
  return (await Promise.all(parts)).flat();
}

const unexpectedAnswer = (message: string): ArmError => knownError({ code: 'UnexpectedAnswer', message });

/** Every query asks for an ID and a name. */
const isTable = (data: unknown): boolean => Array.isArray(data) && data.every((row) => hasTexts(row, 'id', 'name'));

/** The columns that every resource has. */
const columns = ['location', 'resourceGroup', 'subscriptionId'];

const hasTexts = (row: unknown, ...names: readonly string[]): boolean =>
  names.every((name) => typeof asObject(row)?.[name] === 'string');

/** A string literal of the query language, which is on one line. Names come from Azure, and must not change the query. */
export const kqlString = (text: string): string =>
  `'${text.replace(/[\\'\n\r\t]/g, (sign) => `\\${kqlLetters[sign] ?? sign}`)}'`;

const kqlLetters: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

/**
 * The filter of a query for a name in any casing. Names come from pasted text and must not inject into the query. Undefined
 * for a name with characters other than letters, digits, and hyphens, because no resource has such a name.
 */
function nameFilter(name: string): string | undefined {
  return /^[a-z0-9-]+$/i.test(name) ? `| where name =~ '${name}' ` : undefined;
}
