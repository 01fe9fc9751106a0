import { isWithin, lastSegment, same } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import type { RoleAssignment, State } from '../base/state';
import { allows } from './access';

/** The attributes of a role assignment that conditions compare. */
type Attributes = Readonly<Partial<Record<string, string>>>;

const comparison =
  /@(Request|Resource)\[Microsoft\.Authorization\/roleAssignments:(\w+)\]\s+(?:ForAnyOfA(?:ny|ll)Values:)?(GuidEquals|GuidNotEquals|StringEqualsIgnoreCase)\s+(\{[^}]*\}|'[^']*')/gi;

/**
 * Whether an assignment meets all comparisons that a condition makes with the request or the resource. Source: Azure RBAC docs,
 * "Examples to delegate Azure role assignment management with conditions".
 */
function isFulfilled(condition: string, source: 'Request' | 'Resource', attributes: Attributes): boolean {
  const comparisons = [...condition.matchAll(comparison)].filter(([, of = '']) => same(of, source));
  return comparisons.every(([, , attribute = '', operator = '', operand = '']) => {
    const values = operand.replace(/[{}']/g, '').split(/,\s*/);
    const isAmong = values.some((value) => same(value.trim(), attributes[attribute] ?? ''));
    return /Not/i.test(operator) ? !isAmong : isAmong;
  });
}

/** What a condition compares for a write: the assignment in the body; for a delete, the one that is there. */
function attributesOf({ state, path, body }: { state: State; path: string; body: unknown }): Attributes {
  const there = state.roleAssignments.find(({ name }) => same(name, lastSegment(path)));
  const { roleDefinitionId, principalId, principalType } = propertiesOf(body);
  return {
    RoleDefinitionId: lastSegment(stringOf(roleDefinitionId)) || (there?.roleId ?? ''),
    PrincipalId: stringOf(principalId) || (there?.principalId ?? ''),
    PrincipalType: stringOf(principalType) || (there?.principalType ?? ''),
  };
}

/** Whether only role assignments whose conditions aren't fulfilled give the principal an action on role assignments. */
export function isRefusedByCondition(
  request: { state: State; path: string; body: unknown },
  { principalId, action, scope }: { principalId: string; action: string; scope: string },
): boolean {
  const { roleAssignments, roleDefinitions } = request.state;
  const gives = (assignment: RoleAssignment): boolean =>
    same(assignment.principalId, principalId) &&
    isWithin(assignment.scope, scope) &&
    roleDefinitions.some((role) => same(role.id, assignment.roleId) && allows(role, action));
  const giving = roleAssignments.filter(gives);
  const attributes = attributesOf(request);
  const source = action.endsWith('/delete') ? 'Resource' : 'Request';
  return (
    giving.length > 0 &&
    giving.every(({ condition }) => condition !== undefined && !isFulfilled(condition, source, attributes))
  );
}
