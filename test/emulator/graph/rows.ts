import type { May } from '../arm/access';
import { principalFinder } from '../base/find';
import { groupId, isWithin, resourceGroupOf, same, subscriptionOf } from '../base/ids';
import type { State, Subscription } from '../base/state';
import { databaseKind, databaseProperties } from '../routes/databases';
import { toDefinition } from '../routes/authorization';
import { toUserAssignedIdentity } from '../routes/identities';
import { toInstance } from '../routes/managedInstances';
import { toAssignment } from '../routes/roleAssignments';
import { serverProperties, toIdentity } from '../routes/servers';
import { toVault } from '../routes/vaults';
import { databasesOf } from '../rules/databaseRules';
import type { Row } from './values';

interface Resource {
  id: string;
  name: string;
  type: string;
  location: string;
  kind?: string;
  identity?: object | undefined;
  sku?: object;
  managedBy?: string;
  tags?: object;
  /** Created only when a query reads it, because most queries filter out most rows by their type. */
  properties: () => object;
}

/** In Resource Graph, types and group names are in lowercase, and every row has every column. */
const toRow = (resource: Resource, tenantId: string): Row => ({
  id: resource.id,
  name: resource.name,
  type: resource.type.toLowerCase(),
  tenantId,
  kind: resource.kind ?? '',
  location: resource.location,
  resourceGroup: resourceGroupOf(resource.id).toLowerCase(),
  subscriptionId: subscriptionOf(resource.id),
  managedBy: resource.managedBy ?? '',
  sku: resource.sku ?? null,
  plan: null,
  get properties() {
    return resource.properties();
  },
  tags: resource.tags ?? null,
  identity: resource.identity ?? null,
  zones: null,
  extendedLocation: null,
});

/** The table "resources". As in Azure, it has no server keys and no TDE protectors. */
export function resourceRows(state: State, may: May, subscriptions: readonly Subscription[]): Row[] {
  const tenants = new Map(subscriptions.map((s) => [s.subscriptionId.toLowerCase(), s.tenantId]));
  const tenantOf = ({ id }: { readonly id: string }) => tenants.get(subscriptionOf(id).toLowerCase());
  const isVisible = (resource: { readonly id: string }) => tenantOf(resource) !== undefined;
  const principalOf = principalFinder(state);
  const servers = state.servers.filter(isVisible).flatMap((server): Resource[] => [
    {
      id: server.id,
      name: server.name,
      location: server.location,
      tags: server.tags,
      type: 'Microsoft.Sql/servers',
      kind: 'v12.0',
      identity: toIdentity(state, server, principalOf(server.principalId)),
      properties: () => serverProperties(server),
    },
    ...databasesOf(server).map((database) => ({
      id: `${server.id}/databases/${database.name}`,
      name: database.name,
      type: 'Microsoft.Sql/servers/databases',
      location: server.location,
      kind: databaseKind(database),
      sku: database.sku,
      properties: () => databaseProperties(server, database),
    })),
  ]);
  const instances = state.managedInstances.filter(isVisible).map((i) => toInstance(state, i));
  const vaults = state.vaults.filter((v) => !v.deleted && isVisible(v)).map(toVault);
  const identities = state.userAssignedIdentities.filter(isVisible).map(toUserAssignedIdentity);
  const others = [...instances, ...vaults, ...identities].map((r): Resource => ({
    ...r,
    properties: () => r.properties,
  }));
  return [...servers, ...others].flatMap((resource) => {
    const tenant = tenantOf(resource);
    if (tenant === undefined || !may(`${resource.type}/read`, resource.id)) return [];
    return [toRow(resource, tenant)];
  });
}

const assignmentType = 'Microsoft.Authorization/roleAssignments';
const definitionType = 'Microsoft.Authorization/roleDefinitions';

interface AuthorizationResource {
  id: string;
  name: string;
  properties: object;
}

const groupReadAction = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** The table "resourcecontainers": subscriptions and resource groups. */
export function containerRows(state: State, may: May, subscriptions: readonly Subscription[]): Row[] {
  return subscriptions.flatMap((s) => {
    const id = `/subscriptions/${s.subscriptionId}`;
    const self: Resource = {
      id,
      name: s.displayName,
      type: 'microsoft.resources/subscriptions',
      location: '',
      properties: () => ({ state: s.state, managedByTenants: s.managedByTenants.map((tenantId) => ({ tenantId })) }),
    };
    const groups = state.resourceGroups
      .filter((g) => same(groupId(g.id).split('/').slice(0, 3).join('/'), id) && may(groupReadAction, g.id))
      .map((g): Resource => ({
        ...g,
        type: 'microsoft.resources/subscriptions/resourcegroups',
        properties: () => ({}),
      }));
    return [self, ...groups].map((resource) => toRow(resource, s.tenantId));
  });
}

/** The table "authorizationresources": role assignments in the subscriptions, and role definitions. */
export function authorizationRows(state: State, may: May, subscriptions: readonly Subscription[]): Row[] {
  const rowOf = ({ id, name, properties }: AuthorizationResource, type: string, tenantId: string): Row =>
    toRow({ id, name, type, location: 'global', properties: () => properties }, tenantId);
  const assignments = subscriptions.flatMap(({ subscriptionId, tenantId }) =>
    state.roleAssignments
      .filter(
        (one) => isWithin(`/subscriptions/${subscriptionId}`, one.scope) && may(`${assignmentType}/read`, one.scope),
      )
      .map((one) => rowOf(toAssignment(state, one), assignmentType, tenantId)),
  );
  const [first] = subscriptions;
  const definitions = first ? state.roleDefinitions : [];
  return [
    ...assignments,
    ...definitions.map((role) => rowOf(toDefinition('/', role), definitionType, first?.tenantId ?? '')),
  ];
}
