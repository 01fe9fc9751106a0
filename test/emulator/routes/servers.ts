import { randomUUID } from 'node:crypto';
import { ok, type Answer } from '../arm/answer';
import { operationResult, pollOperation, startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { isWithin, same } from '../finders';
import { refuseIfBroken } from '../rules/rule';
import { requireServer } from '../rules/serverPlaceRules';
import { updateServerFacts, updateServerRules, type UpdateServerFacts } from '../rules/updateServerRules';
import { findPrincipal } from '../serverIdentity';
import type { Server, State } from '../state';

const serverType = 'Microsoft.Sql/servers';

/** The identity block; absent on servers without identity. User-assigned ids come with a small "resourcegroups", as recorded. */
export function toIdentity(state: State, server: Server): object | undefined {
  if (server.identityType === 'None') return undefined;
  const userAssigned = server.userAssignedIdentities.map((id) => {
    const identity = state.userAssignedIdentities.find((i) => same(i.id, id));
    const ids = identity && { principalId: identity.principalId, clientId: identity.clientId };
    return [id.replace('/resourceGroups/', '/resourcegroups/'), ids ?? {}];
  });
  return {
    ...(server.principalId !== undefined && { principalId: server.principalId }),
    type: server.identityType,
    ...(server.principalId !== undefined && { tenantId: server.tenantId }),
    ...(userAssigned.length > 0 && { userAssignedIdentities: Object.fromEntries(userAssigned) as object }),
  };
}

export const serverProperties = (server: Server) => ({
  administratorLogin: 'sqladmin',
  version: '12.0',
  state: server.state,
  fullyQualifiedDomainName: `${server.name}.database.windows.net`,
  privateEndpointConnections: [],
  minimalTlsVersion: '1.2',
  publicNetworkAccess: 'Enabled',
  ...(server.primaryUserAssignedIdentityId !== undefined && {
    primaryUserAssignedIdentityId: server.primaryUserAssignedIdentityId,
  }),
  restrictOutboundNetworkAccess: 'Disabled',
});

function toServer(state: State, server: Server) {
  const identity = toIdentity(state, server);
  return {
    ...(identity && { identity }),
    kind: 'v12.0',
    properties: serverProperties(server),
    location: server.location,
    tags: server.tags,
    id: server.id,
    name: server.name,
    type: serverType,
  };
}

/** The servers beneath a subscription or a group that the caller may read. */
function list({ state, path, may }: ArmRequest): Answer {
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/'));
  const servers = state.servers.filter((s) => isWithin(scope, s.id) && may(`${serverType}/read`, s.id));
  return ok({ value: servers.map((s) => toServer(state, s)) });
}

/** The directory gets a service principal for a new system-assigned identity, and loses it with the identity. */
function applyIdentity(state: State, server: Server, { type, assigned, primary }: UpdateServerFacts): void {
  if (type.includes('System') && server.principalId === undefined) {
    server.principalId = randomUUID();
    state.principals.push({
      objectId: server.principalId,
      appId: randomUUID(),
      tenantId: server.tenantId,
      displayName: server.name,
    });
  }
  if (!type.includes('System')) {
    const gone = findPrincipal(state, server.principalId);
    state.principals = state.principals.filter((p) => p !== gone);
    delete server.principalId;
  }
  server.identityType = type;
  server.userAssignedIdentities = assigned;
  if (primary === undefined) delete server.primaryUserAssignedIdentityId;
  else server.primaryUserAssignedIdentityId = primary;
}

function patch(request: ArmRequest): Answer {
  const server = requireServer(request);
  const facts = updateServerFacts(request, server);
  refuseIfBroken(updateServerRules, facts);
  return startOperation(request, {
    kind: 'upsertServer',
    server,
    finish: () => {
      applyIdentity(request.state, server, facts);
      return undefined;
    },
    result: () => ok(toServer(request.state, server)),
  });
}

const inSubscription = '/subscriptions/:sub/providers/Microsoft.Sql/servers';
const inGroup = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers';
const locations = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/locations/:location';
const pollAction = 'Microsoft.Sql/locations/read';

const operationRoutes: Route[] = ['server', 'serverKey', 'encryptionProtector'].flatMap((name): Route[] => [
  {
    method: 'GET',
    path: `${locations}/${name}AzureAsyncOperation/:id`,
    type: serverType,
    filtered: true,
    action: pollAction,
    handle: pollOperation,
  },
  {
    method: 'GET',
    path: `${locations}/${name}OperationResults/:id`,
    type: serverType,
    filtered: true,
    action: pollAction,
    handle: operationResult,
  },
]);

export const serverRoutes: Route[] = [
  { method: 'GET', path: inSubscription, type: serverType, filtered: true, handle: list },
  { method: 'GET', path: inGroup, type: serverType, filtered: true, handle: list },
  {
    method: 'GET',
    path: `${inGroup}/:server`,
    type: serverType,
    handle: (request) => ok(toServer(request.state, requireServer(request))),
  },
  { method: 'PATCH', path: `${inGroup}/:server`, type: serverType, handle: patch },
  ...operationRoutes,
];
