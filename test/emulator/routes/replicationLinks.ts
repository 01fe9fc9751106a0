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

/** A replication link as one of its two servers sees it. */
interface Link extends ReplicationLink {
  self: Server;
  partner: Server;
  isPrimary: boolean;
}

const linksOf = (state: State, server: Server): Link[] =>
  databaseLinks(state).flatMap((link) => {
    const { primary, secondary } = link;
    const isPrimary = same(primary, server.id);
    const partner = findServer(state, isPrimary ? secondary : primary);
    return includesId([primary, secondary], server.id) && partner
      ? [{ ...link, self: server, partner, isPrimary }]
      : [];
  });

function rolesOf({ isPrimary, secondaryRole = 'Secondary' }: Link) {
  const primaryRole = secondaryRole === 'Copy' ? 'Source' : 'Primary';
  return isPrimary
    ? { role: primaryRole, partnerRole: secondaryRole }
    : { role: secondaryRole, partnerRole: primaryRole };
}

function stateOf({ suspended, percentComplete = 100 }: Link): string {
  if (suspended) return 'SUSPENDED';
  return percentComplete < 100 ? 'SEEDING' : 'CATCH_UP';
}

const toLink = (link: Link, apiVersion: string) => ({
  properties: {
    partnerServer: link.partner.name,
    partnerDatabase: link.database,
    ...(apiVersion >= '2022-08-01' && { partnerDatabaseId: `${link.partner.id}/databases/${link.database}` }),
    partnerLocation: regionName(link.partner.location),
    ...rolesOf(link),
    replicationMode: 'ASYNC',
    startTime: '2026-01-15T09:30:00.000Z',
    percentComplete: link.percentComplete ?? 100,
    replicationState: stateOf(link),
    isTerminationAllowed: true,
    linkType: link.linkType ?? 'GEO',
  },
  id: `${link.self.id}/databases/${link.database}/replicationLinks/${link.name}`,
  name: link.name,
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
  const { self: server, database, isPrimary } = found;
  const link = requireFreeLink(request, found);
  if (isPrimary) {
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
