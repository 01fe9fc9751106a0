import { same } from '../base/find';
import type { Principal, Server, State } from '../base/state';

/** The identity with which a server goes to the vault: its primary user-assigned one as soon as any is assigned, else the system-assigned. */
export function effectivePrincipalId(state: State, server: Server): string | undefined {
  if (server.userAssignedIdentities.length === 0) return server.principalId;
  const primary = server.primaryUserAssignedIdentityId;
  if (primary === undefined) return undefined;
  return state.userAssignedIdentities.find((i) => same(i.id, primary))?.principalId;
}

/**
 * As whom a server is known to a vault: to one of another tenant, a user-assigned identity is the multi-tenant application
 * that the server names. Source: Azure SQL docs, "Cross-tenant customer-managed keys with TDE".
 */
export function principalIdAt(state: State, server: Server, tenantId: string): string | undefined {
  const own = effectivePrincipalId(state, server);
  const application = state.principals.find(
    (p) => p.tenantId === tenantId && same(p.appId ?? '', server.federatedClientId ?? ''),
  );
  return isAbroad(server, tenantId) ? (application?.objectId ?? own) : own;
}

/** Whether a server goes there as an application; a system-assigned identity never does. */
export const isAbroad = ({ tenantId, userAssignedIdentities }: Server, other: string): boolean =>
  userAssignedIdentities.length > 0 && tenantId !== other;

export const findPrincipal = (state: State, objectId: string | undefined): Principal | undefined =>
  objectId === undefined ? undefined : state.principals.find((p) => same(p.objectId, objectId));

/** The same for many servers: a large directory is gone through once only. */
export function principalFinder({ principals }: State): (objectId: string | undefined) => Principal | undefined {
  const byId = new Map(principals.map((principal) => [principal.objectId.toLowerCase(), principal]));
  return (objectId) => (objectId === undefined ? undefined : byId.get(objectId.toLowerCase()));
}
