import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, ok, Refusal, type Answer } from '../base/answer';
import { findInstance } from '../base/find';
import { groupId, isWithin, same } from '../base/ids';
import { refuseIfBroken } from '../base/rule';
import type { InstanceFailoverGroup, ManagedInstance, State } from '../base/state';
import { policyOf } from '../rules/failoverGroupRules';
import {
  instanceFailoverGroupFacts,
  instanceFailoverGroupRules,
  plainRegion,
  sentPolicy,
} from '../rules/instanceFailoverGroupRules';
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

/** The views from the region and resource group in a path. */
function viewsAt({ state, path, params }: ArmRequest): View[] {
  const views = state.instanceFailoverGroups.flatMap((group) => viewsOf(state, group));
  return views.filter(
    ({ self }) => isWithin(groupId(path), self.id) && same(self.location, plainRegion(params.location ?? '')),
  );
}

const toGroup = ({ group, self, partner, role }: View, apiVersion: string) => ({
  properties: {
    ...(apiVersion >= '2023-05-01' && { secondaryType: 'Geo' }),
    readWriteEndpoint: policyOf(group),
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

const findView = (request: ArmRequest): View | undefined =>
  viewsAt(request).find(({ group }) => same(group.name, request.params.name ?? ''));

function requireView(request: ArmRequest): View {
  const view = findView(request);
  if (!view) throw notFound(type, request.params.name ?? '');
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

/** Modifications go to the primary instance. */
function requirePrimary(view: View | undefined): void {
  if (view?.role !== 'Secondary') return;
  const message =
    'Modifications to the instance failover group are not allowed on a secondary server. Execute the request on the primary server.';
  throw new Refusal(400, 'InstanceFailoverGroupUpdateOrDeleteRequestOnSecondary', message);
}

/** Creates a group, or replaces its properties. The secondary instance gets the databases of the primary one. */
function put(request: ArmRequest): Answer {
  const { state, params } = request;
  const view = findView(request);
  requirePrimary(view);
  const facts = instanceFailoverGroupFacts(request, view?.group);
  refuseIfBroken(instanceFailoverGroupRules, facts);
  const { primary, partner } = facts;
  if (!primary || !partner) throw new Error('instanceFailoverGroupRules must refuse missing instances');
  refuseIfBroken([oneOperationAtATime], { request, server: primary });
  return startOperation(request, {
    kind: 'upsertFailoverGroup',
    server: primary,
    finish: () => {
      const name = view?.group.name ?? params.name ?? '';
      const group = { name, primary: primary.id, secondary: partner.id, policy: sentPolicy(facts) };
      state.instanceFailoverGroups = [...state.instanceFailoverGroups.filter((g) => g !== view?.group), group];
      const missing = primary.databases.filter((d) => !partner.databases.some((other) => same(other.name, d.name)));
      partner.databases.push(...structuredClone(missing));
      return undefined;
    },
    result: () => ({ ...get(request), status: view ? 200 : 201 }),
  });
}

function remove(request: ArmRequest): Answer {
  const { state } = request;
  const view = findView(request);
  if (!view) return noContent;
  requirePrimary(view);
  refuseIfBroken([oneOperationAtATime], { request, server: view.self });
  return startOperation(request, {
    kind: 'deleteFailoverGroup',
    server: view.self,
    finish: () => {
      state.instanceFailoverGroups = state.instanceFailoverGroups.filter((g) => g !== view.group);
      return undefined;
    },
    result: () => ({ status: 200 }),
  });
}

const inLocation = '/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.Sql/locations/:location';

export const instanceFailoverGroupRoutes: Route[] = [
  { method: 'GET', path: `${inLocation}/instanceFailoverGroups`, type, handle: list },
  { method: 'GET', path: `${inLocation}/instanceFailoverGroups/:name`, type, handle: get },
  { method: 'PUT', path: `${inLocation}/instanceFailoverGroups/:name`, type, handle: put },
  { method: 'DELETE', path: `${inLocation}/instanceFailoverGroups/:name`, type, handle: remove },
  ...['failover', 'forceFailoverAllowDataLoss'].map((name): Route => ({
    method: 'POST',
    path: `${inLocation}/instanceFailoverGroups/:name/${name}`,
    type,
    action: `${type}/${name}/action`,
    handle: (request) => failover(request, name !== 'failover'),
  })),
];
