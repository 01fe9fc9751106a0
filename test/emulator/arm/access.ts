import { isWithin, same } from '../finders';
import type { RoleDefinition, State } from '../state';

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

/** The roles that a principal has at a scope, inherited ones included. */
export function rolesAt(state: State, principalId: string, scope: string): RoleDefinition[] {
  return state.roleAssignments
    .filter((a) => same(a.principalId, principalId) && isWithin(a.scope, scope))
    .flatMap((a) => state.roleDefinitions.filter((r) => same(r.id, a.roleId)));
}

/** Role-based access of one principal; remembers what it works out, so make a new one for each request. */
export function accessOf(state: State, principalId: string): May {
  const assignments = state.roleAssignments
    .filter((a) => same(a.principalId, principalId))
    .flatMap(({ scope, roleId }) =>
      state.roleDefinitions.filter((r) => same(r.id, roleId)).map((role) => ({ scope, role })),
    );
  const scopesByAction = new Map<string, string[]>();
  const scopesFor = (action: string): string[] => {
    const known = scopesByAction.get(action);
    if (known) return known;
    const scopes = assignments.filter(({ role }) => allows(role, action)).map(({ scope }) => scope);
    scopesByAction.set(action, scopes);
    return scopes;
  };
  return (action, scope) => scopesFor(action).some((allowed) => isWithin(allowed, scope));
}

/** Does any assignment lie within the subscription, or above it? Then the subscription is visible. */
export const hasAccessWithin = (state: State, principalId: string, subscriptionId: string): boolean => {
  const id = `/subscriptions/${subscriptionId}`;
  return state.roleAssignments.some(
    (a) => same(a.principalId, principalId) && (isWithin(id, a.scope) || isWithin(a.scope, id)),
  );
};
