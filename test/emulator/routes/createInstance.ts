import type { ArmRequest, Route } from '../arm/route';
import type { Answer } from '../base/answer';
import { findInstance } from '../base/find';
import { same } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import { refuseIfBroken } from '../base/rule';
import type { ManagedInstance, State } from '../base/state';
import { createInstanceRules, replaceInstanceRules } from '../rules/createInstanceRules';
import { requireRunning } from '../rules/instanceRules';
import { requireLocation } from './locations';
import { instanceType, toInstance } from './managedInstances';
import { blankSqlResource, deleteSqlResource, putSqlResource } from './putSqlResource';

function put(request: ArmRequest): Answer {
  const { state, path, body } = request;
  const existing = findInstance(state, path);
  const location = requireLocation(request, existing);
  const subnetId = stringOf(propertiesOf(body).subnetId);
  const blank = { ...blankSqlResource(request, instanceType, location), subnetId };
  if (existing) requireRunning(request);
  if (existing) refuseIfBroken(replaceInstanceRules, { request, existing });
  else refuseIfBroken(createInstanceRules, { request, name: blank.name, subnetId });
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

const remove = (request: ArmRequest): Answer =>
  deleteSqlResource(request, findInstance(request.state, request.path), (instance) => {
    forget(request.state, instance);
  });

const path = `/subscriptions/:sub/resourceGroups/:group/providers/${instanceType}/:server`;

export const createInstanceRoutes: Route[] = [
  { method: 'PUT', path, type: instanceType, handle: put },
  { method: 'DELETE', path, type: instanceType, handle: remove },
];
