import { paged, type ArmRequest, type Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { findPrincipal } from '../base/find';
import { same } from '../base/ids';
import { propertiesOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { RoleAssignment, State } from '../base/state';
import { principalTypesOf, roleAssignmentFacts, roleAssignmentRules } from '../rules/roleAssignmentRules';
import { authorizationPaths, authorizationScopeOf, definitionId, listedAt } from './authorization';

const type = 'Microsoft.Authorization/roleAssignments';

const idOf = ({ scope, name }: RoleAssignment): string =>
  `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

function typeOfPrincipal(state: State, { principalId, principalType }: RoleAssignment): string {
  const principal = findPrincipal(state, principalId);
  const [known = 'ServicePrincipal'] = principal ? principalTypesOf(principal) : [];
  return principalType ?? known;
}

/** ARM's JSON for a role assignment. */
export const toAssignment = (state: State, assignment: RoleAssignment) => ({
  properties: {
    roleDefinitionId: definitionId(assignment.scope, assignment.roleId),
    principalId: assignment.principalId,
    principalType: typeOfPrincipal(state, assignment),
    scope: assignment.scope,
    condition: assignment.condition ?? null,
    conditionVersion: assignment.condition === undefined ? null : '2.0',
    description: assignment.description ?? null,
  },
  id: idOf(assignment),
  type,
  name: assignment.name,
});

function list(request: ArmRequest): Answer {
  const { state, query } = request;
  const [, principal] = /(?:principalId eq|assignedTo\()\s*'([^']+)'/i.exec(query.$filter ?? '') ?? [];
  const found = listedAt(state.roleAssignments, request).filter(
    ({ principalId }) => principal === undefined || same(principalId, principal),
  );
  return paged(
    request,
    found.map((assignment) => toAssignment(state, assignment)),
  );
}

const find = ({ state, path, params }: ArmRequest): RoleAssignment | undefined => {
  const scope = authorizationScopeOf(path);
  return state.roleAssignments.find((a) => same(a.name, params.name ?? '') && same(a.scope, scope));
};

function get(request: ArmRequest): Answer {
  const found = find(request);
  if (found) return ok(toAssignment(request.state, found));
  const message = `The role assignment '${request.params.name ?? ''}' is not found.`;
  throw new Refusal(404, 'RoleAssignmentNotFound', message);
}

function put(request: ArmRequest): Answer {
  const { state, body, now } = request;
  const facts = roleAssignmentFacts(request, authorizationScopeOf(request.path));
  refuseIfBroken(roleAssignmentRules, facts);
  const { known, name, scope, principalId, roleId, principalType } = facts;
  const { description } = propertiesOf(body);
  const assignment = known ?? { name, scope, principalId, roleId, since: now };
  Object.assign(
    assignment,
    principalType !== '' && { principalType },
    typeof description === 'string' && { description },
  );
  if (!known) state.roleAssignments.push(assignment);
  return { status: known ? 200 : 201, body: toAssignment(state, assignment) };
}

function remove(request: ArmRequest): Answer {
  const { state } = request;
  const found = find(request);
  if (!found) return noContent;
  state.roleAssignments = state.roleAssignments.filter((a) => a !== found);
  return ok(toAssignment(state, found));
}

export const roleAssignmentRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/roleAssignments`, type, handle: list },
  { method: 'GET', path: `${base}/roleAssignments/:name`, type, handle: get },
  { method: 'PUT', path: `${base}/roleAssignments/:name`, type, handle: put },
  { method: 'DELETE', path: `${base}/roleAssignments/:name`, type, handle: remove },
]);
