import type { Inventory } from '../src/ui/inventory';

/** An inventory without a subscription, a failure, or a filter, with these changes. */
export const inventoryWith = (changes: Partial<Inventory>): Inventory => ({
  subscriptions: [],
  servers: [],
  tenants: [],
  failures: [],
  filter: undefined,
  hidden: [],
  disabled: [],
  asOf: new Date(),
  ...changes,
});
