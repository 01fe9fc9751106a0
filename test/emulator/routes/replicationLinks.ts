import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { databaseLinks } from '../base/geo';
import { includesId, same } from '../base/ids';
import type { ReplicationLink, Server, State } from '../base/state';
import { requireDatabase } from '../rules/databaseRules';
import { notFound, requireServer } from '../rules/serverRules';
import { regionName } from './servers';

const type = 'Microsoft.Sql/servers/databases/replicationLinks';

interface Link {
  name: string;
  database: string;
  self: Server;
  partner: Server;
  role: 'Primary' | 'Secondary';
  linkType: 'GEO';
  suspended: boolean;
}

const linksOf = (state: State, server: Server): Link[] =>
  databaseLinks(state).flatMap(({ name, primary, secondary, database, suspended = false }) => {
    const role = same(primary, server.id) ? 'Primary' : 'Secondary';
    const other = findServer(state, role === 'Primary' ? secondary : primary);
    const involved = includesId([primary, secondary], server.id);
    return involved && other
      ? [{ name, database, self: server, partner: other, role, linkType: 'GEO' as const, suspended }]
      : [];
  });

const toLink = ({ name, database, self, partner, role, linkType, suspended }: Link, apiVersion: string) => ({
  properties: {
    partnerServer: partner.name,
    partnerDatabase: database,
    ...(apiVersion >= '2022-08-01' && { partnerDatabaseId: `${partner.id}/databases/${database}` }),
    partnerLocation: regionName(partner.location),
    role,
    partnerRole: role === 'Primary' ? 'Secondary' : 'Primary',
    replicationMode: 'ASYNC',
    startTime: '2026-01-15T09:30:00.000Z',
    percentComplete: 100,
    replicationState: suspended ? 'SUSPENDED' : 'CATCH_UP',
    isTerminationAllowed: true,
    linkType,
  },
  id: `${self.id}/databases/${database}/replicationLinks/${name}`,
  name,
});

function listOfDatabase(request: ArmRequest): Answer {
  const server = requireServer(request);
  const { name } = requireDatabase(request, server);
  return ok({
    value: linksOf(request.state, server)
      .filter((l) => same(l.database, name))
      .map((l) => toLink(l, request.apiVersion)),
  });
}

function listOfServer(request: ArmRequest): Answer {
  const links = linksOf(request.state, requireServer(request));
  return ok({ value: links.map((link) => toLink(link, request.apiVersion)) });
}

function requireLink(request: ArmRequest): Link {
  const server = requireServer(request);
  const { name: database } = requireDatabase(request, server);
  const name = request.params.link ?? '';
  const link = linksOf(request.state, server).find((l) => same(l.database, database) && same(l.name, name));
  if (!link) throw notFound(type, name);
  return link;
}

/** A link outside of failover groups; throws a Refusal if there is none. */
function requireFreeLink(request: ArmRequest, { name }: Link): ReplicationLink {
  const link = request.state.replicationLinks.find((l) => same(l.name, name));
  if (link) return link;
  const message =
    'The operation cannot be performed because the geo-replication link is part of a Failover Group. You must remove the database from the group in order to terminate the geo-replication link.';
  throw new Refusal(409, 'FailoverGroupAlreadySetup', message);
}

/** Makes the secondary database the primary one. */
function failover(request: ArmRequest, suspended: boolean): Answer {
  const found = requireLink(request);
  const { self: server, database, role } = found;
  const link = requireFreeLink(request, found);
  if (role === 'Primary') {
    const message = 'The operation expects the database to be a replication target.';
    throw new Refusal(400, 'GeoReplicationDatabaseNotSecondary', message);
  }
  return startOperation(request, {
    kind: 'changeReplication',
    server,
    database,
    finish: () => {
      Object.assign(link, { primary: link.secondary, secondary: link.primary, suspended });
      return undefined;
    },
    result: () => ok(toLink(requireLink(request), request.apiVersion)),
  });
}

function remove(request: ArmRequest): Answer {
  const found = requireLink(request);
  const link = requireFreeLink(request, found);
  return startOperation(request, {
    kind: 'changeReplication',
    server: found.self,
    database: found.database,
    finish: () => {
      request.state.replicationLinks = request.state.replicationLinks.filter((l) => l !== link);
      return undefined;
    },
    result: () => ({ status: 200 }),
  });
}

const server = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server';

export const replicationLinkRoutes: Route[] = [
  { method: 'GET', path: `${server}/databases/:database/replicationLinks`, type, handle: listOfDatabase },
  {
    method: 'GET',
    path: `${server}/databases/:database/replicationLinks/:link`,
    type,
    handle: (request) => ok(toLink(requireLink(request), request.apiVersion)),
  },
  { method: 'DELETE', path: `${server}/databases/:database/replicationLinks/:link`, type, handle: remove },
  ...['failover', 'forceFailoverAllowDataLoss'].map((name): Route => ({
    method: 'POST',
    path: `${server}/databases/:database/replicationLinks/:link/${name}`,
    type,
    action: `${type}/${name}/action`,
    handle: (request) => failover(request, name !== 'failover'),
  })),
  {
    method: 'GET',
    path: `${server}/replicationLinks`,
    type: 'Microsoft.Sql/servers/replicationLinks',
    handle: listOfServer,
  },
];
