import { idKey, isInstanceId, isWithin, sameId } from '../armId';
import type { SqlServer } from '../model';
import type { Azure } from '../ports';
import { resourceGroupId } from '../resourceGroupId';
import { serverType } from '../serverType';
import { givesUses } from './accessCheck';

/** From this number of servers in a subscription or resource group on, one request for all of them replaces one for each. */
const worthwhile = 4;

/**
 * The same operations, with fewer requests for many servers: what they share in a subscription, a resource group, or a vault is read
 * once. A server is asked about alone if that doesn't tell enough, for example because the account sees only one resource group.
 * @param servers those that will be asked about
 */
export function batchedReads(azure: Azure, servers: readonly SqlServer[]): Azure {
  return {
    ...azure,
    sqlServers: { ...azure.sqlServers, get: batchedGet(azure, servers) },
    access: { ...azure.access, ...batchedAccess(azure, servers) },
    policies: batchedPolicies(azure, servers),
  };
}

function batchedGet({ sqlServers }: Azure, servers: readonly SqlServer[]): Azure['sqlServers']['get'] {
  const listDetails = once((id, signal) => sqlServers.listDetails(id, signal));
  const subscriptions = crowded(servers.map(subscriptionOf));
  return async (place, signal) => {
    const isListed = !isInstanceId(place.id) && subscriptions.some((scope) => isWithin(place.id, scope));
    const listed = isListed ? await ifKnown(listDetails(place.subscriptionId, signal)) : undefined;
    const server = listed?.find(({ id }) => sameId(id, place.id));
    return server ? { ...server, id: place.id, name: place.name } : sqlServers.get(place, signal);
  };
}

function batchedAccess({ access }: Azure, servers: readonly SqlServer[]): Partial<Azure['access']> {
  const scopes = [...crowded(servers.map(subscriptionOf)), ...crowded(servers.map(groupOf))];
  const principalIds = new Set(servers.flatMap(principalsOf));
  const rolesAt = once((scope, signal) => access.listRolesOf(principalIds, scope, signal));
  const locksIn = once((scope, signal) => access.listLocksIn(scope, signal));
  const denialsIn = once((scope, signal) => access.listDenyAssignmentsIn(scope, signal));
  return {
    listPermissions: once((scope, signal) => access.listPermissions(scope, signal)),
    listLocks: async (id, signal) =>
      (await firstKnown(scopes, id, (scope) => locksIn(scope, signal))) ?? access.listLocks(id, signal),
    listDenyAssignments: async (id, signal) =>
      (await firstKnown(scopes, id, (scope) => denialsIn(scope, signal))) ?? access.listDenyAssignments(id, signal),
    listRoles: async (principalId, scope, signal) => {
      const roles = servers.length < worthwhile ? undefined : await ifKnown(rolesAt(scope, signal));
      const own = roles?.get(idKey(principalId));
      // Roles of its groups may add to these.
      return own && givesUses(own) ? own : access.listRoles(principalId, scope, signal);
    },
  };
}

/** What applies to a resource, from the list of everything in the first of the scopes around it that the account can see. */
async function firstKnown<T extends { readonly scope: string }>(
  scopes: readonly string[],
  id: string,
  list: (scope: string) => Promise<readonly T[]>,
): Promise<readonly T[] | undefined> {
  for (const around of scopes.filter((scope) => isWithin(id, scope))) {
    const all = await ifKnown(list(around));
    if (all) return all.filter(({ scope }) => isWithin(id, scope) || !isWithin(scope, around));
  }
  return undefined;
}

/** Azure evaluates the policies of the resource group, which don't depend on the server. */
function batchedPolicies({ policies }: Azure, servers: readonly SqlServer[]): Azure['policies'] {
  const groups = crowded(servers.map(groupOf));
  const shared = new Map<string, ReturnType<typeof policies.listDenials>>();
  return {
    listDenials: (server, request, signal) => {
      const group = groups.find((one) => isWithin(server.id, one));
      if (group === undefined) return policies.listDenials(server, request, signal);
      const key = `${group} ${serverType(server).name} ${request.properties.uri}`;
      const denials = shared.get(key) ?? policies.listDenials(server, request, signal);
      shared.set(key, denials);
      return denials;
    },
  };
}

const subscriptionOf = ({ subscriptionId }: SqlServer): string => `/subscriptions/${subscriptionId}`;
const groupOf = ({ id }: SqlServer): string => resourceGroupId(id) ?? id;

const principalsOf = ({ identity: { systemAssigned, userAssigned } }: SqlServer): readonly string[] =>
  [systemAssigned, ...userAssigned].flatMap((one) => (one?.principalId === undefined ? [] : [idKey(one.principalId)]));

/** The scopes, in lower case, that occur often enough. */
function crowded(scopes: readonly string[]): readonly string[] {
  const all = scopes.map(idKey);
  return [...new Set(all)].filter((scope) => all.filter((one) => one === scope).length >= worthwhile);
}

/** Reads once for each ID. */
function once<T>(read: (id: string, signal?: AbortSignal) => Promise<T>): typeof read {
  const reads = new Map<string, Promise<T>>();
  return (id, signal) => {
    const result = reads.get(idKey(id)) ?? read(id, signal);
    reads.set(idKey(id), result);
    return result;
  };
}

/** A failure of the list isn't one of the server, which is then asked about alone. */
const ifKnown = <T>(reading: Promise<T>): Promise<T | undefined> => reading.catch(() => undefined);
