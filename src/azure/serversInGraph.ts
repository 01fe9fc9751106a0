import { idKey, isInstanceId, sameId } from '../core/armId';
import type { SqlServer } from '../core/model';
import type { Azure } from '../core/ports';
import { resourceGroupId } from '../core/resourceGroupId';
import { during } from './gateway/failures';
import { byName } from './paging';
import { kqlString, queryResources, resourcesOf, type ResourceKind } from './resourceGraph';
import { toIdentity, type IdentityFacts } from './serverDetails';
import type { Tenants } from './tenants';
import { userAssignedIdentityKind } from './userAssignedIdentities';

/** What Resource Graph knows of servers, and of the identities that they can use. */
export function serversInGraph(
  tenants: Tenants,
): Pick<Azure['sqlServers'], 'list' | 'find' | 'findInstance' | 'listIdentities'> {
  const inGraph = resourcesOf(tenants, sqlServerKind);
  const groups = resourcesOf(tenants, synapseGroupKind);
  return {
    async list(subscriptionIds, signal) {
      const [servers, managed] = await Promise.all([
        inGraph.list(subscriptionIds, signal),
        groups.list(subscriptionIds, signal),
      ]);
      return managed.items.length === 0 ? servers : { ...servers, items: withWorkspaces(servers.items, managed.items) };
    },
    listIdentities: resourcesOf(tenants, userAssignedIdentityKind).list,
    find: (name, subscriptionIds, signal) =>
      inGraph.find(
        { name },
        ({ id, name: other }) => sameId(other, name) && !isInstanceId(id),
        subscriptionIds,
        signal,
      ),
    findInstance: (name, subscriptionIds, signal) =>
      inGraph.find({ name }, ({ id, name: other }) => sameId(other, name) && isInstanceId(id), subscriptionIds, signal),
  };
}

/** What Resource Graph knows of the databases of servers. */
export function databasesInGraph(tenants: Tenants): Pick<Azure['sqlServers'], 'listInaccessible' | 'listDatabases'> {
  return {
    listInaccessible: (subscriptionIds, signal) =>
      during({ name: 'list inaccessible databases', resource: '' }, async () => {
        const { items } = await tenants.bySubscription(
          { name: 'list inaccessible databases', resource: '' },
          subscriptionIds,
          (connection, ids) => queryResources<{ id: string; name: string }>(connection, inaccessibleQuery, ids, signal),
        );
        return items.map(({ id, name }) => ({ server: id.replace(/\/databases\/[^/]+$/i, ''), name }));
      }),

    listDatabases: (server, signal) =>
      during({ name: 'list databases', resource: server.id }, async () => {
        const { subscriptionId } = server;
        const connection = await tenants.connectionFor(subscriptionId);
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

const databaseTypes = "('microsoft.sql/servers/databases', 'microsoft.sql/managedinstances/databases')";

const databasesQuery = (server: SqlServer): string =>
  `resources | where type in~ ${databaseTypes} ` +
  `| where id startswith ${kqlString(`${server.id}/`)} | where name != 'master' | project id, name | order by id asc`;

const inaccessibleQuery =
  `resources | where type in~ ${databaseTypes} ` +
  "| where properties.status =~ 'Inaccessible' | project id, name | order by id asc";

/** A row of the query below. Properties that a server doesn't have are missing or null. */
interface Row extends Pick<SqlServer, 'id' | 'name' | 'location' | 'resourceGroup' | 'subscriptionId'> {
  readonly identity?: IdentityFacts | null;
  readonly primaryUserAssigned?: string | null;
  readonly keyId?: string | null;
  readonly tenantId?: string | null;
}

/** Azure doesn't document that Resource Graph has keyId. A missing keyId means something only if other logical servers have one. */
function toServers(rows: readonly Row[]): readonly SqlServer[] {
  const withoutKeyId = rows.some(({ id, keyId }) => keyId && !isInstanceId(id))
    ? ({ type: 'serviceManaged' } as const)
    : undefined;
  return rows.map(({ id, name, location, resourceGroup, subscriptionId, tenantId, identity, ...row }) => {
    const { primaryUserAssigned, keyId } = row;
    const unnamed = isInstanceId(id) ? undefined : withoutKeyId;
    const listedProtector = keyId ? ({ type: 'customerManaged', uri: keyId } as const) : unnamed;
    return {
      id,
      name,
      location,
      resourceGroup,
      subscriptionId,
      identity: toIdentity(identity, primaryUserAssigned),
      ...(tenantId && { tenantId }),
      ...(listedProtector && { listedProtector }),
    };
  });
}

/** A resource group that a Synapse workspace manages. */
interface SynapseGroup {
  readonly id: string;
  readonly name: string;
  readonly workspace: string;
}

/** Source: the built-in policy for customer-managed keys, which leaves out these groups. */
const synapseGroupKind: ResourceKind<SynapseGroup & { readonly managedBy?: string | null }, SynapseGroup> = {
  operations: { list: 'list resource groups', find: 'find resource group' },
  query: (filter) =>
    "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' " +
    `| where managedBy contains '/Microsoft.Synapse/' ${filter}` +
    '| project id, name, location, resourceGroup, subscriptionId, managedBy | order by id asc',
  toItems: (rows) => rows.map(({ id, name, managedBy }) => ({ id, name, workspace: managedBy ?? '' })),
};

function withWorkspaces(servers: readonly SqlServer[], groups: readonly SynapseGroup[]): readonly SqlServer[] {
  const workspaces = new Map(groups.map(({ id, workspace }) => [idKey(id), workspace]));
  return servers.map((server) => {
    const synapseWorkspace = workspaces.get(idKey(resourceGroupId(server.id) ?? ''));
    return synapseWorkspace === undefined ? server : { ...server, synapseWorkspace };
  });
}

const sqlServerKind: ResourceKind<Row, SqlServer> = {
  operations: { list: 'list SQL servers', find: 'find SQL server' },
  query: (filter) =>
    `resources | where type in~ ('microsoft.sql/servers', 'microsoft.sql/managedinstances') ${filter}` +
    '| project id, name, location, resourceGroup, subscriptionId, tenantId, identity, ' +
    'primaryUserAssigned = properties.primaryUserAssignedIdentityId, keyId = properties.keyId | order by id asc',
  toItems: toServers,
};
