import { policyAssignmentId, policyDefinitionId } from '../arm/policies';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, notPlayed, ok, Refusal, type Answer } from '../base/answer';
import { lastSegment, same } from '../base/ids';
import { propertiesOf, recordOf, stringOf, stringsOf } from '../base/json';
import type { PolicyAssignment, State } from '../base/state';
import { authorizationPaths, authorizationScopeOf, listedAt } from './authorization';

const type = 'Microsoft.Authorization/policyAssignments';

const toPolicyAssignment = (one: PolicyAssignment) => ({
  properties: {
    displayName: one.displayName,
    policyDefinitionId: policyDefinitionId(one),
    scope: one.scope,
    notScopes: [],
    parameters: isNotAllowedTypes(one.definition.name) ? { [typesParameter]: { value: one.deniedTypes } } : {},
    enforcementMode: 'Default',
  },
  id: policyAssignmentId(one),
  type,
  name: one.name,
});

/** Azure's built-in policy "Not allowed resource types", the only one that the emulator can assign. */
const notAllowedTypes = {
  name: '6c112d4e-5bc7-47ae-a041-ea2d9dccd749',
  displayName: 'Not allowed resource types',
  reason: 'The type of the resource is among those that are not allowed.',
};
const typesParameter = 'listOfResourceTypesNotAllowed';

const isNotAllowedTypes = (name: string): boolean => same(name, notAllowedTypes.name);

const toPolicyDefinition = (definition: PolicyAssignment['definition']) => ({
  properties: {
    displayName: definition.displayName,
    policyType: isNotAllowedTypes(definition.name) ? 'BuiltIn' : 'Custom',
    mode: 'Indexed',
    parameters: isNotAllowedTypes(definition.name) ? { [typesParameter]: { type: 'Array' } } : {},
    policyRule: { if: { field: 'type', in: `[parameters('${typesParameter}')]` }, then: { effect: 'Deny' } },
  },
  id: policyDefinitionId({ definition }),
  type: 'Microsoft.Authorization/policyDefinitions',
  name: definition.name,
});

/** The definitions of the assignments and the built-in one. */
function findDefinition({ policyAssignments }: State, name: string): PolicyAssignment['definition'] {
  const all = [notAllowedTypes, ...policyAssignments.map(({ definition }) => definition)];
  const found = all.find((one) => same(one.name, name));
  if (found) return found;
  throw new Refusal(404, 'PolicyDefinitionNotFound', `The policy definition '${name}' could not be found.`);
}

const list = (request: ArmRequest): Answer =>
  ok({ value: listedAt(request.state.policyAssignments, request).map(toPolicyAssignment) });

const idIn = ({ path, params }: ArmRequest) =>
  policyAssignmentId({ scope: authorizationScopeOf(path), name: params.name ?? '' });

/** Assigns the built-in policy, or again one that the state has. */
function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const properties = propertiesOf(body);
  const definition = findDefinition(state, lastSegment(stringOf(properties.policyDefinitionId)));
  if (stringOf(properties.enforcementMode) === 'DoNotEnforce') throw notPlayed('policies that are not enforced');
  const { policyAssignments } = state;
  const types = recordOf(recordOf(properties.parameters)[typesParameter]).value;
  const one: PolicyAssignment = {
    name: params.name ?? '',
    displayName: stringOf(properties.displayName),
    scope: authorizationScopeOf(path),
    definition,
    deniedTypes: isNotAllowedTypes(definition.name)
      ? stringsOf(types)
      : (policyAssignments.find((other) => same(other.definition.name, definition.name))?.deniedTypes ?? []),
  };
  state.policyAssignments = [
    ...policyAssignments.filter((other) => !same(policyAssignmentId(other), idIn(request))),
    one,
  ];
  return { status: 201, body: toPolicyAssignment(one) };
}

function remove(request: ArmRequest): Answer {
  const { state } = request;
  const found = state.policyAssignments.find((one) => same(policyAssignmentId(one), idIn(request)));
  if (!found) return noContent;
  state.policyAssignments = state.policyAssignments.filter((other) => other !== found);
  return ok(toPolicyAssignment(found));
}

function get({ state, path, params }: ArmRequest): Answer {
  const found = state.policyAssignments.find((one) => same(policyAssignmentId(one), path));
  if (found) return ok(toPolicyAssignment(found));
  throw new Refusal(404, 'PolicyAssignmentNotFound', `The policy assignment '${params.name ?? ''}' is not found.`);
}

export const policyAssignmentRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/policyAssignments`, type, handle: list },
  { method: 'GET', path: `${base}/policyAssignments/:name`, type, handle: get },
  { method: 'PUT', path: `${base}/policyAssignments/:name`, type, handle: put },
  { method: 'DELETE', path: `${base}/policyAssignments/:name`, type, handle: remove },
  {
    method: 'GET',
    path: `${base}/policyDefinitions/:name`,
    type: 'Microsoft.Authorization/policyDefinitions',
    filtered: true,
    handle: ({ state, params }) => ok(toPolicyDefinition(findDefinition(state, params.name ?? ''))),
  },
]);
