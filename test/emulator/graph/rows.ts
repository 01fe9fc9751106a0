import type { May } from '../arm/access';
import type { ArmRequest } from '../arm/route';
import { principalFinder } from '../base/find';
import { isWithin, resourceGroupOf, subscriptionOf } from '../base/ids';
import type { State, Subscription, Vault } from '../base/state';
import { databaseKind, databaseProperties } from '../routes/databases';
import { toDefinition } from '../routes/authorization';
import { toUserAssignedIdentity } from '../routes/identities';
import { toInstance, toInstanceDatabase } from '../routes/managedInstances';
import { toAssignment } from '../routes/roleAssignments';
import { serverProperties, toIdentity } from '../routes/servers';
import { toVault } from '../routes/vaults';
import { databasesOf } from '../rules/databaseRules';
import { lazyRow, type Row } from './values';

/** What a resource has in common with those of other types. */
interface Resource {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly managedBy?: string | undefined;
  readonly tags?: object | undefined;
}

type TenantOf = (resource: { readonly id: string }) => string | undefined;

/** How the rows of a type are made: its resources, and the columns that depend on the type. */
interface ResourceType<T extends Resource> {
  readonly items: readonly T[];
  readonly kind?: (item: T) => string;
  readonly sku?: (item: T) => object | undefined;
  readonly identity?: (item: T) => object | undefined;
  readonly properties: (item: T) => object;
}

/** In Resource Graph, types and group names are in lowercase, and every row has every column. */
function rowsOf<T extends Resource>(type: string, tenantOf: TenantOf, from: ResourceType<T>): Row[] {
  const { items, kind, sku, identity, properties } = from;
  const toRow = lazyRow<T>({
    id: ({ id }) => id,
    name: ({ name }) => name,
    type: () => type,
    tenantId: tenantOf,
    kind: (item) => kind?.(item) ?? '',
    location: ({ location }) => location,
    resourceGroup: ({ id }) => resourceGroupOf(id).toLowerCase(),
    subscriptionId: ({ id }) => subscriptionOf(id),
    managedBy: ({ managedBy }) => managedBy ?? '',
    sku: (item) => sku?.(item) ?? null,
    plan: () => null,
    properties,
    tags: ({ tags }) => tags ?? null,
    identity: (item) => identity?.(item) ?? null,
    zones: () => null,
    extendedLocation: () => null,
  });
  return items.map(toRow);
}

/** Which resources a caller sees, and where they are. */
interface View {
  readonly state: State;
  readonly tenantOf: TenantOf;
  readonly isVisible: (resource: { readonly id: string }, type: string) => boolean;
}

function serverRows({ state, tenantOf, isVisible }: View, type: string): Row[] {
  const principalOf = principalFinder(state);
  return rowsOf(type, tenantOf, {
    items: state.servers.filter((s) => isVisible(s, type)),
    kind: () => 'v12.0',
    identity: (server) => toIdentity(state, server, principalOf(server.principalId)),
    properties: (server) => serverProperties(server),
  });
}

function databaseRows({ state, tenantOf, isVisible }: View, type: string): Row[] {
  const items = state.servers.flatMap((server) =>
    databasesOf(server).map((database) => ({
      id: `${server.id}/databases/${database.name}`,
      name: database.name,
      location: server.location,
      tags: database.tags,
      server,
      database,
    })),
  );
  return rowsOf(type, tenantOf, {
    items: items.filter((item) => isVisible(item, type)),
    kind: ({ database }) => databaseKind(database),
    sku: ({ database }) => database.sku,
    properties: ({ server, database }) => databaseProperties(server, database),
  });
}

/** Resources in the format of ARM. */
interface ArmResource extends Resource {
  readonly kind?: string;
  readonly sku?: object;
  readonly identity?: object;
  readonly properties: object;
}

const armRows = ({ tenantOf, isVisible }: View, type: string, resources: readonly ArmResource[]): Row[] =>
  rowsOf(type, tenantOf, {
    items: resources.filter((resource) => isVisible(resource, type)),
    kind: ({ kind }) => kind ?? '',
    sku: ({ sku }) => sku,
    identity: ({ identity }) => identity,
    properties: ({ properties }) => properties,
  });

const vaultRows =
  (kind: Vault['kind']) =>
  (view: View, type: string): Row[] =>
    armRows(view, type, view.state.vaults.filter((v) => v.kind === kind && !v.deleted).map(toVault));

/** An api-version without the causes of outages. */
const graphVersion = '2023-08-01';

/** As in Azure, server keys and TDE protectors have no rows. */
const resourceTypes: Readonly<Record<string, (view: View, type: string) => Row[]>> = {
  'microsoft.sql/servers': serverRows,
  'microsoft.sql/servers/databases': databaseRows,
  'microsoft.sql/managedinstances': (view, type) =>
    armRows(
      view,
      type,
      view.state.managedInstances.map((i) => toInstance(view.state, i)),
    ),
  'microsoft.sql/managedinstances/databases': (view, type) =>
    armRows(
      view,
      type,
      view.state.managedInstances.flatMap((i) =>
        i.databases.map((database) => toInstanceDatabase(i, database, graphVersion)),
      ),
    ),
  'microsoft.keyvault/vaults': vaultRows('vault'),
  'microsoft.keyvault/managedhsms': vaultRows('managedHsm'),
  'microsoft.managedidentity/userassignedidentities': (view, type) =>
    armRows(view, type, view.state.userAssignedIdentities.map(toUserAssignedIdentity)),
};

/** The table "resources", or only the given types of it. */
export function resourceRows(
  { state, may }: Pick<ArmRequest, 'state' | 'may'>,
  subscriptions: readonly Subscription[],
  types?: readonly string[],
): Row[] {
  const tenants = new Map(subscriptions.map((s) => [s.subscriptionId.toLowerCase(), s.tenantId]));
  const tenantOf: TenantOf = ({ id }) => tenants.get(subscriptionOf(id).toLowerCase());
  const isVisible: View['isVisible'] = (resource, type) =>
    tenantOf(resource) !== undefined && may(`${type}/read`, resource.id);
  return Object.entries(resourceTypes)
    .filter(([type]) => types?.includes(type) ?? true)
    .flatMap(([type, rows]) => rows({ state, tenantOf, isVisible }, type));
}

const assignmentType = 'Microsoft.Authorization/roleAssignments';
const definitionType = 'Microsoft.Authorization/roleDefinitions';

const groupReadAction = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** The table "resourcecontainers": subscriptions and resource groups. */
export function containerRows(state: State, may: May, subscriptions: readonly Subscription[]): Row[] {
  const type = 'microsoft.resources/subscriptions';
  return subscriptions.flatMap((s) => {
    const id = `/subscriptions/${s.subscriptionId}`;
    const tenantOf = () => s.tenantId;
    const managedByTenants = s.managedByTenants.map((tenantId) => ({ tenantId }));
    return [
      ...rowsOf(type, tenantOf, {
        items: [{ id, name: s.displayName, location: '' }],
        properties: () => ({ state: s.state, managedByTenants }),
      }),
      ...rowsOf(`${type}/resourcegroups`, tenantOf, {
        items: state.resourceGroups.filter((g) => isWithin(id, g.id) && may(groupReadAction, g.id)),
        properties: () => ({}),
      }),
    ];
  });
}

/** The table "authorizationresources": role assignments in the subscriptions, and role definitions. */
export function authorizationRows(state: State, may: May, subscriptions: readonly Subscription[]): Row[] {
  const rows = (items: readonly { id: string; name: string; properties: object }[], type: string, tenantId: string) =>
    rowsOf(type.toLowerCase(), () => tenantId, {
      items: items.map((item) => ({ ...item, location: 'global' })),
      properties: ({ properties }) => properties,
    });
  const assignments = subscriptions.flatMap(({ subscriptionId, tenantId }) => {
    const visible = state.roleAssignments.filter(
      (one) => isWithin(`/subscriptions/${subscriptionId}`, one.scope) && may(`${assignmentType}/read`, one.scope),
    );
    return rows(
      visible.map((one) => toAssignment(state, one)),
      assignmentType,
      tenantId,
    );
  });
  const [first] = subscriptions;
  const definitions = first ? state.roleDefinitions.map((role) => toDefinition('/', role)) : [];
  return [...assignments, ...rows(definitions, definitionType, first?.tenantId ?? '')];
}
