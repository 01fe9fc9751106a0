import { runningOn } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { Refusal } from '../base/answer';
import { findServer } from '../base/find';
import { isWithin, same } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { Server, State } from '../base/state';

interface Place {
  state: State;
  sub: string;
  group: string;
  name: string;
}

const idOf = ({ sub, group, name }: Place): string =>
  `/subscriptions/${sub}/resourceGroups/${group}/providers/Microsoft.Sql/servers/${name}`;

/**
 * The error for a path without a server. If a server with that name exists elsewhere, the error comes from Azure SQL.
 * Otherwise, it comes from ARM's gateway, which first checks that the parent resource exists.
 */
function notFoundAt(place: Place, nested: boolean): Refusal {
  const elsewhere = place.state.servers.find((s) => same(s.name, place.name));
  if (elsewhere && isWithin(`/subscriptions/${place.sub}`, elsewhere.id)) {
    const message = 'Specified server does not exist in the specified resource group and subscription.';
    return new Refusal(404, 'ServerNotInSubscriptionResourceGroup', message);
  }
  if (elsewhere) return new Refusal(404, 'SubscriptionDoesNotHaveServer', 'The requested server was not found');
  if (nested) {
    const message = `Can not perform requested operation on nested resource. Parent resource '${place.name}' not found.`;
    return new Refusal(404, 'ParentResourceNotFound', message, 'gateway');
  }
  const message = `The Resource 'Microsoft.Sql/servers/${place.name}' under resource group '${place.group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return new Refusal(404, 'ResourceNotFound', message, 'gateway');
}

/** The server in a path with :sub, :group, and :server; throws a Refusal if there is none. */
export function requireServer({ state, params, path }: ArmRequest): Server {
  const place = { state, sub: params.sub ?? '', group: params.group ?? '', name: params.server ?? '' };
  const server = findServer(state, idOf(place));
  if (server?.state === 'Gone') {
    const message = `The requested resource of type 'Microsoft.Sql/servers' with name '${server.name}' was not found.`;
    throw new Refusal(404, 'ResourceNotFound', message);
  }
  if (server) return server;
  throw notFoundAt(place, !same(path, idOf(place)));
}

interface OperationFacts {
  readonly request: ArmRequest;
  readonly server: Server;
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
