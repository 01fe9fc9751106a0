import { namespaces, versionsOf } from '../arm/apiVersions';
import type { ArmRequest, Route } from '../arm/route';
import { ok, type Answer } from '../base/answer';
import { findSubscription } from '../base/find';
import { includesId, same } from '../base/ids';
import { regionNames } from './servers';

type TypesOf = (namespace: string) => readonly string[];

function toProvider({ emulator, state, params }: ArmRequest, namespace: string, types: readonly string[]) {
  const subscriptionId = params.sub ?? '';
  const unregistered = findSubscription(state, subscriptionId)?.unregistered ?? [];
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationPolicy: 'RegistrationRequired',
    registrationState: includesId(unregistered, namespace) ? 'NotRegistered' : 'Registered',
    resourceTypes: types.map((type) => ({
      resourceType: type.slice(namespace.length + 1),
      locations: Object.values(regionNames),
      apiVersions: versionsOf(type, emulator.options.apiVersions),
      capabilities: 'None',
    })),
  };
}

/** Registers a namespace at once. Azure takes minutes, during which the state is "Registering". */
function register(request: ArmRequest, namespace: string, types: readonly string[]): Answer {
  const subscription = findSubscription(request.state, request.params.sub ?? '');
  if (subscription?.unregistered) {
    subscription.unregistered = subscription.unregistered.filter((other) => !same(other, namespace));
  }
  return ok(toProvider(request, namespace, types));
}

const type = 'Microsoft.Resources/providers';
const providers = '/subscriptions/:sub/providers';

/** The routes for the resource providers of a subscription, whose resource types are those of other routes. */
export function providerRoutes(routes: readonly Route[]): Route[] {
  const types = [...new Set(routes.map((route) => route.type))].toSorted();
  const typesOf: TypesOf = (namespace) => types.filter((name) => name.startsWith(`${namespace}/`));
  const each = namespaces.flatMap((namespace): Route[] => [
    {
      method: 'GET',
      path: `${providers}/${namespace}`,
      type,
      filtered: true,
      handle: (request) => ok(toProvider(request, namespace, typesOf(namespace))),
    },
    {
      method: 'POST',
      path: `${providers}/${namespace}/register`,
      type,
      action: `${namespace}/register/action`,
      handle: (request) => register(request, namespace, typesOf(namespace)),
    },
  ]);
  const list = (request: ArmRequest) =>
    ok({ value: namespaces.map((namespace) => toProvider(request, namespace, typesOf(namespace))) });
  return [{ method: 'GET', path: providers, type, filtered: true, handle: list }, ...each];
}
