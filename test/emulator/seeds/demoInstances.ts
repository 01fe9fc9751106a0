import type { InstanceFailoverGroup, ManagedInstance } from '../base/state';
import { contoso, inProduction } from './demoNames';
import type { DemoVaults } from './demoServers';
import { databases, managedInstance, serverKey } from './parts';

const west = { location: 'westeurope', tenantId: contoso };
const north = { location: 'northeurope', tenantId: contoso };

/** Two managed instances of a failover group with a customer-managed TDE protector, and one with the service-managed key. */
export function demoInstances({ orders }: DemoVaults, now: Date): ManagedInstance[] {
  const key = serverKey(orders, 'tde-orders', 3, new Date(now.getTime() - 20 * 86_400_000));
  const shared = {
    group: inProduction('rg-orders'),
    protector: { serverKeyName: key.name, autoRotationEnabled: false },
  };
  return [
    managedInstance({
      name: 'sqlmi-orders-weu',
      ...west,
      ...structuredClone({ ...shared, keys: [key] }),
      databases: databases('ledger'),
    }),
    managedInstance({
      name: 'sqlmi-orders-neu',
      ...north,
      ...structuredClone({ ...shared, keys: [key] }),
      databases: databases('ledger'),
    }),
    managedInstance({
      name: 'sqlmi-billing-weu',
      group: inProduction('rg-billing'),
      ...west,
      databases: databases('contracts'),
    }),
  ];
}

/** The failover group of the first two managed instances. */
export const demoInstanceFailoverGroup = ([primary, secondary]: ManagedInstance[]): InstanceFailoverGroup => ({
  name: 'ifg-orders',
  primary: primary?.id ?? '',
  secondary: secondary?.id ?? '',
});
