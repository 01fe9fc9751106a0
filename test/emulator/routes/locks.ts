import { byGateway, noContent, ok, type Answer, type Refusal } from '../base/answer';
import type { ArmRequest, Route } from '../arm/route';
import { scopeFrom, scopes } from '../arm/scopes';
import { isWithin, same } from '../base/find';
import { recordOf, stringOf } from '../base/json';
import type { Lock } from '../base/state';

const type = 'Microsoft.Authorization/locks';

const idOf = ({ scope, name }: Lock): string => `${scope}/providers/Microsoft.Authorization/locks/${name}`;

const toLock = (lock: Lock) => ({
  properties: { level: lock.level, notes: lock.notes },
  id: idOf(lock),
  type,
  name: lock.name,
});

/** Inherited locks and those beneath; with atScope() only those that hold at the scope, as Get-AzResourceLock documents. */
function list({ state, path, query }: ArmRequest): Answer {
  const scope = scopeFrom(path);
  const above = /atScope\(\)/i.test(query.$filter ?? '');
  const locks = state.locks.filter((lock) => isWithin(lock.scope, scope) || (!above && isWithin(scope, lock.scope)));
  return ok({ value: locks.map(toLock) });
}

const findLock = ({ state, path, params }: ArmRequest): Lock | undefined =>
  state.locks.find((lock) => same(lock.scope, scopeFrom(path)) && same(lock.name, params.name ?? ''));

const notFound = (name = ''): Refusal => byGateway(404, 'LockNotFound', `The lock '${name}' could not be found.`);

function get(request: ArmRequest): Answer {
  const lock = findLock(request);
  if (!lock) throw notFound(request.params.name);
  return ok(toLock(lock));
}

const levels: Lock['level'][] = ['ReadOnly', 'CanNotDelete'];

function put(request: ArmRequest): Answer {
  const { state, path, params, body } = request;
  const properties = recordOf(recordOf(body).properties);
  const sent = stringOf(properties.level);
  const level = levels.find((known) => same(known, sent));
  if (!level) {
    const message = `The request content was invalid and could not be deserialized: 'Error converting value "${sent}" to a lock level.'.`;
    throw byGateway(400, 'InvalidRequestContent', message);
  }
  const known = findLock(request);
  const lock = { scope: scopeFrom(path), name: params.name ?? '', level, notes: stringOf(properties.notes) };
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

export const lockRoutes: Route[] = scopes.flatMap((base): Route[] => [
  { method: 'GET', path: `${base}/locks`, type, handle: list },
  { method: 'GET', path: `${base}/locks/:name`, type, handle: get },
  { method: 'PUT', path: `${base}/locks/:name`, type, handle: put },
  { method: 'DELETE', path: `${base}/locks/:name`, type, handle: remove },
]);
