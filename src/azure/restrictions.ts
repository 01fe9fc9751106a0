import { isWithin } from '../core/armId';
import type { DenyAssignment, Lock } from '../core/accessModel';
import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { during } from './gateway/failures';

/** The path, appended to a scope, of its roles, permissions, and locks. */
export const authorization = '/providers/Microsoft.Authorization';

type Restrictions = Pick<
  Azure['access'],
  'listDenyAssignments' | 'listDenyAssignmentsIn' | 'listLocks' | 'listLocksIn'
>;

/** What refuses a change in spite of the permissions for it. */
export const restrictions = (arm: ArmRequests): Restrictions => ({
  listDenyAssignments: (scope, signal) => listDenyAssignments(arm, scope, 'atScope()', signal),
  listDenyAssignmentsIn: (scope, signal) => listDenyAssignments(arm, scope, undefined, signal),
  listLocks: async (scope, signal) =>
    (await listLocks(arm, scope, 'atScope()', signal)).filter((lock) => isWithin(scope, lock.scope)),
  listLocksIn: (scope, signal) => listLocks(arm, scope, undefined, signal),
});

/** @param filter without one, the list has those below the scope, too */
const listDenyAssignments = (arm: ArmRequests, scope: string, filter: string | undefined, signal?: AbortSignal) =>
  during({ name: 'list deny assignments', resource: scope }, async () => {
    const path = `${scope}${authorization}/denyAssignments`;
    return (await arm.list({ path, apiVersion: '2022-04-01', ...(filter && { filter }) }, signal)).flatMap((one) =>
      toDenyAssignments(one as ListedDenyAssignment),
    );
  });

/** @param filter without one, the list has those below the scope, too */
const listLocks = (arm: ArmRequests, scope: string, filter: string | undefined, signal?: AbortSignal) =>
  during({ name: 'list locks', resource: scope }, async () => {
    const path = `${scope}${authorization}/locks`;
    const listed = await arm.list({ path, apiVersion: '2020-05-01', ...(filter && { filter }) }, signal);
    return (listed as ListedLock[]).flatMap(toLock);
  });

interface ListedDenyAssignment {
  readonly name?: string;
  readonly properties?: {
    readonly denyAssignmentName?: string;
    readonly scope?: string;
    readonly permissions?: readonly { readonly actions?: string[]; readonly notActions?: string[] }[];
  };
}

/** One for each block of permissions, because one block may deny what another excludes. */
function toDenyAssignments({ name = '', properties = {} }: ListedDenyAssignment): DenyAssignment[] {
  const { denyAssignmentName = name, scope = '', permissions = [] } = properties;
  return permissions.map(({ actions = [], notActions = [] }) => ({
    name: denyAssignmentName,
    scope,
    actions,
    notActions,
  }));
}

interface ListedLock {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: { readonly level?: string };
}

const levels: ReadonlyMap<string, Lock['level']> = new Map([
  ['readonly', 'readOnly'],
  ['cannotdelete', 'canNotDelete'],
]);

function toLock({ id = '', name = '', properties }: ListedLock): Lock[] {
  const level = levels.get(properties?.level?.toLowerCase() ?? '');
  return level ? [{ name, scope: id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, ''), level }] : [];
}
