import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { guidOf, same, subscriptionOf } from '../base/ids';
import type { Database, DatabaseKey, Server, State } from '../base/state';
import { databasesOf, isMaster, requireDatabase } from '../rules/databaseRules';
import { requireServer } from '../rules/serverRules';
import { userAssigned } from './servers';

const databaseType = 'Microsoft.Sql/servers/databases';

export const databaseKind = (database: Pick<Database, 'name'>): string =>
  isMaster(database) ? 'v12.0,system' : 'v12.0,user';

/** The properties of a database with its own TDE protector. */
const encryption = ({ encryptionProtector, autoRotation = false, federatedClientId }: Database) => ({
  ...(federatedClientId !== undefined && { federatedClientId }),
  ...(encryptionProtector !== undefined && {
    encryptionProtector,
    encryptionProtectorAutoRotation: autoRotation,
  }),
});

/** The properties that no rule reads, for a database that nobody has configured. */
const settings = (server: Server, { sku, creationDate = '2026-01-15T09:30:00.000Z' }: Database) => ({
  creationDate,
  catalogCollation: 'SQL_Latin1_General_CP1_CI_AS',
  licenseType: 'LicenseIncluded',
  maxLogSizeBytes: 193273528320,
  readScale: 'Disabled',
  currentSku: sku,
  currentBackupStorageRedundancy: 'Geo',
  requestedBackupStorageRedundancy: 'Geo',
  maintenanceConfigurationId: `/subscriptions/${subscriptionOf(server.id)}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default`,
  isLedgerOn: false,
  isInfraEncryptionEnabled: false,
  availabilityZone: 'NoPreference',
});

export const databaseProperties = (server: Server, database: Database) => ({
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  maxSizeBytes: 34359738368,
  status: database.status,
  databaseId: guidOf(`${server.id}/${database.name}`),
  currentServiceObjectiveName: database.sku.name,
  requestedServiceObjectiveName: database.sku.name,
  defaultSecondaryLocation: server.location === 'westeurope' ? 'northeurope' : 'westeurope',
  zoneRedundant: false,
  ...(database.earliestRestoreDate !== undefined && { earliestRestoreDate: database.earliestRestoreDate }),
  ...settings(server, database),
  ...database.settings,
  ...encryption(database),
});

/** ARM's JSON for a database. */
export function toDatabase(state: State, server: Server, database: Database, keys?: readonly DatabaseKey[]) {
  const { name, sku, identityId, tags } = database;
  return {
    sku,
    ...(tags && { tags }),
    kind: databaseKind(database),
    ...(identityId !== undefined && {
      identity: { type: 'UserAssigned', userAssignedIdentities: userAssigned(state, [identityId]) },
    }),
    properties: {
      ...databaseProperties(server, database),
      ...(keys && { keys: Object.fromEntries(keys.map((key) => [key.uri, toDatabaseKey(key)])) as object }),
    },
    location: server.location,
    id: `${server.id}/databases/${name}`,
    name,
    type: databaseType,
  };
}

const toDatabaseKey = ({ thumbprint, creationDate }: DatabaseKey) => ({
  type: 'AzureKeyVault',
  thumbprint,
  creationDate,
});

/** The keys at a time, or the current ones. */
const keysAt = ({ keys = [] }: Database, time: string): DatabaseKey[] =>
  keys.filter(({ creationDate, removed }) =>
    Number.isNaN(Date.parse(time))
      ? removed === undefined
      : Date.parse(creationDate) <= Date.parse(time) && !(Date.parse(removed ?? '') <= Date.parse(time)),
  );

/** With $expand=keys, or $expand=keys($filter=pointInTime('TIME')), the answer includes keys. */
function expandedKeys({ query: { $expand = '' } }: ArmRequest, database: Database): DatabaseKey[] | undefined {
  if (!/^keys\b/i.test($expand)) return undefined;
  const [, time = 'current'] = /pointInTime\('([^']*)'\)/i.exec($expand) ?? [];
  return keysAt(database, same(time, 'current') ? 'current' : time);
}

function list(request: ArmRequest): Answer {
  const server = requireServer(request);
  return ok({ value: databasesOf(server).map((database) => toDatabase(request.state, server, database)) });
}

function get(request: ArmRequest): Answer {
  const server = requireServer(request);
  const database = requireDatabase(request, server);
  return ok(toDatabase(request.state, server, database, expandedKeys(request, database)));
}

const collection = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server/databases';

export const databaseRoutes: Route[] = [
  { method: 'GET', path: collection, type: databaseType, handle: list },
  { method: 'GET', path: `${collection}/:database`, type: databaseType, handle: get },
];
