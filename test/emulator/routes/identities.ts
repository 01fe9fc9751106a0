import { paged, type ArmRequest, type Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { isWithin, lastSegment, same, scopeOfList, subscriptionOf } from '../base/ids';
import type { UserAssignedIdentity } from '../base/state';

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/** ARM's JSON for a user-assigned identity. */
export const toUserAssignedIdentity = ({ id, location, tenantId, principalId, clientId }: UserAssignedIdentity) => ({
  id,
  name: lastSegment(id),
  type,
  location,
  tags: {},
  properties: { tenantId, principalId, clientId },
});

function list(request: ArmRequest): Answer {
  const { state, path, may } = request;
  const scope = scopeOfList(path);
  const found = state.userAssignedIdentities.filter((i) => isWithin(scope, i.id) && may(`${type}/read`, i.id));
  return paged(request, found.map(toUserAssignedIdentity));
}

function get({ state, path }: ArmRequest): Answer {
  const found = state.userAssignedIdentities.find((i) => same(i.id, path));
  if (found) return ok(toUserAssignedIdentity(found));
  const message = `The Resource '${type}/${lastSegment(path)}' under subscription '${subscriptionOf(path)}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  throw new Refusal(404, 'ResourceNotFound', message, 'gateway');
}

const inGroup = `/subscriptions/:sub/resourceGroups/:group/providers/${type}`;

export const identityRoutes: Route[] = [
  { method: 'GET', path: `/subscriptions/:sub/providers/${type}`, type, filtered: true, handle: list },
  { method: 'GET', path: inGroup, type, filtered: true, handle: list },
  { method: 'GET', path: `${inGroup}/:name`, type, handle: get },
];
