import { ok, type Answer } from '../base/answer';
import { operationResult, pollOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { isWithin, same } from '../base/find';
import { requireServer } from '../rules/serverRules';
import { findPrincipal } from '../rules/serverIdentity';
import type { Server, State } from '../base/state';

export const serverType = 'Microsoft.Sql/servers';

/** The identity block; absent on servers without identity. User-assigned ids come with a small "resourcegroups", as recorded. */
export function toIdentity(
  state: State,
  server: Server,
  principal = findPrincipal(state, server.principalId),
): object | undefined {
  if (server.identityType === 'None') return undefined;
  const userAssigned = server.userAssignedIdentities.map((id) => {
    const identity = state.userAssignedIdentities.find((i) => same(i.id, id));
    const ids = identity && { principalId: identity.principalId, clientId: identity.clientId };
    return [id.replace('/resourceGroups/', '/resourcegroups/'), ids ?? {}];
  });
  return {
    ...(server.principalId !== undefined && { principalId: server.principalId }),
    type: server.identityType,
    ...(server.principalId !== undefined && { tenantId: principal?.tenantId ?? server.tenantId }),
    ...(userAssigned.length > 0 && { userAssignedIdentities: Object.fromEntries(userAssigned) as object }),
  };
}

export const serverProperties = (server: Server) => ({
  administratorLogin: 'sqladmin',
  version: '12.0',
  // Only Resource Graph shows a server that is gone, as it last was.
  state: server.state === 'Gone' ? 'Ready' : server.state,
  fullyQualifiedDomainName: `${server.name}.database.windows.net`,
  privateEndpointConnections: [],
  minimalTlsVersion: '1.2',
  publicNetworkAccess: 'Enabled',
  ...(server.primaryUserAssignedIdentityId !== undefined && {
    primaryUserAssignedIdentityId: server.primaryUserAssignedIdentityId,
  }),
  ...(server.federatedClientId !== undefined && { federatedClientId: server.federatedClientId }),
  restrictOutboundNetworkAccess: 'Disabled',
});

export function toServer(state: State, server: Server) {
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
  const servers = state.servers.filter(
    (s) => s.state !== 'Gone' && isWithin(scope, s.id) && may(`${serverType}/read`, s.id),
  );
  return ok({ value: servers.map((s) => toServer(state, s)) });
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
  ...operationRoutes,
];
