import type { SqlServer } from '../core/model';
import type { Azure } from '../core/ports';
import { abortable, byName, collect } from './paging';
import { during } from './failures';
import { listGeoPartners } from './geoPartners';
import { firstOf, named, queryResources } from './resourceGraph';
import { assignIdentity, readServer, toIdentity, type IdentityFacts } from './serverDetails';
import type { SqlClients } from './clients';
import type { Tenants } from './tenants';

export function sqlServers(tenants: Tenants, clients: SqlClients): Azure['sqlServers'] {
  return { ...inResourceGraph(tenants), ...inResourceManager(clients) };
}

function inResourceGraph(tenants: Tenants): Pick<Azure['sqlServers'], 'list' | 'find' | 'listDatabases'> {
  return {
    async list(subscriptionIds, signal) {
      const operation = { name: 'list SQL servers', resource: '' };
      const { items, failures } = await tenants.bySubscription(operation, subscriptionIds, (connection, ids) =>
        queryResources<Row>(connection, serversQuery(), ids, signal),
      );
      return { items: items.map(toServer).sort(byName), failures };
    },

    async find(name, subscriptionIds, signal) {
      const filter = named(name);
      if (filter === undefined) return undefined;
      const operation = { name: 'find SQL server', resource: name };
      const row = firstOf(
        await tenants.bySubscription(operation, subscriptionIds, (connection, ids) =>
          queryResources<Row>(connection, serversQuery(filter), ids, signal),
        ),
      );
      return row && toServer(row);
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

function inResourceManager(clients: SqlClients): Omit<Azure['sqlServers'], keyof ReturnType<typeof inResourceGraph>> {
  return {
    get: (server, signal) =>
      during({ name: 'read SQL server', resource: server.id }, async () =>
        readServer(await clients(server.subscriptionId), server, signal),
      ),

    listGeoPartners: (server, signal) =>
      during({ name: 'list geo-replication partners', resource: server.id }, async () =>
        listGeoPartners(await clients(server.subscriptionId), server, signal),
      ),

    listRunningOperations: (server, signal) =>
      during({ name: 'list running operations', resource: server.id }, async () => {
        const { serverOperations } = await clients(server.subscriptionId);
        const listed = serverOperations.listByServer(server.resourceGroup, server.name, abortable(signal));
        return (await collect(listed))
          .filter(({ state }) => running.has(state?.toLowerCase() ?? ''))
          .map(({ operationFriendlyName, operation, name = '', startTime }) => ({
            name: operationFriendlyName ?? operation ?? name,
            ...(startTime && { started: startTime }),
          }));
      }),

    assignIdentity: (server, signal) =>
      during({ name: 'assign identity', resource: server.id }, async () =>
        assignIdentity(await clients(server.subscriptionId), server, signal),
      ),
  };
}

/** Of an operation. The list also holds what has ended. */
const running = new Set(['pending', 'inprogress', 'cancelinprogress']);

const serversQuery = (filter = ''): string =>
  `resources | where type =~ 'microsoft.sql/servers' ${filter}` +
  '| project id, name, location, resourceGroup, subscriptionId, identity, ' +
  'primaryUserAssigned = properties.primaryUserAssignedIdentityId | order by id asc';

const databasesQuery = (server: SqlServer): string =>
  "resources | where type =~ 'microsoft.sql/servers/databases' " +
  `| where id startswith '${server.id}/' | where name != 'master' | project id, name | order by id asc`;

/** A row of the query above; Resource Graph leaves out or nulls what a server does not have. */
interface Row extends Pick<SqlServer, 'id' | 'name' | 'location' | 'resourceGroup' | 'subscriptionId'> {
  readonly identity?: IdentityFacts | null;
  readonly primaryUserAssigned?: string | null;
}

function toServer({
  id,
  name,
  location,
  resourceGroup,
  subscriptionId,
  identity,
  primaryUserAssigned,
}: Row): SqlServer {
  return { id, name, location, resourceGroup, subscriptionId, identity: toIdentity(identity, primaryUserAssigned) };
}
