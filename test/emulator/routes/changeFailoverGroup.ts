import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { databaseLinks } from '../base/geo';
import { lastSegment, same } from '../base/ids';
import { recordOf } from '../base/json';
import { firstBroken, refuseIfBroken } from '../base/rule';
import type { FailoverGroup, FailoverPolicy, Server, State } from '../base/state';
import { failoverGroupKeyRules } from '../rules/failoverGroupKeyRules';
import {
  failoverGroupFacts,
  failoverGroupRules,
  groupOf,
  onPrimary,
  type FailoverGroupFacts,
} from '../rules/failoverGroupRules';
import { notFound, oneOperationAtATime, requireServer } from '../rules/serverRules';
import { toFailoverGroup } from './failoverGroups';

/** Copies the databases of a group that its secondary servers lack. */
function seed(state: State, server: Server, { secondaries, databases }: FailoverGroup): void {
  const partners = secondaries.flatMap((id) => findServer(state, id) ?? []);
  const originals = server.databases.filter(({ name }) => databases.some((other) => same(other, name)));
  for (const partner of partners) {
    const missing = originals.filter(({ name }) => !partner.databases.some((d) => same(d.name, name)));
    partner.databases.push(...structuredClone(missing));
  }
}

function sentPolicy({ properties }: Pick<FailoverGroupFacts, 'properties'>): FailoverPolicy {
  const { failoverPolicy, failoverWithDataLossGracePeriodMinutes: grace } = recordOf(properties?.readWriteEndpoint);
  if (failoverPolicy === 'Manual') return { failoverPolicy };
  return {
    failoverPolicy: 'Automatic',
    ...(typeof grace === 'number' && { failoverWithDataLossGracePeriodMinutes: grace }),
  };
}

function upsert({ request: { state }, server, name, existing, ...facts }: FailoverGroupFacts): FailoverGroup {
  const group: FailoverGroup = {
    name: existing?.name ?? name,
    primary: server.id,
    secondaries: facts.partners.map((id) => findServer(state, id)?.id ?? id),
    databases: facts.databases.map(lastSegment),
    policy: sentPolicy(facts),
  };
  state.failoverGroups = [...state.failoverGroups.filter((g) => g !== existing), group];
  seed(state, server, group);
  return group;
}

function put(request: ArmRequest): Answer {
  const server = requireServer(request);
  const facts = failoverGroupFacts(request, server);
  if (request.method === 'PATCH' && !facts.existing) throw notFound(type, facts.name);
  refuseIfBroken(failoverGroupRules, facts);
  if (request.emulator.options.failures === 'start') refuseIfBroken(failoverGroupKeyRules, facts);
  let group: FailoverGroup | undefined;
  return startOperation(request, {
    kind: 'upsertFailoverGroup',
    server,
    finish: () => {
      const broken = firstBroken(failoverGroupKeyRules, facts);
      if (!broken) group = upsert(facts);
      return broken;
    },
    result: () => ({
      status: facts.existing ? 200 : 201,
      body: group && toFailoverGroup(request.state, server, group),
    }),
  });
}

/** The databases go on replicating when their group is deleted. */
function dissolve(state: State, group: FailoverGroup): void {
  const links = databaseLinks({ ...state, failoverGroups: [group], replicationLinks: [] });
  state.failoverGroups = state.failoverGroups.filter((g) => g !== group);
  state.replicationLinks = [...state.replicationLinks, ...links];
}

function remove(request: ArmRequest): Answer {
  const server = requireServer(request);
  const existing = groupOf(request, server);
  if (!existing) return noContent;
  refuseIfBroken([onPrimary, oneOperationAtATime], { request, server, existing });
  return startOperation(request, {
    kind: 'deleteFailoverGroup',
    server,
    finish: () => {
      dissolve(request.state, existing);
      return undefined;
    },
    result: () => noContent,
  });
}

/** Makes a secondary server the primary one. */
function failover(request: ArmRequest, suspended: boolean): Answer {
  const server = requireServer(request);
  const group = groupOf(request, server);
  if (!group) throw notFound(type, request.params.name ?? '');
  if (same(group.primary, server.id)) {
    const message = 'The failover request should be initiated on the secondary server of failover group.';
    throw new Refusal(400, 'FailoverGroupFailoverRequestOnPrimary', message);
  }
  refuseIfBroken([oneOperationAtATime], { request, server });
  return startOperation(request, {
    kind: 'failover',
    server,
    finish: () => {
      const others = group.secondaries.filter((id) => !same(id, server.id));
      Object.assign(group, { primary: server.id, secondaries: [...others, group.primary], suspended });
      return undefined;
    },
    result: () => ok(toFailoverGroup(request.state, server, group)),
  });
}

const type = 'Microsoft.Sql/servers/failoverGroups';
const path = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/failoverGroups/:name';

export const changeFailoverGroupRoutes: Route[] = [
  { method: 'PUT', path, type, handle: put },
  { method: 'PATCH', path, type, handle: put },
  { method: 'DELETE', path, type, handle: remove },
  ...['failover', 'forceFailoverAllowDataLoss'].map((name): Route => ({
    method: 'POST',
    path: `${path}/${name}`,
    type,
    action: `${type}/${name}/action`,
    handle: (request) => failover(request, name !== 'failover'),
  })),
];
