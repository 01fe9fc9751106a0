import { policyAssignmentId, policyDefinitionId } from '../arm/policies';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { same } from '../base/ids';
import type { PolicyAssignment } from '../base/state';
import { authorizationPaths, listedAt } from './authorization';

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

const list = (request: ArmRequest): Answer =>
  ok({ value: listedAt(request.state.policyAssignments, request).map(toPolicyAssignment) });

function get({ state, path, params }: ArmRequest): Answer {
  const found = state.policyAssignments.find((one) => same(policyAssignmentId(one), path));
  if (found) return ok(toPolicyAssignment(found));
  throw new Refusal(404, 'PolicyAssignmentNotFound', `The policy assignment '${params.name ?? ''}' is not found.`);
}

export const policyAssignmentRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/policyAssignments`, type, handle: list },
  { method: 'GET', path: `${base}/policyAssignments/:name`, type, handle: get },
]);
