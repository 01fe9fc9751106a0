import type { ServerIdentity, SqlServer } from '../core/model';
import type { Azure } from '../core/ports';
import { byName } from './collect';
import { during } from './failures';
import { queryResources } from './resourceGraph';
import type { Tenants } from './tenants';

const serversQuery =
  "resources | where type =~ 'microsoft.sql/servers' " +
  '| project id, name, location, resourceGroup, subscriptionId, identity, ' +
  'primaryUserAssigned = properties.primaryUserAssignedIdentityId | order by id asc';

const databasesQuery = (server: SqlServer): string =>
  "resources | where type =~ 'microsoft.sql/servers/databases' " +
  `| where id startswith '${server.id}/' | where name != 'master' | project id, name | order by id asc`;

export function sqlServers(tenants: Tenants): Azure['sqlServers'] {
  return {
    async list(subscriptionIds, signal) {
      const operation = { name: 'list SQL servers', resource: '' };
      const { items, failures } = await tenants.bySubscription(operation, subscriptionIds, (connection, ids) =>
        queryResources<Row>(connection, serversQuery, ids, signal),
      );
      return { items: items.map(toServer).sort(byName), failures };
    },

    listDatabases: (server, signal) =>
      during({ name: 'list databases', resource: server.id }, async () => {
        const { subscriptionId } = server;
        const connection = await tenants.of(subscriptionId);
        const rows = await queryResources<{ name: string }>(
          connection,
          databasesQuery(server),
          [subscriptionId],
          signal,
        );
        return rows.sort(byName).map(({ name }) => name);
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
