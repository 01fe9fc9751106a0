import { randomUUID } from 'node:crypto';
import { idKey, parseArmId, sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import type { Permission } from '../core/accessModel';
import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { during } from './gateway/failures';
import { authorization, restrictions } from './restrictions';
import {
  apiVersion,
  definitionsReader,
  listAssignments,
  principalOf,
  roleIdOf,
  toGrants,
  type Assignment,
} from './roleAssignments';
import { settled } from './settled';

/** The object ID of the account that reads a subscription; undefined if it isn't known. */
type OwnId = (subscriptionId: string, signal?: AbortSignal) => Promise<string | undefined>;

export function access(arm: ArmRequests, ownId: OwnId): Azure['access'] {
  return {
    ...rolesOf(arm, ownId),
    ...restrictions(arm),

    grantRole: (principalId, roleId, scope, signal) =>
      during({ name: 'grant role', resource: scope }, () => grantRole(arm, principalId, roleId, scope, signal)),

    listPermissions: (scope, signal) =>
      during({ name: 'list permissions', resource: scope }, async () => {
        const listed = await arm.list({ path: `${scope}${authorization}/permissions`, apiVersion }, signal);
        return (listed as ListedPermission[]).map(({ actions, notActions, condition }) => ({
          actions: actions ?? [],
          notActions: notActions ?? [],
          ...(condition && { isConditional: true }),
        }));
      }),
  };
}

function rolesOf(arm: ArmRequests, ownId: OwnId): Pick<Azure['access'], 'listRoles' | 'listRolesOf' | 'listOwnRoles'> {
  const definitionsOf = definitionsReader(arm);
  const listRoles = async (principalId: string, scope: string, signal?: AbortSignal) => {
    const assignments = await listAssignments(arm, principalId, scope, signal);
    return toGrants(assignments, await definitionsOf(assignments, scope, signal));
  };
  return {
    listRoles: (principalId, scope, signal) =>
      during({ name: 'list roles', resource: scope }, () => listRoles(principalId, scope, signal)),

    listOwnRoles: (scope, signal) =>
      during({ name: 'list roles', resource: scope }, async () => {
        const id = await ownId(parseArmId(scope).subscriptionId, signal);
        return id === undefined ? [] : listRoles(id, scope, signal);
      }),

    listRolesOf: (principalIds, scope, signal) =>
      during({ name: 'list roles', resource: scope }, async () => {
        const path = `${scope}${authorization}/roleAssignments`;
        const listed = (await arm.list({ path, apiVersion, filter: 'atScope()' }, signal)) as Assignment[];
        const assignments = listed.filter((one) => principalIds.has(principalOf(one)));
        const definitions = await definitionsOf(assignments, scope, signal);
        const grants = (id: string) =>
          toGrants(
            assignments.filter((one) => principalOf(one) === id),
            definitions,
          );
        return new Map(assignments.map(principalOf).map((id) => [id, grants(id)]));
      }),
  };
}

type ListedPermission = Partial<Permission> & { readonly condition?: string | null };

/** The ID of a built-in role. The subscription of the scope has every built-in role. */
function definitionId(scope: string, roleId: string): string {
  return `/subscriptions/${parseArmId(scope).subscriptionId}${authorization}/roleDefinitions/${roleId}`;
}

async function grantRole(
  arm: ArmRequests,
  principalId: string,
  roleId: string,
  scope: string,
  signal?: AbortSignal,
): Promise<void> {
  const path = `${scope}${authorization}/roleAssignments/${randomUUID()}`;
  // With the principal type, Azure doesn't look up the principal, which may not have replicated to all regions yet.
  const properties = { roleDefinitionId: definitionId(scope, roleId), principalId, principalType: 'ServicePrincipal' };
  const grant = async (): Promise<true> => {
    const granted = (await arm.send({ method: 'PUT', path, apiVersion, body: { properties } }, signal)) as Assignment;
    // The response is the role assignment itself. Another read might reach a region that doesn't have it yet.
    if (sameId(granted.properties?.principalId, principalId)) return true;
    throw knownError({ code: 'UnexpectedAnswer', message: JSON.stringify(granted).slice(0, 300) });
  };
  const isGranted = async (): Promise<true | undefined> =>
    (await listAssignments(arm, principalId, scope, signal)).some((there) => roleIdOf(there) === idKey(roleId)) ||
    undefined;
  try {
    await settled(grant, isGranted);
  } catch (error) {
    if (!isArmError(error) || !hasCode(error, 'RoleAssignmentExists')) throw error;
  }
}
