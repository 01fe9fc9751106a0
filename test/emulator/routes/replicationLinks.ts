import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findServer } from '../base/find';
import { databaseLinks } from '../base/geo';
import { includesId, same } from '../base/ids';
import type { Server, State } from '../base/state';
import { requireDatabase } from '../rules/databaseRules';
import { requireServer } from '../rules/serverRules';
import { regionName } from './servers';

const type = 'Microsoft.Sql/servers/databases/replicationLinks';

interface Link {
  name: string;
  database: string;
  self: Server;
  partner: Server;
  role: 'Primary' | 'Secondary';
  linkType: 'GEO';
}

const linksOf = (state: State, server: Server): Link[] =>
  databaseLinks(state).flatMap(({ name, primary, secondary, database }) => {
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
});

function listOfDatabase(request: ArmRequest): Answer {
  const server = requireServer(request);
  const { name } = requireDatabase(request, server);
  return ok({
    value: linksOf(request.state, server)
      .filter((l) => same(l.database, name))
      .map(toLink),
  });
}

const server = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers/:server';

export const replicationLinkRoutes: Route[] = [
  { method: 'GET', path: `${server}/databases/:database/replicationLinks`, type, handle: listOfDatabase },
  {
    method: 'GET',
    path: `${server}/replicationLinks`,
    type: 'Microsoft.Sql/servers/replicationLinks',
    handle: (request) => ok({ value: linksOf(request.state, requireServer(request)).map(toLink) }),
  },
];
