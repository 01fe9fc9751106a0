import { rolesAt } from '../arm/access';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { isWithin, same, subscriptionOf } from '../base/ids';
import type { RoleDefinition } from '../base/state';

const group = '/subscriptions/:sub/resourceGroups/:group';
const resource = `${group}/providers/:namespace/:parentType/:parent`;

/** The paths of Microsoft.Authorization below any scope: the tenant's root, a subscription, a group, a resource, a child. */
export const authorizationPaths = ['', '/subscriptions/:sub', group, resource, `${resource}/:childType/:child`].map(
  (scope) => `${scope}/providers/Microsoft.Authorization`,
);

/** The scope in such a path; "/" for the tenant's root. */
export const authorizationScopeOf = (path: string): string => {
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/microsoft.authorization'));
  return scope === '' ? '/' : scope;
};

/** The items to list: those at the scope of the request and above and, without the filter atScope(), those below. Source: Get-AzResourceLock. */
export function listedAt<T extends { readonly scope: string }>(
  items: readonly T[],
  { path, query }: Pick<ArmRequest, 'path' | 'query'>,
): readonly T[] {
  const scope = authorizationScopeOf(path);
  const isLimited = /atScope\(\)/i.test(query.$filter ?? '');
  return items.filter((item) => isWithin(item.scope, scope) || (!isLimited && isWithin(scope, item.scope)));
}

/** The ID of a role definition as it appears at a scope. */
export const definitionId = (scope: string, roleId: string): string => {
  const subscription = subscriptionOf(scope);
  const prefix = subscription === '' ? '' : `/subscriptions/${subscription}`;
  return `${prefix}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
};

/** ARM's JSON for a role definition. */
export const toDefinition = (scope: string, role: RoleDefinition) => ({
  properties: {
    roleName: role.roleName,
    type: 'BuiltInRole',
    description: role.description,
    assignableScopes: ['/'],
    permissions: [
      { actions: role.actions, notActions: role.notActions, dataActions: role.dataActions, notDataActions: [] },
    ],
  },
  id: definitionId(scope, role.id),
  type: 'Microsoft.Authorization/roleDefinitions',
  name: role.id,
});

function listDefinitions(request: ArmRequest): Answer {
  const { state, path, query } = request;
  const [, name] = /roleName eq '([^']+)'/i.exec(query.$filter ?? '') ?? [];
  const roles = state.roleDefinitions.filter((r) => name === undefined || same(r.roleName, name));
  return ok({ value: roles.map((role) => toDefinition(authorizationScopeOf(path), role)) });
}

function getDefinition({ state, path, params }: ArmRequest): Answer {
  const role = state.roleDefinitions.find((r) => same(r.id, params.name ?? ''));
  if (role) return ok(toDefinition(authorizationScopeOf(path), role));
  const message = `The specified role definition with ID '${params.name ?? ''}' does not exist.`;
  throw new Refusal(404, 'RoleDefinitionDoesNotExist', message);
}

function permissions({ state, caller, path }: ArmRequest): Answer {
  const roles = rolesAt(state, caller.oid, authorizationScopeOf(path));
  return ok({
    value: roles.map(({ actions, notActions, dataActions }) => ({
      actions,
      notActions,
      dataActions,
      notDataActions: [],
    })),
  });
}

export const authorizationRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => {
  const definitions = 'Microsoft.Authorization/roleDefinitions';
  return [
    { method: 'GET', path: `${base}/roleDefinitions`, type: definitions, handle: listDefinitions },
    { method: 'GET', path: `${base}/roleDefinitions/:name`, type: definitions, handle: getDefinition },
    { method: 'GET', path: `${base}/permissions`, type: 'Microsoft.Authorization/permissions', handle: permissions },
  ];
});
