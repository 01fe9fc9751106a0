import { isWithin, same, subscriptionOf } from '../base/find';
import type { RoleDefinition, State } from '../base/state';

export type May = (action: string, scope: string) => boolean;

const patterns = new Map<string, RegExp>();

/** Role actions may hold "*" anywhere: Microsoft.Sql/servers/* */
export function matchesAction(pattern: string, action: string): boolean {
  let regex = patterns.get(pattern);
  if (!regex) {
    const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    regex = new RegExp(`^${escaped.join('.*')}$`, 'i');
    patterns.set(pattern, regex);
  }
  return regex.test(action);
}

const allows = (role: RoleDefinition, action: string): boolean =>
  role.actions.some((p) => matchesAction(p, action)) && !role.notActions.some((p) => matchesAction(p, action));

/** The roles that a principal has at a scope, inherited ones included; those given after `grantedBy` are left out. */
export function rolesAt(state: State, principalId: string, scope: string, grantedBy = Infinity): RoleDefinition[] {
  return state.roleAssignments
    .filter((a) => same(a.principalId, principalId) && isWithin(a.scope, scope) && (a.since ?? 0) <= grantedBy)
    .flatMap((a) => state.roleDefinitions.filter((r) => same(r.id, a.roleId)));
}

/** Is "/a/b/c", or anything above it up to "/", among the scopes? */
function isWithinAny(scopes: ReadonlySet<string>, id: string): boolean {
  for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
    if (scopes.has(id.slice(0, end))) return true;
  }
  return scopes.has('/');
}

export interface Access {
  may: May;
  /** Is there any role within the subscription, or above it? Then the subscription is visible. */
  reaches: (subscriptionId: string) => boolean;
}

/** Role-based access of one principal; remembers what it works out, so make a new one for each request. */
export function accessOf(state: State, principalId: string): Access {
  const assignments = state.roleAssignments.filter((a) => same(a.principalId, principalId));
  const scopesByAction = new Map<string, Set<string>>();
  const scopesFor = (action: string): Set<string> => {
    const known = scopesByAction.get(action);
    if (known) return known;
    const roles = state.roleDefinitions.filter((role) => allows(role, action)).map((role) => role.id.toLowerCase());
    const allowed = assignments.filter((a) => roles.includes(a.roleId.toLowerCase())).map((a) => a.scope.toLowerCase());
    const scopes = new Set(allowed);
    scopesByAction.set(action, scopes);
    return scopes;
  };
  const reached = new Set(assignments.map((a) => subscriptionOf(a.scope).toLowerCase()));
  return {
    may: (action, scope) => isWithinAny(scopesFor(action), scope.toLowerCase()),
    // An assignment at "/" names no subscription and so reaches all.
    reaches: (subscriptionId) => reached.has('') || reached.has(subscriptionId.toLowerCase()),
  };
}
