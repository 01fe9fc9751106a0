import { createResourceGraph, resources } from '@azure/arm-resourcegraph/api';
import { abortable } from './collect';
import type { Connection } from './connect';

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
