import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { Refusal } from '../base/answer';
import { isInstance, isWithin, same } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { ManagedInstance, Server, SqlResource } from '../base/state';

/** Azure SQL's error for a missing resource below a server or managed instance. */
export const notFound = (type: string, name: string): Refusal =>
  new Refusal(404, 'ResourceNotFound', `The requested resource of type '${type}' with name '${name}' was not found.`);

interface Place {
  sub: string;
  group: string;
  name: string;
  /** The ID that the path has for the server or managed instance. */
  id: string;
}

/** Servers and managed instances share the routes below these paths. */
export const sqlPaths = ['Microsoft.Sql/servers', 'Microsoft.Sql/managedInstances'].map((type) => ({
  type,
  path: `/subscriptions/:sub/resourceGroups/:group/providers/${type}/:server`,
}));

/** The resource type of a server or a managed instance. */
export const sqlTypeOf = (resource: { readonly id: string }): string =>
  `Microsoft.Sql/${isInstance(resource) ? 'managedInstances' : 'servers'}`;

/**
 * The error for a path without a server or managed instance. If one with that name exists elsewhere, the error comes from Azure SQL.
 * Otherwise, it comes from ARM's gateway, which first checks that the parent resource exists.
 */
function notFoundAt(place: Place, all: readonly SqlResource[], nested: boolean): Refusal {
  const elsewhere = all.find((s) => same(s.name, place.name));
  if (elsewhere && isWithin(`/subscriptions/${place.sub}`, elsewhere.id)) {
    const message = 'Specified server does not exist in the specified resource group and subscription.';
    return new Refusal(404, 'ServerNotInSubscriptionResourceGroup', message);
  }
  if (elsewhere) return new Refusal(404, 'SubscriptionDoesNotHaveServer', 'The requested server was not found');
  if (nested) {
    const message = `Can not perform requested operation on nested resource. Parent resource '${place.name}' not found.`;
    return new Refusal(404, 'ParentResourceNotFound', message, 'gateway');
  }
  const message = `The Resource '${sqlTypeOf(place)}/${place.name}' under resource group '${place.group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return new Refusal(404, 'ResourceNotFound', message, 'gateway');
}

function requireIn<Resource extends SqlResource>(all: readonly Resource[], { params, path }: ArmRequest): Resource {
  const id = path.split('/').slice(0, 9).join('/');
  const place = { sub: params.sub ?? '', group: params.group ?? '', name: params.server ?? '', id };
  const server = all.find((s) => same(s.id, id));
  if (server?.state === 'Gone') {
    throw notFound('Microsoft.Sql/servers', server.name);
  }
  if (server) return server;
  throw notFoundAt(place, all, !same(path, id));
}

/** The server in a path with :sub, :group, and :server; throws a Refusal if there is none. */
export const requireServer = (request: ArmRequest): Server => requireIn(request.state.servers, request);

/** The same for the path of a managed instance. */
export const requireInstance = (request: ArmRequest): ManagedInstance =>
  requireIn(request.state.managedInstances, request);

/** The same for a path of either. */
export const requireSqlResource = (request: ArmRequest): SqlResource =>
  /\/providers\/Microsoft\.Sql\/managedInstances\//i.test(request.path)
    ? requireInstance(request)
    : requireServer(request);

interface OperationFacts {
  readonly request: ArmRequest;
  readonly server: SqlResource;
  /** The resource that the request changes. A running operation with the same target is interrupted instead. */
  readonly target?: string;
}

/** A server runs one operation at a time. */
export const oneOperationAtATime: Rule<OperationFacts> = {
  code: 'ConflictingServerOperation',
  status: 409,
  when: (f) =>
    messageIf(
      runningOn(f.request.emulator, f.server).some((o) => o.target === undefined || o.target !== f.target),
      `An operation is currently in progress for the server '${f.server.name}'. Please wait until that operation completes before trying again.`,
    ),
};
