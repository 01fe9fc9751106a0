import { SqlManagementClient } from '@azure/arm-sql';
import type { Connection } from './connect';

export type SqlClients = (subscriptionId: string) => SqlManagementClient;

/** One client a subscription, made when first asked for. */
export function sqlClients({ credential, options }: Connection): SqlClients {
  const clients = new Map<string, SqlManagementClient>();
  return (subscriptionId) => {
    const client = clients.get(subscriptionId) ?? new SqlManagementClient(credential, subscriptionId, options);
    clients.set(subscriptionId, client);
    return client;
  };
}
