import { denying, policyAssignmentId, policyDefinitionId } from '../arm/policies';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { recordOf, stringOf } from '../base/json';

/** Evaluates the policies for a resource in the body of the request. Source: REST reference "Policy Restrictions". */
function checkRestrictions({ state, path, body }: ArmRequest): Answer {
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/'));
  const type = stringOf(recordOf(recordOf(recordOf(body).resourceDetails).resourceContent).type);
  return ok({
    fieldRestrictions: [],
    contentEvaluationResult: {
      policyEvaluations: denying(state, `${scope}/`, type).map((one) => ({
        policyInfo: { policyDefinitionId: policyDefinitionId(one), policyAssignmentId: policyAssignmentId(one) },
        evaluationResult: 'NonCompliant',
        effectDetails: { policyEffect: 'Deny' },
        evaluationDetails: { evaluatedExpressions: [], reason: one.definition.reason },
      })),
    },
  });
}

export const policyRoutes: Route[] = [
  {
    method: 'POST',
    path: '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.PolicyInsights/checkPolicyRestrictions',
    type: 'Microsoft.PolicyInsights/checkPolicyRestrictions',
    action: 'Microsoft.PolicyInsights/checkPolicyRestrictions/read',
    handle: checkRestrictions,
  },
];
