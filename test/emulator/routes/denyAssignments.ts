import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { same } from '../base/ids';
import type { DenyAssignment } from '../base/state';
import { authorizationPaths, listedAt } from './authorization';

const type = 'Microsoft.Authorization/denyAssignments';

/** The ID that Azure uses for all principals. */
const everyone = '00000000-0000-0000-0000-000000000000';

const denyAssignmentId = ({ scope, name }: DenyAssignment): string =>
  `${scope}/providers/Microsoft.Authorization/denyAssignments/${name}`;

const toDenyAssignment = (one: DenyAssignment) => ({
  properties: {
    denyAssignmentName: one.displayName,
    description: null,
    permissions: [{ actions: one.actions, notActions: one.notActions, dataActions: [], notDataActions: [] }],
    scope: one.scope,
    doNotApplyToChildScopes: false,
    principals: [{ id: everyone, type: 'SystemDefined' }],
    excludePrincipals: one.excluded.map((id) => ({ id, type: 'ServicePrincipal' })),
    isSystemProtected: true,
  },
  id: denyAssignmentId(one),
  type,
  name: one.name,
});

const list = (request: ArmRequest): Answer =>
  ok({ value: listedAt(request.state.denyAssignments, request).map(toDenyAssignment) });

function get({ state, path, params }: ArmRequest): Answer {
  const found = state.denyAssignments.find((one) => same(denyAssignmentId(one), path));
  if (found) return ok(toDenyAssignment(found));
  const message = `The deny assignment '${params.name ?? ''}' is not found.`;
  throw new Refusal(404, 'DenyAssignmentNotFound', message);
}

export const denyAssignmentRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/denyAssignments`, type, handle: list },
  { method: 'GET', path: `${base}/denyAssignments/:name`, type, handle: get },
]);
