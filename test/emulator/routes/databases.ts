import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { guidOf, includesId, same } from '../base/ids';
import type { Database, FailoverGroup, ReplicationLink, Server, State } from '../base/state';
import { requireServer } from '../rules/serverRules';
import { regionName } from './servers';

const databaseType = 'Microsoft.Sql/servers/databases';
const failoverType = 'Microsoft.Sql/servers/failoverGroups';

/** Azure SQL's error for a missing child of a server. */
export const notFound = (type: string, name: string): Refusal =>
  new Refusal(404, 'ResourceNotFound', `The requested resource of type '${type}' with name '${name}' was not found.`);

/** The system database of every server. */
const master: Database = { name: 'master', status: 'Online', sku: { name: 'System', tier: 'System' } };

/** The databases of a server, including master. */
export const databasesOf = ({ databases }: Server): Database[] => [master, ...databases];

export const databaseKind = ({ name }: Pick<Database, 'name'>): string =>
  name === master.name ? 'v12.0,system' : 'v12.0,user';

/** ARM's JSON for a database. */
export const toDatabase = (server: Server, { name, status, sku }: Database) => ({
  sku,
  kind: databaseKind({ name }),
  properties: {
    collation: 'SQL_Latin1_General_CP1_CI_AS',
    maxSizeBytes: 34359738368,
    status,
    databaseId: guidOf(`${server.id}/${name}`),
    currentServiceObjectiveName: sku.name,
    requestedServiceObjectiveName: sku.name,
    defaultSecondaryLocation: server.location === 'westeurope' ? 'northeurope' : 'westeurope',
    zoneRedundant: false,
  },
  location: server.location,
  id: `${server.id}/databases/${name}`,
  name,
  type: databaseType,
});

interface Link {
  name: string;
  database: string;
  self: Server;
  partner: Server;
  role: 'Primary' | 'Secondary';
  linkType: 'GEO';
}

/** Includes the links of the databases in failover groups. */
function allLinks(state: State): ReplicationLink[] {
  const ofGroups = state.failoverGroups.flatMap(({ primary, secondaries, databases }) =>
    secondaries.flatMap((secondary) =>
      databases.map((database) => ({
        name: guidOf(`${primary}${secondary}${database}`),
        primary,
        secondary,
        database,
      })),
    ),
  );
  return [...ofGroups, ...state.replicationLinks];
}

const linksOf = (state: State, server: Server): Link[] =>
  allLinks(state).flatMap(({ name, primary, secondary, database }) => {
    const role = same(primary, server.id) ? 'Primary' : 'Secondary';
    const other = findServer(state, role === 'Primary' ? secondary : primary);
    const involved = includesId([primary, secondary], server.id);
    return involved && other ? [{ name, database, self: server, partner: other, role, linkType: 'GEO' as const }] : [];
  });

const toLink = ({ name, database, self, partner, role, linkType }: Link) => ({
  properties: {
    partnerServer: partner.name,
    partnerDatabase: database,
    partnerLocation: regionName(partner.location),
    role,
    partnerRole: role === 'Primary' ? 'Secondary' : 'Primary',
    replicationMode: 'ASYNC',
    startTime: '2026-01-15T09:30:00.000Z',
    percentComplete: 100,
    replicationState: 'CATCH_UP',
    isTerminationAllowed: true,
    linkType,
  },
  id: `${self.id}/databases/${database}/replicationLinks/${name}`,
  name,
  type: `${databaseType}/replicationLinks`,
});

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
    type: failoverType,
  };
}

const failoverGroupsOf = (state: State, server: Server): FailoverGroup[] =>
  state.failoverGroups.filter((g) => includesId([g.primary, ...g.secondaries], server.id));

function requireDatabase(server: Server, name: string): Database {
  const database = databasesOf(server).find((d) => same(d.name, name));
  if (!database) throw notFound(databaseType, name);
  return database;
}

function failoverGroup(request: ArmRequest): Answer {
  const server = requireServer(request);
  const name = request.params.name ?? '';
  const group = failoverGroupsOf(request.state, server).find((g) => same(g.name, name));
  if (!group) throw notFound(failoverType, name);
  return ok(toFailoverGroup(request.state, server, group));
}

function databaseLinks(request: ArmRequest): Answer {
  const server = requireServer(request);
  const { name } = requireDatabase(server, request.params.database ?? '');
  return ok({
    value: linksOf(request.state, server)
      .filter((l) => same(l.database, name))
      .map(toLink),
  });
}

const server = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server';

export const databaseRoutes: Route[] = [
  {
    method: 'GET',
    path: `${server}/databases`,
    type: databaseType,
    handle: (request) => {
      const home = requireServer(request);
      return ok({ value: databasesOf(home).map((database) => toDatabase(home, database)) });
    },
  },
  {
    method: 'GET',
    path: `${server}/databases/:database`,
    type: databaseType,
    handle: (request) => {
      const home = requireServer(request);
      return ok(toDatabase(home, requireDatabase(home, request.params.database ?? '')));
    },
  },
  {
    method: 'GET',
    path: `${server}/databases/:database/replicationLinks`,
    type: `${databaseType}/replicationLinks`,
    handle: databaseLinks,
  },
  {
    method: 'GET',
    path: `${server}/replicationLinks`,
    type: 'Microsoft.Sql/servers/replicationLinks',
    handle: (request) => ok({ value: linksOf(request.state, requireServer(request)).map(toLink) }),
  },
  {
    method: 'GET',
    path: `${server}/failoverGroups`,
    type: failoverType,
    handle: (request) => {
      const home = requireServer(request);
      const groups = failoverGroupsOf(request.state, home);
      return ok({ value: groups.map((group) => toFailoverGroup(request.state, home, group)) });
    },
  },
  { method: 'GET', path: `${server}/failoverGroups/:name`, type: failoverType, handle: failoverGroup },
];
