import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { isWithin, same } from '../base/ids';
import type { DeletedServer } from '../base/state';
import { notFound } from '../rules/serverRules';

const type = 'Microsoft.Sql/locations/deletedServers';

const toDeleted = ({ server, deletionTime }: DeletedServer) => ({
  properties: {
    version: '12.0',
    deletionTime,
    originalId: server.id,
    fullyQualifiedDomainName: `${server.name}.database.windows.net`,
  },
  id: `${server.id.split('/').slice(0, 3).join('/')}/providers/Microsoft.Sql/locations/${server.location}/deletedServers/${server.name}`,
  name: server.name,
  type,
});

/** The soft-deleted servers in the subscription and the region of a path. */
const deletedAt = ({ state, params: { sub = '', location } }: ArmRequest): DeletedServer[] =>
  state.deletedServers.filter(
    ({ server }) => isWithin(`/subscriptions/${sub}`, server.id) && same(server.location, location ?? server.location),
  );

function requireDeleted(request: ArmRequest): DeletedServer {
  const name = request.params.name ?? '';
  const deleted = deletedAt(request).find(({ server }) => same(server.name, name));
  if (!deleted) throw notFound(type, name);
  return deleted;
}

const list = (request: ArmRequest): Answer => ok({ value: deletedAt(request).map(toDeleted) });

function recover(request: ArmRequest): Answer {
  const { state } = request;
  const deleted = requireDeleted(request);
  return startOperation(request, {
    kind: 'recoverServer',
    server: deleted.server,
    finish: () => {
      state.deletedServers = state.deletedServers.filter((other) => other !== deleted);
      state.servers.push(deleted.server);
      return undefined;
    },
    result: () => ok(toDeleted(deleted)),
  });
}

const subscription = '/subscriptions/:sub/providers/Microsoft.Sql';
const location = `${subscription}/locations/:location/deletedServers`;

export const deletedServerRoutes: Route[] = [
  {
    method: 'GET',
    path: `${subscription}/deletedServers`,
    type: 'Microsoft.Sql/deletedServers',
    filtered: true,
    handle: list,
  },
  { method: 'GET', path: location, type, handle: list },
  { method: 'GET', path: `${location}/:name`, type, handle: (request) => ok(toDeleted(requireDeleted(request))) },
  {
    method: 'POST',
    path: `${location}/:name/recover`,
    type,
    action: 'Microsoft.Sql/locations/deletedServers/recover/action',
    handle: recover,
  },
];
