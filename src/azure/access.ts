import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { idKey, lastSegment, parseArmId, sameId } from '../core/armId';
import { isArmError } from '../core/armError';
import { hasCode, knownError } from '../core/errors/errorCode';
import type { Permission, RoleGrant } from '../core/accessModel';
import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { requirePlainName } from './gateway/addresses';
import { during } from './gateway/failures';
import { authorization, restrictions } from './restrictions';
import { settled } from './settled';

/** How many role definitions are read at once. */
const parallelReads = 8;

const apiVersion = '2022-04-01';

export function access(arm: ArmRequests): Azure['access'] {
  return {
    ...rolesOf(arm),
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

function rolesOf(arm: ArmRequests): Pick<Azure['access'], 'listRoles' | 'listRolesOf'> {
  const readRole = roleReader(arm);
  const definitionsOf = async (assignments: readonly Assignment[], scope: string, signal?: AbortSignal) => {
    const roleIds = [...new Set(assignments.map(roleIdOf))];
    const read = async (roleId: string) => [roleId, await readRole(scope, roleId, signal)] as const;
    return new Map(await pMap(roleIds, read, { concurrency: parallelReads }));
  };
  return {
    listRoles: (principalId, scope, signal) =>
      during({ name: 'list roles', resource: scope }, async () => {
        const assignments = await listAssignments(arm, principalId, scope, signal);
        return toGrants(assignments, await definitionsOf(assignments, scope, signal));
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

interface Assignment {
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
    readonly permissions?: readonly { readonly dataActions?: string[]; readonly notDataActions?: string[] }[];
  };
}

type ListedPermission = Partial<Permission> & { readonly condition?: string | null };

async function listAssignments(
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

/** The ID of a built-in role. The subscription of the scope has every built-in role. */
function definitionId(scope: string, roleId: string): string {
  return `/subscriptions/${parseArmId(scope).subscriptionId}${authorization}/roleDefinitions/${roleId}`;
}

const roleIdOf = ({ properties }: Assignment): string => idKey(lastSegment(properties?.roleDefinitionId ?? ''));

const principalOf = ({ properties }: Assignment): string => idKey(properties?.principalId ?? '');

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

/** One grant for each block of permissions, because one block may grant what another excludes. */
function toGrants(assignments: readonly Assignment[], definitions: ReadonlyMap<string, Definition>): RoleGrant[] {
  return assignments.flatMap((assignment) => blocksOf(assignment, definitions.get(roleIdOf(assignment))));
}

function blocksOf(assignment: Assignment, definition: Definition | undefined): RoleGrant[] {
  return (definition?.properties?.permissions ?? []).map(({ dataActions, notDataActions }) => ({
    roleId: roleIdOf(assignment),
    roleName: definition?.properties?.roleName ?? roleIdOf(assignment),
    assignment: assignment.name ?? '',
    scope: assignment.properties?.scope ?? '',
    isConditional: Boolean(assignment.properties?.condition),
    dataActions: dataActions ?? [],
    notDataActions: notDataActions ?? [],
  }));
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
