import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, notPlayed, type Answer } from '../base/answer';
import { includesId, same } from '../base/ids';
import { refuseIfBroken } from '../base/rule';
import type { Database, Server, State } from '../base/state';
import { createDatabaseRules, deleteDatabaseRules, isMaster } from '../rules/databaseRules';
import { requireServer } from '../rules/serverRules';
import { upsert } from './databaseKeys';
import { requireLocation } from './locations';

const named = (request: ArmRequest, server: Server): Database | undefined =>
  server.databases.find((d) => same(d.name, request.params.database ?? ''));

/** Creates an empty database, or changes one. Copies and restored databases are not emulated. */
function put(request: ArmRequest): Answer {
  const server = requireServer(request);
  const existing = named(request, server);
  const { database: name = '' } = request.params;
  if (isMaster({ name })) throw notPlayed('changes of the database master');
  requireLocation(request, server);
  const blank: Database = {
    name,
    status: 'Online',
    sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' },
    creationDate: new Date(request.now).toISOString(),
  };
  const database = existing ?? blank;
  if (!existing) refuseIfBroken(createDatabaseRules, { request, server, database });
  return upsert(request, { server, database, isNew: !existing });
}

/** Ends the replication of a database that is deleted. */
function endReplication(state: State, server: Server, name: string): void {
  for (const group of state.failoverGroups) {
    if (same(group.primary, server.id)) group.databases = group.databases.filter((other) => !same(other, name));
  }
  state.replicationLinks = state.replicationLinks.filter(
    ({ primary, secondary, database }) => !same(database, name) || !includesId([primary, secondary], server.id),
  );
}

/** Deletes a database. Its backups remain if it has any, and with them a restorable dropped database. */
function remove(request: ArmRequest): Answer {
  const server = requireServer(request);
  const database = named(request, server);
  if (!database) return noContent;
  refuseIfBroken(deleteDatabaseRules, { request, server, database });
  return startOperation(request, {
    kind: 'deleteDatabase',
    server,
    database: database.name,
    finish: () => {
      const { name, sku, earliestRestoreDate, creationDate = '2026-01-15T09:30:00.000Z' } = database;
      const deletionDate = new Date().toISOString();
      server.databases = server.databases.filter((other) => other !== database);
      endReplication(request.state, server, name);
      if (earliestRestoreDate !== undefined) {
        const dropped = { name, sku, creationDate, deletionDate, earliestRestoreDate };
        server.droppedDatabases = [...(server.droppedDatabases ?? []), dropped];
      }
      return undefined;
    },
    result: () => noContent,
  });
}

const path = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/databases/:database';
const type = 'Microsoft.Sql/servers/databases';

export const createDatabaseRoutes: Route[] = [
  { method: 'PUT', path, type, handle: put },
  { method: 'DELETE', path, type, handle: remove },
];
