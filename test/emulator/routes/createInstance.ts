import { startOperation } from '../arm/operations';
import type { ArmRequest, Route } from '../arm/route';
import { noContent, type Answer } from '../base/answer';
import { findInstance, findSubscription } from '../base/find';
import { groupId, same, subscriptionOf } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { ManagedInstance, State } from '../base/state';
import { createInstanceRules, replaceInstanceRules } from '../rules/createInstanceRules';
import { requireRunning } from '../rules/instanceRules';
import { oneOperationAtATime } from '../rules/serverRules';
import { requireLocation } from './locations';
import { instanceType, toInstance } from './managedInstances';
import { putSqlResource } from './putSqlResource';

function blankInstance({ state, path, body, params }: ArmRequest, location: string): ManagedInstance {
  const { server: name = '' } = params;
  const { tenantId = '' } = findSubscription(state, subscriptionOf(path)) ?? {};
  return {
    ...{ id: `${groupId(path)}/providers/${instanceType}/${name}`, name, location, tenantId },
    state: 'Ready',
    subnetId: stringOf(propertiesOf(body).subnetId),
    identityType: 'None',
    userAssignedIdentities: [],
    tags: {},
    keys: [],
    protector: { serverKeyName: 'ServiceManaged', autoRotationEnabled: false },
    databases: [],
  };
}

function put(request: ArmRequest): Answer {
  const { state, path } = request;
  const existing = findInstance(state, path);
  const blank = blankInstance(request, requireLocation(request, existing));
  if (existing) requireRunning(request);
  if (existing) refuseIfBroken(replaceInstanceRules, { request, existing });
  else refuseIfBroken(createInstanceRules, { request, name: blank.name, subnetId: blank.subnetId });
  return putSqlResource(request, existing, {
    blank,
    add: (instance) => state.managedInstances.push(instance),
    define: () => undefined,
    show: (instance) => toInstance(state, instance),
  });
}

/** Deletes a managed instance, its identity, and its replication. */
function forget(state: State, instance: ManagedInstance): void {
  const { id, principalId } = instance;
  state.managedInstances = state.managedInstances.filter((one) => one !== instance);
  state.principals = state.principals.filter(({ objectId }) => !same(objectId, principalId ?? ''));
  state.instanceFailoverGroups = state.instanceFailoverGroups.filter(
    ({ primary, secondary }) => !same(primary, id) && !same(secondary, id),
  );
}

function remove(request: ArmRequest): Answer {
  const server = findInstance(request.state, request.path);
  if (!server) return noContent;
  refuseIfBroken([oneOperationAtATime], { request, server });
  return startOperation(request, {
    kind: 'deleteServer',
    server,
    finish: () => {
      forget(request.state, server);
      return undefined;
    },
    result: () => noContent,
  });
}

const path = `/subscriptions/:sub/resourceGroups/:group/providers/${instanceType}/:server`;

export const createInstanceRoutes: Route[] = [
  { method: 'PUT', path, type: instanceType, handle: put },
  { method: 'DELETE', path, type: instanceType, handle: remove },
];
