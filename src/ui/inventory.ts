import type { SqlServer, Subscription } from '../core/model';
import type { Azure } from '../core/ports';

/** The subscriptions and logical servers the account can see, and when they were read. */
export interface Inventory {
  readonly subscriptions: readonly Subscription[];
  readonly servers: readonly SqlServer[];
  readonly asOf: Date;
}

export async function readInventory({ subscriptions, sqlServers }: Azure): Promise<Inventory> {
  const found = await subscriptions.list();
  const servers = found.length > 0 ? await sqlServers.list(found.map(({ id }) => id)) : [];
  return { subscriptions: found, servers, asOf: new Date() };
}
