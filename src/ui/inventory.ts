import type { SqlServer, Subscription } from '../core/model';
import type { Azure } from '../core/ports';

/** The subscriptions and logical servers the account can see, and when they were read. */
export interface Inventory {
  readonly subscriptions: readonly Subscription[];
  readonly servers: readonly SqlServer[];
  readonly asOf: Date;
}

export interface InventoryCache {
  get(): Promise<Inventory>;
  clear(): void;
}

/** Reads the inventory once and keeps it until cleared; a failed read is not kept. */
export function inventoryCache(azure: () => Promise<Azure>): InventoryCache {
  let current: Promise<Inventory> | undefined;
  const read = async (): Promise<Inventory> => {
    const { subscriptions, sqlServers } = await azure();
    const found = await subscriptions.list();
    const servers = found.length > 0 ? await sqlServers.list(found.map(({ id }) => id)) : [];
    return { subscriptions: found, servers, asOf: new Date() };
  };
  return {
    get() {
      const reading = (current ??= read());
      reading.catch(() => {
        current = current === reading ? undefined : current;
      });
      return reading;
    },
    clear() {
      current = undefined;
    },
  };
}
