import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findPrincipal, protectorKeyOf } from '../base/find';
import { isWithin, same, scopeOfList } from '../base/ids';
import type { Server, SqlResource, State } from '../base/state';
import { requireServer } from '../rules/serverRules';

export const serverType = 'Microsoft.Sql/servers';

/** The display names of the regions. */
export const regionNames: Record<string, string> = {
  westeurope: 'West Europe',
  northeurope: 'North Europe',
  eastus: 'East US',
  eastus2: 'East US 2',
  westus2: 'West US 2',
  swedencentral: 'Sweden Central',
};

/** The display name of a region, which server keys, failover groups, and replication links have in place of its name. */
export const regionName = (location: string): string => regionNames[location] ?? location;

/** User-assigned identities by ID. The IDs have a lowercase "resourcegroups", as recorded. */
export function userAssigned(state: State, ids: readonly string[]): object {
  const entries = ids.map((id) => {
    const identity = state.userAssignedIdentities.find((i) => same(i.id, id));
    const principal = identity && { principalId: identity.principalId, clientId: identity.clientId };
    return [id.replace('/resourceGroups/', '/resourcegroups/'), principal ?? {}] as const;
  });
  return Object.fromEntries(entries);
}

/** The identity block; undefined for servers without an identity. */
export function toIdentity(
  state: State,
  server: SqlResource,
  principal = findPrincipal(state, server.principalId),
): object | undefined {
  if (server.identityType === 'None') return undefined;
  return {
    ...(server.principalId !== undefined && { principalId: server.principalId }),
    type: server.identityType,
    ...(server.principalId !== undefined && { tenantId: principal?.tenantId ?? server.tenantId }),
    ...(server.userAssignedIdentities.length > 0 && {
      userAssignedIdentities: userAssigned(state, server.userAssignedIdentities),
    }),
  };
}

/** Servers have had an external governance status since this api-version. Resource Graph shows it, too. */
const governedSince = '2022-08-01';

/** As recorded, a server shows the key identifier of a customer-managed TDE protector as its keyId. */
export const serverProperties = (server: Server, apiVersion?: string) => ({
  administratorLogin: 'sqladmin',
  version: '12.0',
  // Only Resource Graph lists a server that is gone, with its last state.
  state: server.state === 'Gone' ? 'Ready' : server.state,
  fullyQualifiedDomainName: `${server.name}.database.windows.net`,
  privateEndpointConnections: [],
  minimalTlsVersion: '1.2',
  publicNetworkAccess: 'Enabled',
  ...(server.primaryUserAssignedIdentityId !== undefined && {
    primaryUserAssignedIdentityId: server.primaryUserAssignedIdentityId,
  }),
  ...(server.federatedClientId !== undefined && { federatedClientId: server.federatedClientId }),
  ...keyIdOf(server),
  ...((apiVersion ?? governedSince) >= governedSince && { externalGovernanceStatus: 'Disabled' }),
  restrictOutboundNetworkAccess: 'Disabled',
  ...(server.retentionDays !== undefined && { retentionDays: server.retentionDays }),
  ...server.settings,
});

/** The keyId of a server or a managed instance whose TDE protector is customer-managed. */
export function keyIdOf(server: SqlResource): { readonly keyId?: string } {
  const key = protectorKeyOf(server);
  return key ? { keyId: key.uri } : {};
}

/** ARM's JSON for a server. */
export function toServer({ state, apiVersion }: ArmRequest, server: Server) {
  const identity = toIdentity(state, server);
  return {
    ...(identity && { identity }),
    kind: 'v12.0',
    properties: serverProperties(server, apiVersion),
    location: server.location,
    tags: server.tags,
    id: server.id,
    name: server.name,
    type: serverType,
  };
}

/** Lists the servers in a subscription or a resource group that the caller may read. */
function list(request: ArmRequest): Answer {
  const { state, path, may } = request;
  const scope = scopeOfList(path);
  const servers = state.servers.filter(
    (s) => s.state !== 'Gone' && isWithin(scope, s.id) && may(`${serverType}/read`, s.id),
  );
  return ok({ value: servers.map((s) => toServer(request, s)) });
}

const inSubscription = '/subscriptions/:sub/providers/Microsoft.Sql/servers';
const inGroup = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/servers';

export const serverRoutes: Route[] = [
  { method: 'GET', path: inSubscription, type: serverType, filtered: true, handle: list },
  { method: 'GET', path: inGroup, type: serverType, filtered: true, handle: list },
  {
    method: 'GET',
    path: `${inGroup}/:server`,
    type: serverType,
    handle: (request) => ok(toServer(request, requireServer(request))),
  },
];
