import { includesId, isWithin } from '../base/ids';
import type { DenyAssignment, State } from '../base/state';
import { matchesAction } from './access';

/** The deny assignment that refuses an action to a principal, if any. */
export const denialOf = (
  { denyAssignments }: State,
  { principalId, action, scope }: { principalId: string; action: string; scope: string },
): DenyAssignment | undefined =>
  denyAssignments.find(
    (one) =>
      isWithin(one.scope, scope) &&
      !includesId(one.excluded, principalId) &&
      one.actions.some((pattern) => matchesAction(pattern, action)) &&
      !one.notActions.some((pattern) => matchesAction(pattern, action)),
  );
