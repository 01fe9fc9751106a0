import { policyAssignmentId, policyDefinitionId } from '../arm/policies';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { isWithin, same } from '../base/ids';
import type { PolicyAssignment } from '../base/state';
import { authorizationPaths, authorizationScopeOf } from './authorization';

const type = 'Microsoft.Authorization/policyAssignments';

const toPolicyAssignment = (one: PolicyAssignment) => ({
  properties: {
    displayName: one.displayName,
    policyDefinitionId: policyDefinitionId(one),
    scope: one.scope,
    notScopes: [],
    parameters: {},
    enforcementMode: 'Default',
  },
  id: policyAssignmentId(one),
  type,
  name: one.name,
});

/** Without the filter atScope(), also lists those below the scope. */
function list({ state, path, query }: ArmRequest): Answer {
  const scope = authorizationScopeOf(path);
  const atScope = /atScope\(\)/i.test(query.$filter ?? '');
  const found = state.policyAssignments.filter(
    (one) => isWithin(one.scope, scope) || (!atScope && isWithin(scope, one.scope)),
  );
  return ok({ value: found.map(toPolicyAssignment) });
}

function get({ state, path, params }: ArmRequest): Answer {
  const found = state.policyAssignments.find((one) => same(policyAssignmentId(one), path));
  if (found) return ok(toPolicyAssignment(found));
  throw new Refusal(404, 'PolicyAssignmentNotFound', `The policy assignment '${params.name ?? ''}' is not found.`);
}

export const policyAssignmentRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/policyAssignments`, type, handle: list },
  { method: 'GET', path: `${base}/policyAssignments/:name`, type, handle: get },
]);
