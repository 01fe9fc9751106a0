import pMap from 'p-map';
import { idKey, lastSegment } from '../core/armId';
import type { Permission, RoleGrant } from '../core/accessModel';
import type { ArmRequests } from './armRequests';
import { requirePlainName } from './gateway/addresses';
import { authorization } from './restrictions';

/** How many role definitions are read at once. */
const parallelReads = 8;

export const apiVersion = '2022-04-01';

/** A role assignment as Resource Manager returns it. */
export interface Assignment {
  readonly properties?: {
    readonly roleDefinitionId?: string;
    readonly principalId?: string;
    readonly scope?: string;
    readonly condition?: string | null;
  };
  readonly name?: string;
}

interface Definition {
  readonly properties?: {
    readonly roleName?: string;
    readonly type?: string;
    readonly permissions?: readonly (Partial<Permission> & {
      readonly dataActions?: string[];
      readonly notDataActions?: string[];
      readonly condition?: string | null;
    })[];
  };
}

/** The role assignments of a principal at a scope and above it, and those of its groups. Source: "List role assignments", REST. */
export async function listAssignments(
  arm: ArmRequests,
  principalId: string,
  scope: string,
  signal?: AbortSignal,
): Promise<Assignment[]> {
  requirePlainName(principalId);
  const filter = `atScope() and assignedTo('${principalId.replaceAll("'", "''")}')`;
  const path = `${scope}${authorization}/roleAssignments`;
  return (await arm.list({ path, apiVersion, filter }, signal)) as Assignment[];
}

export const roleIdOf = ({ properties }: Assignment): string => idKey(lastSegment(properties?.roleDefinitionId ?? ''));

export const principalOf = ({ properties }: Assignment): string => idKey(properties?.principalId ?? '');

/**
 * Reads role definitions at a scope, because the account may have no role above it. Caches only built-in roles, because users may
 * change custom roles to fix what a check found.
 */
function roleReader(arm: ArmRequests) {
  const builtIn = new Map<string, Definition>();
  return async (scope: string, roleId: string, signal?: AbortSignal): Promise<Definition> => {
    const path = `${scope}${authorization}/roleDefinitions/${roleId}`;
    const definition = builtIn.get(roleId) ?? ((await arm.send({ path, apiVersion }, signal)) as Definition);
    if (definition.properties?.type === 'BuiltInRole') builtIn.set(roleId, definition);
    return definition;
  };
}

/** Reads the definitions of the roles that are assigned, by their IDs. */
export function definitionsReader(arm: ArmRequests) {
  const readRole = roleReader(arm);
  return async (assignments: readonly Assignment[], scope: string, signal?: AbortSignal) => {
    const roleIds = [...new Set(assignments.map(roleIdOf))];
    const read = async (roleId: string) => [roleId, await readRole(scope, roleId, signal)] as const;
    return new Map(await pMap(roleIds, read, { concurrency: parallelReads }));
  };
}

/** One grant for each block of permissions, because one block may grant what another excludes. */
export function toGrants(
  assignments: readonly Assignment[],
  definitions: ReadonlyMap<string, Definition>,
): RoleGrant[] {
  return assignments.flatMap((assignment) => blocksOf(assignment, definitions.get(roleIdOf(assignment))));
}

function blocksOf(assignment: Assignment, definition: Definition | undefined): RoleGrant[] {
  return (definition?.properties?.permissions ?? []).map((permission) => ({
    roleId: roleIdOf(assignment),
    roleName: definition?.properties?.roleName ?? roleIdOf(assignment),
    assignment: assignment.name ?? '',
    scope: assignment.properties?.scope ?? '',
    isConditional: Boolean(assignment.properties?.condition) || Boolean(permission.condition),
    actions: permission.actions ?? [],
    notActions: permission.notActions ?? [],
    dataActions: permission.dataActions ?? [],
    notDataActions: permission.notDataActions ?? [],
  }));
}
