import type { ArmRequest, Route } from '../arm/route';
import type { Answer } from '../base/answer';
import { findServer } from '../base/find';
import { groupId, includesId, same } from '../base/ids';
import { propertiesOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { Server, State } from '../base/state';
import { createServerRules } from '../rules/createServerRules';
import { requireLocation } from './locations';
import { blankSqlResource, deleteSqlResource, putSqlResource } from './putSqlResource';
import { serverType, toServer } from './servers';

function put(request: ArmRequest): Answer {
  const { state, path, body } = request;
  const existing = findServer(state, path);
  const blank = blankSqlResource(request, serverType, requireLocation(request, existing));
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

const remove = (request: ArmRequest): Answer =>
  deleteSqlResource(request, findServer(request.state, request.path), (server) => {
    forget(request.state, server, new Date().toISOString());
  });

const path = `/subscriptions/:sub/resourceGroups/:group/providers/${serverType}/:server`;

export const createServerRoutes: Route[] = [
  { method: 'PUT', path, type: serverType, handle: put },
  { method: 'DELETE', path, type: serverType, handle: remove },
];
