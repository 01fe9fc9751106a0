import { belongsTo } from '../arm/gatewayChecks';
import { paged, type ArmRequest, type Route } from '../arm/route';
import { byGateway, ok } from '../base/answer';
import { findSubscription, principalsOfUser } from '../base/find';
import { groupId, isWithin, same } from '../base/ids';
import type { ResourceGroup, Subscription } from '../base/state';

/** The subscriptions of the token's tenant, including delegated ones, in which the caller has a role. */
export const visibleSubscriptions = ({ state, caller, canSee }: ArmRequest): Subscription[] =>
  state.subscriptions.filter((s) => belongsTo(s, caller.tid) && canSee(s.subscriptionId));

const toSubscription = (s: Subscription) => ({
  id: `/subscriptions/${s.subscriptionId}`,
  authorizationSource: 'RoleBased',
  managedByTenants: s.managedByTenants.map((tenantId) => ({ tenantId })),
  subscriptionId: s.subscriptionId,
  tenantId: s.tenantId,
  displayName: s.displayName,
  state: s.state,
  subscriptionPolicies: {
    locationPlacementId: 'Internal_2014-09-01',
    quotaId: 'Internal_2014-09-01',
    spendingLimit: 'Off',
  },
});

const toGroup = (group: ResourceGroup) => ({
  id: group.id,
  name: group.name,
  type: 'Microsoft.Resources/resourceGroups',
  location: group.location,
  properties: { provisioningState: 'Succeeded' },
});

/** The tenants whose directory contains the caller, even if conditional access blocks the caller there. */
const ownTenants = ({ state, caller }: ArmRequest): string[] =>
  caller.upn === undefined ? [caller.tid] : principalsOfUser(state, caller.upn).map((p) => p.tenantId);

/** The caller's own tenants, with category "Home" even for guests, and those that delegate subscriptions to the token's tenant. */
const tenants = (request: ArmRequest) => {
  const own = new Set(ownTenants(request));
  const ids = new Set([...own, ...visibleSubscriptions(request).map((s) => s.tenantId)]);
  return request.state.tenants
    .filter((t) => ids.has(t.tenantId))
    .map((t) => ({
      id: `/tenants/${t.tenantId}`,
      tenantId: t.tenantId,
      countryCode: 'DE',
      displayName: t.displayName,
      domains: t.domains,
      defaultDomain: t.defaultDomain,
      ...(own.has(t.tenantId) ? { tenantCategory: 'Home', tenantType: 'AAD' } : { tenantCategory: 'ManagedBy' }),
    }));
};

const type = 'Microsoft.Resources/subscriptions';
const groupType = 'Microsoft.Resources/subscriptions/resourceGroups';

export const subscriptionRoutes: Route[] = [
  {
    method: 'GET',
    path: '/tenants',
    type: 'Microsoft.Resources/tenants',
    filtered: true,
    handle: (request) => paged(request, tenants(request)),
  },
  {
    method: 'GET',
    path: '/subscriptions',
    type,
    filtered: true,
    handle: (request) => paged(request, visibleSubscriptions(request).map(toSubscription)),
  },
  {
    method: 'GET',
    path: '/subscriptions/:sub',
    type,
    filtered: true,
    handle: ({ state, params }) => {
      const subscription = findSubscription(state, params.sub ?? '');
      return ok(subscription && toSubscription(subscription));
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:sub/resourceGroups',
    type: groupType,
    filtered: true,
    handle: (request) => {
      const { state, params, may } = request;
      const within = `/subscriptions/${params.sub ?? ''}`;
      const groups = state.resourceGroups.filter(
        (g) => isWithin(within, g.id) && may('Microsoft.Resources/subscriptions/resourceGroups/read', g.id),
      );
      return paged(request, groups.map(toGroup));
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:sub/resourceGroups/:group',
    type: groupType,
    handle: ({ state, path, params }) => {
      const group = state.resourceGroups.find((g) => same(g.id, groupId(path)));
      if (!group)
        throw byGateway(404, 'ResourceGroupNotFound', `Resource group '${params.group ?? ''}' could not be found.`);
      return ok(toGroup(group));
    },
  },
];
