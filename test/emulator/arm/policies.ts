import { byGateway } from '../base/answer';
import { includesId, isWithin } from '../base/ids';
import type { PolicyAssignment, State } from '../base/state';
import type { ArmRequest, Route } from './route';

export const policyAssignmentId = ({ scope, name }: Pick<PolicyAssignment, 'scope' | 'name'>): string =>
  `${scope}/providers/Microsoft.Authorization/policyAssignments/${name}`;

export const policyDefinitionId = ({ definition }: Pick<PolicyAssignment, 'definition'>): string =>
  `/providers/Microsoft.Authorization/policyDefinitions/${definition.name}`;

/** The assignments whose policy denies the type of a resource. The emulator evaluates no other rule of a policy. */
export const denying = ({ policyAssignments }: State, id: string, type: string): PolicyAssignment[] =>
  policyAssignments.filter((one) => isWithin(one.scope, id) && includesId(one.deniedTypes, type));

/** Refuses the creation of a resource with the effect "deny" in the words of Azure Policy. */
export function checkPolicies({ state, path }: ArmRequest, { method, type }: Route): void {
  const denied = method === 'PUT' ? denying(state, path, type) : [];
  if (denied.length === 0) return;
  const identifiers = denied.map((one) => ({
    policyAssignment: { name: one.displayName, id: policyAssignmentId(one) },
    policyDefinition: { name: one.definition.displayName, id: policyDefinitionId(one), version: '1.0.0' },
  }));
  const name = path.split('/').at(-1) ?? '';
  const message = `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`;
  throw byGateway(403, 'RequestDisallowedByPolicy', message);
}
