import { paged, type ArmRequest, type Route } from '../arm/route';
import { byGateway, type Answer } from '../base/answer';
import { isWithin, resourceGroupOf, same } from '../base/ids';
import { databasesOf } from '../rules/databaseRules';
import { toDatabase } from './databases';
import { toUserAssignedIdentity } from './identities';
import { toInstance } from './managedInstances';
import { toServer } from './servers';
import { toVault } from './vaults';

interface Resource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly properties?: object;
}

/** The names of child resources start with those of their parents. */
const resourcesOf = (request: ArmRequest): Resource[] => [
  ...request.state.servers.flatMap((server): Resource[] => [
    toServer(request, server),
    ...databasesOf(server).map((database) => ({
      ...toDatabase(request.state, server, database),
      name: `${server.name}/${database.name}`,
    })),
  ]),
  ...request.state.managedInstances.map((instance) => toInstance(request.state, instance)),
  ...request.state.vaults.filter(({ deleted }) => !deleted).map(toVault),
  ...request.state.userAssignedIdentities.map(toUserAssignedIdentity),
];

const properties: Readonly<Record<string, (resource: Resource) => string>> = {
  resourcetype: ({ type }) => type,
  name: ({ name }) => name,
  resourcegroup: ({ id }) => resourceGroupOf(id),
};

type Filter = (resource: Resource) => boolean;

/** One comparison of a filter, for example "name eq 'kv-orders'". */
function comparison(text: string): Filter {
  const [, property = '', value = ''] = /^\s*(\w+) eq '([^']*)'\s*$/i.exec(text) ?? [];
  const read = properties[property.toLowerCase()];
  if (read) return (resource) => same(read(resource), value);
  throw byGateway(400, 'InvalidFilterInQueryString', `Invalid $filter '${text}' specified in the query string.`);
}

/** Lists what the caller may read in a subscription or resource group. */
function list(request: ArmRequest): Answer {
  const { path, query, may } = request;
  const scope = path.slice(0, path.lastIndexOf('/'));
  const filters = (query.$filter ?? '') === '' ? [] : (query.$filter ?? '').split(/ and /i).map(comparison);
  const found = resourcesOf(request).filter(
    (resource) =>
      isWithin(scope, resource.id) &&
      filters.every((matches) => matches(resource)) &&
      may(`${resource.type}/read`, resource.id),
  );
  return paged(
    request,
    found.map((resource) => ({ ...resource, properties: undefined })),
  );
}

export const resourceRoutes: Route[] = ['/subscriptions/:sub', '/subscriptions/:sub/resourceGroups/:group'].map(
  (scope): Route => ({
    method: 'GET',
    path: `${scope}/resources`,
    type: 'Microsoft.Resources/subscriptions/resources',
    filtered: true,
    handle: list,
  }),
);
