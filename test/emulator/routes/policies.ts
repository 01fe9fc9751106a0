import type { ArmRequest, Route } from '../arm/route';
import { byGateway, ok, type Answer } from '../base/answer';
import { includesId, isWithin } from '../base/ids';
import { recordOf, stringOf } from '../base/json';
import type { PolicyAssignment, State } from '../base/state';

const assignmentId = ({ scope, name }: PolicyAssignment): string =>
  `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;

const definitionId = ({ definition }: PolicyAssignment): string =>
  `/providers/Microsoft.Authorization/policyDefinitions/${definition.name}`;

/** The assignments whose policy denies the type of a resource. The emulator evaluates no other rule of a policy. */
const denying = ({ policyAssignments }: State, id: string, type: string): PolicyAssignment[] =>
  policyAssignments.filter((one) => isWithin(one.scope, id) && includesId(one.deniedTypes, type));

/** Refuses the creation of a resource with the effect "deny" in the words of Azure Policy. */
export function checkPolicies({ state, path }: ArmRequest, { method, type }: Route): void {
  const denied = method === 'PUT' ? denying(state, path, type) : [];
  if (denied.length === 0) return;
  const identifiers = denied.map((one) => ({
    policyAssignment: { name: one.displayName, id: assignmentId(one) },
    policyDefinition: { name: one.definition.displayName, id: definitionId(one), version: '1.0.0' },
  }));
  const name = path.split('/').at(-1) ?? '';
  const message = `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`;
  throw byGateway(403, 'RequestDisallowedByPolicy', message);
}

/** Evaluates the policies for a resource in the body of the request. Source: REST reference "Policy Restrictions". */
function checkRestrictions({ state, path, body }: ArmRequest): Answer {
  const scope = path.slice(0, path.toLowerCase().lastIndexOf('/providers/'));
  const type = stringOf(recordOf(recordOf(recordOf(body).resourceDetails).resourceContent).type);
  return ok({
    fieldRestrictions: [],
    contentEvaluationResult: {
      policyEvaluations: denying(state, `${scope}/`, type).map((one) => ({
        policyInfo: { policyDefinitionId: definitionId(one), policyAssignmentId: assignmentId(one) },
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
