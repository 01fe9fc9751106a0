import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { ok, Refusal, type Answer } from '../base/answer';
import { findInstance } from '../base/find';
import { groupId, isWithin, same } from '../base/ids';
import { refuseIfBroken } from '../base/rule';
import type { InstanceFailoverGroup, ManagedInstance, State } from '../base/state';
import { notFound, oneOperationAtATime } from '../rules/serverRules';
import { regionName } from './servers';

const type = 'Microsoft.Sql/locations/instanceFailoverGroups';

/** A failover group as one of its partners sees it. */
interface View {
  group: InstanceFailoverGroup;
  self: ManagedInstance;
  partner: ManagedInstance;
  role: 'Primary' | 'Secondary';
}

const otherRole = { Primary: 'Secondary', Secondary: 'Primary' } as const;

function viewsOf(state: State, group: InstanceFailoverGroup): View[] {
  const primary = findInstance(state, group.primary);
  const secondary = findInstance(state, group.secondary);
  if (!primary || !secondary) return [];
  return [
    { group, self: primary, partner: secondary, role: 'Primary' },
    { group, self: secondary, partner: primary, role: 'Secondary' },
  ];
}

const plain = (region: string): string => region.replaceAll(' ', '');

/** The views from the region and resource group in a path. */
function viewsAt({ state, path, params }: ArmRequest): View[] {
  const views = state.instanceFailoverGroups.flatMap((group) => viewsOf(state, group));
  return views.filter(
    ({ self }) => isWithin(groupId(path), self.id) && same(self.location, plain(params.location ?? '')),
  );
}

const toGroup = ({ group, self, partner, role }: View, apiVersion: string) => ({
  properties: {
    ...(apiVersion >= '2023-05-01' && { secondaryType: 'Geo' }),
    readWriteEndpoint: { failoverPolicy: 'Automatic', failoverWithDataLossGracePeriodMinutes: 60 },
    readOnlyEndpoint: { failoverPolicy: 'Disabled' },
    replicationRole: role,
    replicationState: group.suspended ? 'SUSPENDED' : 'CATCH_UP',
    partnerRegions: [{ location: regionName(partner.location), replicationRole: otherRole[role] }],
    managedInstancePairs: [{ primaryManagedInstanceId: group.primary, partnerManagedInstanceId: group.secondary }],
  },
  id: `${groupId(self.id)}/providers/Microsoft.Sql/locations/${regionName(self.location)}/instanceFailoverGroups/${group.name}`,
  name: group.name,
  type,
});

function list(request: ArmRequest): Answer {
  return ok({ value: viewsAt(request).map((view) => toGroup(view, request.apiVersion)) });
}

function requireView(request: ArmRequest): View {
  const name = request.params.name ?? '';
  const view = viewsAt(request).find(({ group }) => same(group.name, name));
  if (!view) throw notFound(type, name);
  return view;
}

const get = (request: ArmRequest): Answer => ok(toGroup(requireView(request), request.apiVersion));

/** Makes the secondary instance the primary one. */
function failover(request: ArmRequest, suspended: boolean): Answer {
  const { group, self, role } = requireView(request);
  if (role === 'Primary') {
    const message = 'The failover request should be initiated on the secondary server of instance failover group.';
    throw new Refusal(400, 'InstanceFailoverGroupFailoverRequestOnPrimary', message);
  }
  refuseIfBroken([oneOperationAtATime], { request, server: self });
  return startOperation(request, {
    kind: 'failover',
    server: self,
    finish: () => {
      Object.assign(group, { primary: self.id, secondary: group.primary, suspended });
      return undefined;
    },
    result: () => get(request),
  });
}

const inLocation = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/locations/:location';

export const instanceFailoverGroupRoutes: Route[] = [
  { method: 'GET', path: `${inLocation}/instanceFailoverGroups`, type, handle: list },
  { method: 'GET', path: `${inLocation}/instanceFailoverGroups/:name`, type, handle: get },
  ...['failover', 'forceFailoverAllowDataLoss'].map((name): Route => ({
    method: 'POST',
    path: `${inLocation}/instanceFailoverGroups/:name/${name}`,
    type,
    action: `${type}/${name}/action`,
    handle: (request) => failover(request, name !== 'failover'),
  })),
];
