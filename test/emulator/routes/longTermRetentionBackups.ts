import { startOperation } from '../arm/operations';
import { paged, type ArmRequest, type Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { isWithin, same } from '../base/ids';
import type { LongTermRetentionBackup } from '../base/state';
import { notFound } from '../rules/serverRules';

const type = 'Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/longTermRetentionBackups';
const simpleType = 'Microsoft.Sql/locations/longTermRetentionBackups';

/** Before 2025-01-01, ARM shows no immutability. */
function immutability({ hold }: LongTermRetentionBackup, apiVersion: string): object {
  if (apiVersion < '2025-01-01') return {};
  const flag = (kind: LongTermRetentionBackup['hold']) => (hold === kind ? 'Enabled' : 'Disabled');
  return {
    isBackupImmutable: hold !== undefined,
    timeBasedImmutability: flag('time'),
    legalHoldImmutability: flag('legal'),
  };
}

const toBackup = (backup: LongTermRetentionBackup, apiVersion: string) => ({
  properties: {
    serverName: backup.server,
    serverCreateTime: backup.serverCreateTime,
    databaseName: backup.database,
    ...(backup.databaseDeletionTime !== undefined && { databaseDeletionTime: backup.databaseDeletionTime }),
    backupTime: backup.backupTime,
    backupExpirationTime: backup.backupExpirationTime,
    backupStorageRedundancy: 'Geo',
    requestedBackupStorageRedundancy: 'Geo',
    ...immutability(backup, apiVersion),
  },
  id: `${backup.group}/providers/Microsoft.Sql/locations/${backup.location}/longTermRetentionServers/${backup.server}/longTermRetentionDatabases/${backup.database}/longTermRetentionBackups/${backup.name}`,
  name: backup.name,
  type,
});

/** The backups in the region, resource group or subscription, server, and database of a path. */
function backupsAt({ state, path, params }: ArmRequest): LongTermRetentionBackup[] {
  const scope = path.slice(0, path.toLowerCase().indexOf('/providers/'));
  const { location = '', ltrServer, ltrDatabase } = params;
  return state.longTermRetentionBackups.filter(
    (backup) =>
      isWithin(scope, backup.group) &&
      same(backup.location, location.replaceAll(' ', '')) &&
      same(backup.server, ltrServer ?? backup.server) &&
      same(backup.database, ltrDatabase ?? backup.database),
  );
}

const databaseOf = ({
  server,
  serverCreateTime,
  database,
  databaseDeletionTime = '',
}: LongTermRetentionBackup): string =>
  [server, serverCreateTime, database, databaseDeletionTime].join(' ').toLowerCase();

const latestPerDatabase = (backups: readonly LongTermRetentionBackup[]): LongTermRetentionBackup[] => [
  ...new Map(
    backups.toSorted((a, b) => (a.backupTime < b.backupTime ? -1 : 1)).map((backup) => [databaseOf(backup), backup]),
  ).values(),
];

function list(request: ArmRequest): Answer {
  const { onlyLatestPerDatabase = '', databaseState = 'All' } = request.query;
  const wanted = backupsAt(request).filter(
    ({ databaseDeletionTime }) =>
      same(databaseState, 'All') || same(databaseState, databaseDeletionTime === undefined ? 'Live' : 'Deleted'),
  );
  const found = same(onlyLatestPerDatabase, 'true') ? latestPerDatabase(wanted) : wanted;
  return paged(
    request,
    found.map((backup) => toBackup(backup, request.apiVersion)),
  );
}

function requireBackup(request: ArmRequest): LongTermRetentionBackup {
  const name = request.params.backup ?? '';
  const backup = backupsAt(request).find((b) => same(b.name, name));
  if (!backup) throw notFound(type, name);
  return backup;
}

function remove(request: ArmRequest): Answer {
  const backup = requireBackup(request);
  const { group, location, server: name, hold } = backup;
  if (hold !== undefined) {
    const message = 'Deleting Long Term Retention backup failed because the backup is immutable.';
    throw new Refusal(400, 'LtrOperationFailedBackupImmutable', message);
  }
  return startOperation(request, {
    kind: 'deleteBackup',
    server: { id: `${group}/providers/Microsoft.Sql/servers/${name}`, name, location },
    database: backup.database,
    finish: () => {
      const { state } = request;
      state.longTermRetentionBackups = state.longTermRetentionBackups.filter((b) => b !== backup);
      return undefined;
    },
    result: () => ({ status: 200 }),
  });
}

export const longTermRetentionBackupRoutes: Route[] = ['', '/resourceGroups/:group'].flatMap((group): Route[] => {
  const location = `/subscriptions/:sub${group}/providers/Microsoft.Sql/locations/:location`;
  const server = `${location}/longTermRetentionServers/:ltrServer`;
  const database = `${server}/longTermRetentionDatabases/:ltrDatabase`;
  const one = `${database}/longTermRetentionBackups/:backup`;
  return [
    { method: 'GET', path: `${location}/longTermRetentionBackups`, type: simpleType, handle: list },
    {
      method: 'GET',
      path: `${server}/longTermRetentionBackups`,
      type: 'Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionBackups',
      handle: list,
    },
    { method: 'GET', path: `${database}/longTermRetentionBackups`, type, handle: list },
    {
      method: 'GET',
      path: one,
      type,
      handle: (request) => ok(toBackup(requireBackup(request), request.apiVersion)),
    },
    { method: 'DELETE', path: one, type, handle: remove },
  ];
});
