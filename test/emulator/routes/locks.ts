import type { ArmRequest, Route } from '../arm/route';
import { byGateway, noContent, ok, type Answer, type Refusal } from '../base/answer';
import { same } from '../base/ids';
import { propertiesOf, stringOf } from '../base/json';
import type { Lock } from '../base/state';
import { authorizationPaths, authorizationScopeOf, listedAt } from './authorization';

const type = 'Microsoft.Authorization/locks';

const idOf = ({ scope, name }: Lock): string => `${scope}/providers/Microsoft.Authorization/locks/${name}`;

const toLock = (lock: Lock) => ({
  properties: { level: lock.level, ...(lock.notes !== '' && { notes: lock.notes }) },
  id: idOf(lock),
  type,
  name: lock.name,
});

const list = (request: ArmRequest): Answer => ok({ value: listedAt(request.state.locks, request).map(toLock) });

const findLock = ({ state, path, params }: ArmRequest): Lock | undefined =>
  state.locks.find((lock) => same(lock.scope, authorizationScopeOf(path)) && same(lock.name, params.name ?? ''));

const notFound = (name = ''): Refusal => byGateway(404, 'LockNotFound', `The lock '${name}' could not be found.`);

function get(request: ArmRequest): Answer {
  const lock = findLock(request);
  if (!lock) throw notFound(request.params.name);
  return ok(toLock(lock));
}

const levels: Lock['level'][] = ['ReadOnly', 'CanNotDelete'];

function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const properties = propertiesOf(body);
  const sent = stringOf(properties.level);
  const level = levels.find((known) => same(known, sent));
  if (!level) {
    const message = `The request content was invalid and could not be deserialized: 'Error converting value "${sent}" to a lock level.'.`;
    throw byGateway(400, 'InvalidRequestContent', message);
  }
  const known = findLock(request);
  const lock = { scope: authorizationScopeOf(path), name: params.name ?? '', level, notes: stringOf(properties.notes) };
  state.locks = [...state.locks.filter((other) => other !== known), lock];
  return { status: known ? 200 : 201, body: toLock(lock) };
}

function remove(request: ArmRequest): Answer {
  const { state } = request;
  const lock = findLock(request);
  if (!lock) return noContent;
  state.locks = state.locks.filter((other) => other !== lock);
  return { status: 200 };
}

export const lockRoutes: Route[] = authorizationPaths.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/locks`, type, handle: list },
  { method: 'GET', path: `${base}/locks/:name`, type, handle: get },
  { method: 'PUT', path: `${base}/locks/:name`, type, handle: put },
  { method: 'DELETE', path: `${base}/locks/:name`, type, handle: remove },
]);
