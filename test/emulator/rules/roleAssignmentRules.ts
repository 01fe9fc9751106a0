import type { ArmRequest } from '../arm/route';
import { findPrincipal } from '../base/find';
import { lastSegment, same } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { Principal, RoleAssignment, State } from '../base/state';

export interface RoleAssignmentFacts {
  state: State;
  name: string;
  scope: string;
  principalId: string;
  /** The GUID of the role definition. */
  roleId: string;
  /** Empty if the request has none. */
  principalType: string;
  /** The principal in the directory. */
  principal?: Principal;
  /** The assignment that already has this name, at any scope. */
  known?: RoleAssignment;
  /** The assignment of the same role to the same principal at the same scope. */
  equal?: RoleAssignment;
}

/** Reads the facts from a PUT of a role assignment. */
export function roleAssignmentFacts({ state, params, body }: ArmRequest, scope: string): RoleAssignmentFacts {
  const properties = propertiesOf(body);
  const name = params.name ?? '';
  const principalId = stringOf(properties.principalId);
  const roleId = lastSegment(stringOf(properties.roleDefinitionId));
  const principal = findPrincipal(state, principalId);
  const known = state.roleAssignments.find((a) => same(a.name, name));
  const equal = state.roleAssignments.find(
    (a) => same(a.scope, scope) && same(a.principalId, principalId) && same(a.roleId, roleId),
  );
  return {
    state,
    name,
    scope,
    principalId,
    roleId,
    principalType: stringOf(properties.principalType),
    ...(principal && { principal }),
    ...(known && { known }),
    ...(equal && { equal }),
  };
}

/** The types of a principal. The caller of the demo seed is a user and an application at once. */
export const principalTypesOf = ({ appId, user }: Principal): string[] => [
  ...(appId === undefined ? [] : ['ServicePrincipal']),
  ...(user === undefined ? [] : ['User']),
];

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The checks of PUT …/roleAssignments/NAME. */
export const roleAssignmentRules: readonly Rule<RoleAssignmentFacts>[] = [
  {
    code: 'InvalidRoleAssignmentId',
    status: 400,
    when: ({ name }) =>
      messageIf(!isGuid(name), `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`),
  },
  {
    code: 'InvalidPrincipalId',
    status: 400,
    when: ({ principalId }) =>
      messageIf(!isGuid(principalId), `The Principal ID '${principalId}' is not valid. Principal ID must be a GUID.`),
  },
  {
    code: 'RoleDefinitionDoesNotExist',
    status: 400,
    when: ({ state, roleId }) =>
      messageIf(
        !state.roleDefinitions.some((role) => same(role.id, roleId)),
        `The specified role definition with ID '${roleId}' does not exist.`,
      ),
  },
  {
    // With principalType, ARM doesn't look up the principal, so that new identities can get roles.
    code: 'PrincipalNotFound',
    status: 400,
    when: ({ principal, principalId, principalType }) =>
      messageIf(
        !principal && principalType === '',
        `Principal ${principalId} does not exist in the directory. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
      ),
  },
  {
    code: 'UnmatchedPrincipalType',
    status: 400,
    when: ({ principal, principalId, principalType }) => {
      const types = principal ? principalTypesOf(principal) : [];
      if (principalType === '' || types.length === 0 || types.some((type) => same(type, principalType)))
        return undefined;
      return `The PrincipalId '${principalId}' has type '${types[0] ?? ''}', which is different from specified PrincipalType '${principalType}'.`;
    },
  },
  {
    code: 'RoleAssignmentUpdateNotPermitted',
    status: 400,
    when: ({ known, equal }) =>
      messageIf(
        known !== undefined && known !== equal,
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      ),
  },
  {
    code: 'RoleAssignmentExists',
    status: 409,
    when: ({ known, equal }) =>
      messageIf(
        equal !== undefined && known === undefined,
        `The role assignment already exists. The ID of the existing role assignment is ${equal?.name.replaceAll('-', '') ?? ''}.`,
      ),
  },
];
