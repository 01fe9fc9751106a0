import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, type Answer } from '../base/answer';
import { findServer, findSubscription } from '../base/find';
import { groupId, includesId, same, subscriptionOf } from '../base/ids';
import { propertiesOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { Server, State } from '../base/state';
import { createServerRules } from '../rules/createServerRules';
import { oneOperationAtATime } from '../rules/serverRules';
import { requireLocation } from './locations';
import { putSqlResource } from './putSqlResource';
import { serverType, toServer } from './servers';

/** A server without identities, tags, and settings, as a PUT starts with. An existing one keeps its keys and databases. */
function blankServer({ state, path, params: { server: name = '' } }: ArmRequest, location: string): Server {
  const { tenantId = '' } = findSubscription(state, subscriptionOf(path)) ?? {};
  const id = `${groupId(path)}/providers/${serverType}/${name}`;
  return {
    ...{ id, name, location, tenantId },
    state: 'Ready',
    identityType: 'None',
    userAssignedIdentities: [],
    tags: {},
    keys: [],
    protector: { serverKeyName: 'ServiceManaged', autoRotationEnabled: false },
    databases: [],
  };
}

function put(request: ArmRequest): Answer {
  const { state, path, body } = request;
  const existing = findServer(state, path);
  const blank = blankServer(request, requireLocation(request, existing));
  if (!existing) refuseIfBroken(createServerRules, { request, name: blank.name });
  return putSqlResource(request, existing, {
    blank,
    add: (server) => state.servers.push(server),
    define: (server) => {
      const { retentionDays } = propertiesOf(body);
      if (typeof retentionDays === 'number') server.retentionDays = retentionDays;
    },
    show: (server) => toServer(request, server),
  });
}

/** Deletes a server, its identity, and its replication. Backups in long-term retention stay. */
function forget(state: State, server: Server, now: string): void {
  const isOther = ({ primary, secondaries }: { primary: string; secondaries: string[] }) =>
    !includesId([primary, ...secondaries], server.id);
  state.servers = state.servers.filter((s) => s !== server);
  state.principals = state.principals.filter(({ objectId }) => !same(objectId, server.principalId ?? ''));
  state.failoverGroups = state.failoverGroups.filter(isOther);
  state.replicationLinks = state.replicationLinks.filter((link) => isOther({ ...link, secondaries: [link.secondary] }));
  for (const backup of state.longTermRetentionBackups) {
    const isOwn = same(backup.server, server.name) && same(backup.group, groupId(server.id));
    if (isOwn) backup.databaseDeletionTime ??= now;
  }
  if ((server.retentionDays ?? 0) > 0) state.deletedServers.push({ server, deletionTime: now });
}

function remove(request: ArmRequest): Answer {
  const server = findServer(request.state, request.path);
  if (!server) return noContent;
  refuseIfBroken([oneOperationAtATime], { request, server });
  return startOperation(request, {
    kind: 'deleteServer',
    server,
    finish: () => {
      forget(request.state, server, new Date().toISOString());
      return undefined;
    },
    result: () => noContent,
  });
}

const path = `/subscriptions/:sub/resourceGroups/:group/providers/${serverType}/:server`;

export const createServerRoutes: Route[] = [
  { method: 'PUT', path, type: serverType, handle: put },
  { method: 'DELETE', path, type: serverType, handle: remove },
];
