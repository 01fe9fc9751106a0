import { isWithin, same, subscriptionOf } from '../base/ids';
import type { RoleDefinition, State } from '../base/state';

/** Whether the principal may perform an action at a scope. */
export type May = (action: string, scope: string) => boolean;

/** The actions of a role can contain "*" anywhere, for example Microsoft.Sql/servers/* */
export function matchesAction(pattern: string, action: string): boolean {
  if (!pattern.includes('*')) return same(pattern, action);
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'i').test(action);
}

/** Whether a role includes an action. */
export const allows = (role: RoleDefinition, action: string): boolean =>
  role.actions.some((p) => matchesAction(p, action)) && !role.notActions.some((p) => matchesAction(p, action));

/** The roles of a principal at a scope, including inherited ones and excluding those assigned after `grantedBy`. */
export function rolesAt(state: State, principalId: string, scope: string, grantedBy = Infinity): RoleDefinition[] {
  return state.roleAssignments
    .filter((a) => same(a.principalId, principalId) && isWithin(a.scope, scope) && (a.since ?? 0) <= grantedBy)
    .flatMap((a) => state.roleDefinitions.filter((r) => same(r.id, a.roleId)));
}

/** True if the scopes contain "/a/b/c" or a scope above it, up to "/". `known` keeps the answers for scopes above. */
function isWithinAny(scopes: ReadonlySet<string>, id: string, known: Map<string, boolean>): boolean {
  if (scopes.has(id)) return true;
  const parent = id.slice(0, id.lastIndexOf('/'));
  if (parent === '') return scopes.has('/');
  const answer = known.get(parent) ?? isWithinAny(scopes, parent, known);
  known.set(parent, answer);
  return answer;
}

export interface Access {
  may: May;
  /** Whether the principal has a role in or above the subscription, which makes the subscription visible. */
  canSee: (subscriptionId: string) => boolean;
}

/** Role-based access of one principal. It caches results, so create one for each request. */
export function accessOf(state: State, principalId: string): Access {
  const assignments = state.roleAssignments.filter((a) => same(a.principalId, principalId));
  const scopesByAction = new Map<string, { scopes: Set<string>; known: Map<string, boolean> }>();
  const scopesFor = (action: string) => {
    const found = scopesByAction.get(action);
    if (found) return found;
    const roles = state.roleDefinitions.filter((role) => allows(role, action)).map((role) => role.id.toLowerCase());
    const allowed = assignments.filter((a) => roles.includes(a.roleId.toLowerCase())).map((a) => a.scope.toLowerCase());
    const made = { scopes: new Set(allowed), known: new Map<string, boolean>() };
    scopesByAction.set(action, made);
    return made;
  };
  const visible = new Set(assignments.map((a) => subscriptionOf(a.scope).toLowerCase()));
  return {
    may: (action, scope) => {
      const { scopes, known } = scopesFor(action);
      return isWithinAny(scopes, scope.toLowerCase(), known);
    },
    // An assignment at "/" names no subscription and applies to all.
    canSee: (subscriptionId) => visible.has('') || visible.has(subscriptionId.toLowerCase()),
  };
}
