import { SqlManagementClient } from '@azure/arm-sql';
import type { Tenants } from './tenants';

/** Between two looks at a running operation where Azure names no Retry-After, in milliseconds. */
export const pollIntervalMs = 2000;

export type SqlClients = (subscriptionId: string) => Promise<SqlManagementClient>;

/** One client a subscription, made when first asked for. */
export function sqlClients(tenants: Tenants): SqlClients {
  const clients = new Map<string, SqlManagementClient>();
  return async (subscriptionId) => {
    const { credential, options } = await tenants.of(subscriptionId);
    const client = clients.get(subscriptionId) ?? new SqlManagementClient(credential, subscriptionId, options);
    clients.set(subscriptionId, client);
    return client;
  };
}
