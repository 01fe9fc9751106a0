import { setTimeout } from 'node:timers/promises';
import { sameId } from '../core/armId';
import type { Azure } from '../core/ports';
import { apiVersions, type ArmRequests } from './armRequests';
import { pollIntervalMs } from './clients';
import type { RunOperation } from './gateway/deadline';
import { requirePlainName } from './gateway/addresses';
import { during } from './gateway/failures';

/** Reads and registers the resource providers of subscriptions. */
export function resourceProviders(arm: ArmRequests, runOperation: RunOperation): Azure['resourceProviders'] {
  const idOf = (subscriptionId: string, namespace: string): string => {
    requirePlainName(subscriptionId);
    requirePlainName(namespace);
    return `/subscriptions/${subscriptionId}/providers/${namespace}`;
  };
  const isRegistered = async (subscriptionId: string, namespace: string, signal?: AbortSignal): Promise<boolean> => {
    const request = { path: idOf(subscriptionId, namespace), apiVersion: apiVersions.resources };
    const { registrationState } = (await arm.send(request, signal)) as { readonly registrationState?: string };
    return sameId(registrationState, 'Registered');
  };
  return {
    isRegistered: (subscriptionId, namespace, signal) =>
      during({ name: 'read resource provider', resource: idOf(subscriptionId, namespace) }, () =>
        isRegistered(subscriptionId, namespace, signal),
      ),
    register: (subscriptionId, namespace, signal) =>
      during({ name: 'register resource provider', resource: idOf(subscriptionId, namespace) }, () =>
        runOperation(signal, async (limited) => {
          const path = `${idOf(subscriptionId, namespace)}/register`;
          await arm.send({ method: 'POST', path, apiVersion: apiVersions.resources }, limited);
          while (!(await isRegistered(subscriptionId, namespace, limited))) {
            await setTimeout(pollIntervalMs, undefined, { signal: limited });
          }
        }),
      ),
  };
}
