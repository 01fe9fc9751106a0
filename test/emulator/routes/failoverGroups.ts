import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { includesId, same } from '../base/ids';
import type { FailoverGroup, Server, State } from '../base/state';
import { groupOf, policyOf } from '../rules/failoverGroupRules';
import { notFound, requireServer } from '../rules/serverRules';
import { regionName } from './servers';

const type = 'Microsoft.Sql/servers/failoverGroups';

/** ARM's JSON for a failover group, as one of its servers sees it. */
export function toFailoverGroup(state: State, server: Server, group: FailoverGroup) {
  const isPrimary = same(group.primary, server.id);
  const partners = isPrimary ? group.secondaries : [group.primary];
  const databases = group.databases.map((name) => `${server.id}/databases/${name}`);
  return {
    location: regionName(server.location),
    properties: {
      readWriteEndpoint: policyOf(group),
      readOnlyEndpoint: { failoverPolicy: 'Disabled' },
      replicationRole: isPrimary ? 'Primary' : 'Secondary',
      replicationState: group.suspended ? 'SUSPENDED' : 'CATCH_UP',
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
  const group = groupOf(request, server);
  if (!group) throw notFound(type, request.params.name ?? '');
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
