import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { requirePlainName } from './gateway/addresses';
import { asObject, during } from './gateway/failures';

/** The first API version that shows geographies. */
const apiVersion = '2022-12-01';

export function regions(arm: ArmRequests): Azure['regions'] {
  return {
    listGeographies: (subscriptionId, signal) => {
      const resource = `/subscriptions/${subscriptionId}`;
      return during({ name: 'list regions', resource }, async () => {
        requirePlainName(subscriptionId);
        const listed = await arm.list({ path: `${resource}/locations`, apiVersion }, signal);
        return new Map(
          listed.flatMap((region) => {
            const { name, metadata } = asObject(region) ?? {};
            const geography = asObject(metadata)?.geography;
            return typeof name === 'string' && typeof geography === 'string' ? [[name, geography] as const] : [];
          }),
        );
      });
    },
  };
}
