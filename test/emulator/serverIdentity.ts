import { same } from './finders';
import type { Principal, Server, State } from './state';

/** The identity with which a server goes to the vault: its primary user-assigned one as soon as any is assigned, else the system-assigned. */
export function effectivePrincipalId(state: State, server: Server): string | undefined {
  if (server.userAssignedIdentities.length === 0) return server.principalId;
  const primary = server.primaryUserAssignedIdentityId;
  if (primary === undefined) return undefined;
  return state.userAssignedIdentities.find((i) => same(i.id, primary))?.principalId;
}

export const findPrincipal = (state: State, objectId: string | undefined): Principal | undefined =>
  objectId === undefined ? undefined : state.principals.find((p) => same(p.objectId, objectId));

/** The same for many servers: a large directory is gone through once only. */
export function principalFinder({ principals }: State): (objectId: string | undefined) => Principal | undefined {
  const byId = new Map(principals.map((principal) => [principal.objectId.toLowerCase(), principal]));
  return (objectId) => (objectId === undefined ? undefined : byId.get(objectId.toLowerCase()));
}
