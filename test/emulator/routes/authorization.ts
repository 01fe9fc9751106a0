import { rolesAt } from '../arm/access';
import { paged, type ArmRequest, type Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { isWithin, lastSegment, same, subscriptionOf } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import type { RoleAssignment, RoleDefinition } from '../base/state';

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

const definitionId = (scope: string, roleId: string): string => {
  const subscription = subscriptionOf(scope);
  const prefix = subscription === '' ? '' : `/subscriptions/${subscription}`;
  return `${prefix}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
};

const assignmentId = ({ scope, name }: RoleAssignment): string =>
  `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

const toAssignment = (assignment: RoleAssignment) => ({
  properties: {
    roleDefinitionId: definitionId(assignment.scope, assignment.roleId),
    principalId: assignment.principalId,
    principalType: 'ServicePrincipal',
    scope: assignment.scope,
    condition: null,
    conditionVersion: null,
  },
  id: assignmentId(assignment),
  type: 'Microsoft.Authorization/roleAssignments',
  name: assignment.name,
});

const toDefinition = (scope: string, role: RoleDefinition) => ({
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

/** With the filter atScope(), lists assignments at the scope and above; without it, as in ARM, also those below. */
function listAssignments(request: ArmRequest): Answer {
  const { state, path, query } = request;
  const scope = authorizationScopeOf(path);
  const filter = query.$filter ?? '';
  const [, principal] = /(?:principalId eq|assignedTo\()\s*'([^']+)'/i.exec(filter) ?? [];
  const atScope = /atScope\(\)/i.test(filter);
  const found = state.roleAssignments.filter(
    (a) =>
      (isWithin(a.scope, scope) || (!atScope && isWithin(scope, a.scope))) &&
      (principal === undefined || same(a.principalId, principal)),
  );
  return paged(request, found.map(toAssignment));
}

function putAssignment({ state, path, params, body, now }: ArmRequest): Answer {
  const scope = authorizationScopeOf(path);
  const properties = propertiesOf(body);
  const principalId = stringOf(properties.principalId);
  const roleId = lastSegment(stringOf(properties.roleDefinitionId));
  if (!state.roleDefinitions.some((r) => same(r.id, roleId))) {
    throw new Refusal(
      400,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${roleId}' does not exist.`,
    );
  }
  // With principalType, ARM doesn't look up the principal, so that new identities can get roles.
  if (properties.principalType === undefined && !state.principals.some((p) => same(p.objectId, principalId))) {
    const message = `Principal ${principalId} does not exist in the directory. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`;
    throw new Refusal(400, 'PrincipalNotFound', message);
  }
  const equal = state.roleAssignments.find(
    (a) => same(a.scope, scope) && same(a.principalId, principalId) && same(a.roleId, roleId),
  );
  if (equal) {
    const message = `The role assignment already exists. The ID of the existing role assignment is ${equal.name.replaceAll('-', '')}.`;
    throw new Refusal(409, 'RoleAssignmentExists', message);
  }
  const assignment = { name: params.name ?? '', scope, principalId, roleId, since: now };
  state.roleAssignments.push(assignment);
  return { status: 201, body: toAssignment(assignment) };
}

function deleteAssignment({ state, path, params }: ArmRequest): Answer {
  const scope = authorizationScopeOf(path);
  const found = state.roleAssignments.find((a) => same(a.name, params.name ?? '') && same(a.scope, scope));
  if (!found) return noContent;
  state.roleAssignments = state.roleAssignments.filter((a) => a !== found);
  return ok(toAssignment(found));
}

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
  const assignments = 'Microsoft.Authorization/roleAssignments';
  const definitions = 'Microsoft.Authorization/roleDefinitions';
  return [
    { method: 'GET', path: `${base}/roleAssignments`, type: assignments, handle: listAssignments },
    { method: 'PUT', path: `${base}/roleAssignments/:name`, type: assignments, handle: putAssignment },
    { method: 'DELETE', path: `${base}/roleAssignments/:name`, type: assignments, handle: deleteAssignment },
    { method: 'GET', path: `${base}/roleDefinitions`, type: definitions, handle: listDefinitions },
    { method: 'GET', path: `${base}/roleDefinitions/:name`, type: definitions, handle: getDefinition },
    { method: 'GET', path: `${base}/permissions`, type: 'Microsoft.Authorization/permissions', handle: permissions },
  ];
});
