import { createResourceGraph, resources } from '@azure/arm-resourcegraph/api';
import type { ServerIdentity, SqlServer } from '../core/model';
import type { Azure } from '../core/ports';
import { abortable, byName } from './collect';
import type { Connection } from './connect';
import { during } from './failures';

const query =
  "resources | where type =~ 'microsoft.sql/servers' " +
  '| project id, name, location, resourceGroup, subscriptionId, identity, ' +
  'primaryUserAssigned = properties.primaryUserAssignedIdentityId | order by id asc';

/** Resource Graph: at most 1,000 rows a page, and a query over at most about 300 subscriptions. */
const limits = { rows: 1000, subscriptions: 300 };

export function sqlServers({ credential, options }: Connection): Azure['sqlServers'] {
  const client = createResourceGraph(credential, '', options);

  async function listSome(subscriptionIds: string[], signal?: AbortSignal): Promise<SqlServer[]> {
    const servers: SqlServer[] = [];
    let skipToken: string | undefined;
    do {
      const page = await resources(
        client,
        {
          subscriptions: subscriptionIds,
          query,
          options: { resultFormat: 'objectArray', top: limits.rows, ...(skipToken && { skipToken }) },
        },
        abortable(signal),
      );
      servers.push(...(page.data as Row[]).map(toServer));
      skipToken = page.skipToken;
    } while (skipToken);
    return servers;
  }

  return {
    list: (subscriptionIds, signal) =>
      during({ name: 'list SQL servers', resource: '' }, async () => {
        const parts: Promise<SqlServer[]>[] = [];
        for (let i = 0; i < subscriptionIds.length; i += limits.subscriptions) {
          parts.push(listSome(subscriptionIds.slice(i, i + limits.subscriptions), signal));
        }
        return (await Promise.all(parts)).flat().sort(byName);
      }),
  };
}

/** A row of the query above; Resource Graph leaves out or nulls what a server does not have. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly identity?: {
    readonly type?: string;
    readonly principalId?: string;
    readonly userAssignedIdentities?: Readonly<Record<string, { readonly principalId?: string }>>;
  } | null;
  readonly primaryUserAssigned?: string | null;
}

function toServer({ id, name, location, resourceGroup, subscriptionId, ...row }: Row): SqlServer {
  return { id, name, location, resourceGroup, subscriptionId, identity: toIdentity(row) };
}

function toIdentity({ identity, primaryUserAssigned }: Pick<Row, 'identity' | 'primaryUserAssigned'>): ServerIdentity {
  const userAssigned = Object.entries(identity?.userAssignedIdentities ?? {});
  return {
    ...(identity?.principalId && { systemAssigned: { principalId: identity.principalId } }),
    userAssigned: userAssigned.map(([id, { principalId }]) => ({ id, ...(principalId && { principalId }) })),
    ...(primaryUserAssigned && { primaryUserAssigned }),
  };
}
