import { SubscriptionClient } from '@azure/arm-resources-subscriptions';
import type { Azure } from '../core/ports';
import { abortable, byName, collect } from './collect';
import type { Connection } from './connect';
import { during } from './failures';

export function subscriptions({ credential, options }: Connection): Azure['subscriptions'] {
  const client = new SubscriptionClient(credential, options);
  return {
    list: (signal) =>
      during({ name: 'list subscriptions', resource: '' }, async () => {
        const all = await collect(client.subscriptions.list(abortable(signal)));
        return all
          .filter(({ state }) => state !== 'Disabled' && state !== 'Deleted')
          .map(({ subscriptionId = '', displayName, tenantId = '' }) => ({
            id: subscriptionId,
            name: displayName ?? subscriptionId,
            tenantId,
          }))
          .sort(byName);
      }),
  };
}
