import { Refusal } from '../base/answer';
import type { ArmRequest } from '../arm/route';
import { findServer, isWithin, same } from '../base/find';
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
 * Where is the server, if not at the place in the path? A server that lies elsewhere is Azure SQL's own answer;
 * one that exists nowhere never reaches Azure SQL, because ARM's gateway looks for the parent first.
 */
function placeRefusal(place: Place, nested: boolean): Refusal {
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

/** The server of a route with :sub, :group and :server. */
export function requireServer({ state, params, path }: ArmRequest): Server {
  const place = { state, sub: params.sub ?? '', group: params.group ?? '', name: params.server ?? '' };
  const server = findServer(state, idOf(place));
  if (server?.state === 'Gone') {
    const message = `The requested resource of type 'Microsoft.Sql/servers' with name '${server.name}' was not found.`;
    throw new Refusal(404, 'ResourceNotFound', message);
  }
  if (server) return server;
  throw placeRefusal(place, !same(path, idOf(place)));
}
