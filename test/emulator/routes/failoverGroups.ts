import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { includesId, same } from '../base/ids';
import type { FailoverGroup, Server, State } from '../base/state';
import { notFound, requireServer } from '../rules/serverRules';
import { regionName } from './servers';

const type = 'Microsoft.Sql/servers/failoverGroups';

function toFailoverGroup(state: State, server: Server, group: FailoverGroup) {
  const isPrimary = same(group.primary, server.id);
  const partners = isPrimary ? group.secondaries : [group.primary];
  const databases = group.databases.map((name) => `${server.id}/databases/${name}`);
  return {
    location: regionName(server.location),
    properties: {
      readWriteEndpoint: { failoverPolicy: 'Automatic', failoverWithDataLossGracePeriodMinutes: 60 },
      readOnlyEndpoint: { failoverPolicy: 'Disabled' },
      replicationRole: isPrimary ? 'Primary' : 'Secondary',
      replicationState: 'CATCH_UP',
      partnerServers: partners.map((id) => ({
        id,
        location: regionName(findServer(state, id)?.location ?? ''),
        replicationRole: isPrimary ? 'Secondary' : 'Primary',
      })),
      databases,
    },
    id: `${server.id}/failoverGroups/${group.name}`,
    name: group.name,
    type,
  };
}

const failoverGroupsOf = (state: State, server: Server): FailoverGroup[] =>
  state.failoverGroups.filter((g) => includesId([g.primary, ...g.secondaries], server.id));

function get(request: ArmRequest): Answer {
  const server = requireServer(request);
  const name = request.params.name ?? '';
  const group = failoverGroupsOf(request.state, server).find((g) => same(g.name, name));
  if (!group) throw notFound(type, name);
  return ok(toFailoverGroup(request.state, server, group));
}

function list(request: ArmRequest): Answer {
  const server = requireServer(request);
  const groups = failoverGroupsOf(request.state, server);
  return ok({ value: groups.map((group) => toFailoverGroup(request.state, server, group)) });
}

const collection = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/failoverGroups';

export const failoverGroupRoutes: Route[] = [
  { method: 'GET', path: collection, type, handle: list },
  { method: 'GET', path: `${collection}/:name`, type, handle: get },
];
