import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { guidOf, isWithin, same, scopeOfList } from '../base/ids';
import type { Database, ManagedInstance, State } from '../base/state';
import { notFound, requireInstance } from '../rules/serverRules';
import { keyIdOf, toIdentity } from './servers';

export const instanceType = 'Microsoft.Sql/managedInstances';
const databaseType = `${instanceType}/databases`;

/** The part of the host name that instances of a subnet share. */
const dnsZone = ({ subnetId }: ManagedInstance): string => guidOf(subnetId).replaceAll('-', '').slice(0, 12);

const instanceProperties = (instance: ManagedInstance) => ({
  provisioningState: 'Succeeded',
  fullyQualifiedDomainName: `${instance.name}.${dnsZone(instance)}.database.windows.net`,
  administratorLogin: 'sqladmin',
  subnetId: instance.subnetId,
  state: instance.state,
  licenseType: 'LicenseIncluded',
  vCores: 4,
  storageSizeInGB: 256,
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  dnsZone: dnsZone(instance),
  publicDataEndpointEnabled: false,
  proxyOverride: 'Redirect',
  timezoneId: 'UTC',
  privateEndpointConnections: [],
  minimalTlsVersion: '1.2',
  currentBackupStorageRedundancy: 'Geo',
  requestedBackupStorageRedundancy: 'Geo',
  zoneRedundant: false,
  ...(instance.primaryUserAssignedIdentityId !== undefined && {
    primaryUserAssignedIdentityId: instance.primaryUserAssignedIdentityId,
  }),
  ...keyIdOf(instance),
  ...instance.settings,
});

/** ARM's JSON for a managed instance. */
export function toInstance(state: State, instance: ManagedInstance) {
  const identity = toIdentity(state, instance);
  return {
    ...(identity && { identity }),
    sku: { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 4 },
    properties: instanceProperties(instance),
    location: instance.location,
    tags: instance.tags,
    id: instance.id,
    name: instance.name,
    type: instanceType,
  };
}

const tdeErrorCode = '33111';

/** The cause of an outage, which ARM names since this api-version or an earlier one. */
function accessibility({ keys, protector }: ManagedInstance, { status }: Database, apiVersion: string): object {
  const key = keys.find(({ name }) => same(name, protector.serverKeyName));
  if (status !== 'Inaccessible' || !key || apiVersion < '2024-11-01') return {};
  return {
    extendedAccessibilityInfo: {
      inaccessibilityReasonErrorCode: tdeErrorCode,
      inaccessibilityReasonDescription: 'The database is inaccessible because the TDE protector cannot be used.',
      inaccessibilityReasonKind: 'TransparentDataEncryption',
      inaccessibilityReasonTdeKeyUri: key.uri,
    },
  };
}

/** ARM's JSON for a database of a managed instance. */
export const toInstanceDatabase = (instance: ManagedInstance, database: Database, apiVersion: string) => ({
  properties: {
    collation: 'SQL_Latin1_General_CP1_CI_AS',
    status: database.status,
    creationDate: '2026-01-15T09:30:00.000Z',
    earliestRestorePoint: '2026-01-15T09:40:00.000Z',
    defaultSecondaryLocation: instance.location === 'westeurope' ? 'northeurope' : 'westeurope',
    ...accessibility(instance, database, apiVersion),
  },
  location: instance.location,
  id: `${instance.id}/databases/${database.name}`,
  name: database.name,
  type: databaseType,
});

function list({ state, path, may }: ArmRequest): Answer {
  const scope = scopeOfList(path);
  const found = state.managedInstances.filter((i) => isWithin(scope, i.id) && may(`${instanceType}/read`, i.id));
  return ok({ value: found.map((instance) => toInstance(state, instance)) });
}

function listDatabases(request: ArmRequest): Answer {
  const instance = requireInstance(request);
  return ok({
    value: instance.databases.map((database) => toInstanceDatabase(instance, database, request.apiVersion)),
  });
}

function listInaccessible(request: ArmRequest): Answer {
  const instance = requireInstance(request);
  const found = instance.databases.filter(({ status }) => status === 'Inaccessible');
  return ok({ value: found.map((database) => toInstanceDatabase(instance, database, request.apiVersion)) });
}

function getDatabase(request: ArmRequest): Answer {
  const instance = requireInstance(request);
  const name = request.params.database ?? '';
  const database = instance.databases.find((d) => same(d.name, name));
  if (!database) throw notFound(databaseType, name);
  return ok(toInstanceDatabase(instance, database, request.apiVersion));
}

const inGroup = `/subscriptions/:sub/resourceGroups/:group/providers/${instanceType}`;

export const managedInstanceRoutes: Route[] = [
  {
    method: 'GET',
    path: `/subscriptions/:sub/providers/${instanceType}`,
    type: instanceType,
    filtered: true,
    handle: list,
  },
  { method: 'GET', path: inGroup, type: instanceType, filtered: true, handle: list },
  {
    method: 'GET',
    path: `${inGroup}/:server`,
    type: instanceType,
    handle: (request) => ok(toInstance(request.state, requireInstance(request))),
  },
  {
    method: 'GET',
    path: `${inGroup}/:server/inaccessibleManagedDatabases`,
    type: `${instanceType}/inaccessibleManagedDatabases`,
    handle: listInaccessible,
  },
  { method: 'GET', path: `${inGroup}/:server/databases`, type: databaseType, handle: listDatabases },
  { method: 'GET', path: `${inGroup}/:server/databases/:database`, type: databaseType, handle: getDatabase },
];
