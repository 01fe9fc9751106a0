import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { same } from '../base/ids';
import type { Database, DroppedDatabase, Server } from '../base/state';
import { notFound, requireServer } from '../rules/serverRules';
import { toDatabase } from './databases';

const serverType = 'Microsoft.Sql/servers';

/** Ticks: 100 nanoseconds since the year 1601, as in Windows. */
const ticksOf = (time: string): string => String((BigInt(Date.parse(time)) + 11_644_473_600_000n) * 10_000n);

const toDropped = (server: Server, database: DroppedDatabase) => {
  const name = `${database.name},${ticksOf(database.deletionDate)}`;
  return {
    sku: database.sku,
    location: server.location,
    properties: {
      databaseName: database.name,
      maxSizeBytes: 34359738368,
      creationDate: database.creationDate,
      deletionDate: database.deletionDate,
      earliestRestoreDate: database.earliestRestoreDate,
      backupStorageRedundancy: 'Geo',
    },
    id: `${server.id}/restorableDroppedDatabases/${name}`,
    name,
    type: `${serverType}/restorableDroppedDatabases`,
  };
};

const toRecoverable = (server: Server, { name, sku }: Database, now: number) => ({
  properties: {
    edition: sku.tier,
    serviceLevelObjective: sku.name,
    // Backups are copied to the other region every hour.
    lastAvailableBackupDate: new Date(now - 3_600_000).toISOString(),
  },
  id: `${server.id}/recoverableDatabases/${name}`,
  name,
  type: `${serverType}/recoverableDatabases`,
});

const dropped = (request: ArmRequest) => {
  const server = requireServer(request);
  return (server.droppedDatabases ?? []).map((database) => toDropped(server, database));
};

/** A database has a copy of its backups in another region after the first one. */
const recoverable = (request: ArmRequest) => {
  const server = requireServer(request);
  return server.databases
    .filter(({ earliestRestoreDate }) => earliestRestoreDate !== undefined)
    .map((database) => toRecoverable(server, database, request.now));
};

function oneOf(items: readonly { readonly name: string; readonly type: string }[], name = ''): Answer {
  const found = items.find((item) => same(item.name, name));
  if (!found) throw notFound(items[0]?.type ?? serverType, name);
  return ok(found);
}

function inaccessible(request: ArmRequest): Answer {
  const server = requireServer(request);
  const found = server.databases.filter(({ status }) => status === 'Inaccessible');
  return ok({ value: found.map((database) => toDatabase(request.state, server, database)) });
}

const server = `/subscriptions/:sub/resourceGroups/:group/providers/${serverType}/:server`;

export const restorableDatabaseRoutes: Route[] = [
  ...Object.entries({ restorableDroppedDatabases: dropped, recoverableDatabases: recoverable }).flatMap(
    ([name, read]): Route[] => {
      const [path, type] = [`${server}/${name}`, `${serverType}/${name}`];
      return [
        { method: 'GET', path, type, handle: (request) => ok({ value: read(request) }) },
        { method: 'GET', path: `${path}/:name`, type, handle: (request) => oneOf(read(request), request.params.name) },
      ];
    },
  ),
  {
    method: 'GET',
    path: `${server}/inaccessibleDatabases`,
    type: `${serverType}/inaccessibleDatabases`,
    handle: inaccessible,
  },
];
