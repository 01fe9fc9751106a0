import type { Database, Server } from '../base/state';
import { demoDropped, withBackups } from './demoBackups';
import { contoso, fabrikam, group, inProduction, inventoryIdentity, subscriptions } from './demoNames';
import type { demoVaults } from './demoVaults';
import { databases, server, serverKey } from './parts';

export type DemoVaults = ReturnType<typeof demoVaults>;

const west = { location: 'westeurope', tenantId: contoso };
const north = { location: 'northeurope', tenantId: contoso };

/** The servers with a customer-managed TDE protector. */
export function customerManaged(vaults: DemoVaults, now: Date): Server[] {
  const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
  const ordersKeys = [
    serverKey(vaults.orders, 'tde-orders', 2, days(-390)),
    serverKey(vaults.orders, 'tde-orders', 3, days(-29)),
  ];
  const protectedBy = (key: { name: string } | undefined, autoRotationEnabled = false) => ({
    serverKeyName: key?.name ?? '',
    autoRotationEnabled,
  });
  const orders = {
    keys: ordersKeys,
    protector: protectedBy(ordersKeys[1], true),
    databases: withBackups(now, databases('orders', 'orders-history')),
  };
  const archive = serverKey(vaults.billing, 'tde-billing-disabled', 1, days(-250));
  const hr = serverKey(vaults.hsm, 'tde-hr', 1, days(-80));
  const own = serverKey(vaults.fabrikam, 'tde-fabrikam', 1, days(-110));
  return [
    server({
      name: 'sql-orders-weu',
      group: inProduction('rg-orders'),
      ...west,
      tags: { team: 'orders' },
      ...structuredClone(orders),
      droppedDatabases: [demoDropped(now)],
    }),
    server({
      name: 'sql-orders-neu',
      group: inProduction('rg-orders'),
      ...north,
      tags: { team: 'orders' },
      ...structuredClone(orders),
    }),
    server({
      name: 'sql-archive-neu',
      group: inProduction('rg-archive'),
      ...north,
      keys: [archive],
      protector: protectedBy(archive),
      databases: databases('archive-2019', 'archive-2020').map((d) => ({
        ...d,
        status: 'Inaccessible',
        inaccessibleSince: new Date(now.getTime() - 26 * 3_600_000).toISOString(),
      })),
    }),
    server({
      name: 'sql-hr-weu',
      group: inProduction('rg-hr'),
      ...west,
      keys: [hr],
      protector: protectedBy(hr),
      databases: databases('hr'),
    }),
    server({
      name: 'sql-fabrikam-use',
      group: group(subscriptions.fabrikamTest, 'rg-fabrikam'),
      location: 'eastus',
      tenantId: fabrikam,
      keys: [own],
      protector: protectedBy(own),
      databases: databases('fabrikam'),
    }),
  ];
}

/** A database with its own TDE protector. */
function withOwnKey({ billing }: DemoVaults, now: Date, name: string): Database[] {
  const key = serverKey(billing, 'tde-billing', 1, new Date(now.getTime() - 60 * 86_400_000));
  return databases(name).map((database) => ({
    ...database,
    identityId: inventoryIdentity.id,
    keys: [key],
    encryptionProtector: key.uri,
    autoRotation: false,
  }));
}

/** The servers with the service-managed key as the TDE protector. */
export const serviceManaged = (vaults: DemoVaults, now: Date): Server[] => [
  server({
    name: 'sql-billing-weu',
    group: inProduction('rg-billing'),
    ...west,
    databases: databases('billing', 'invoices', 'payments'),
  }),
  server({
    name: 'sql-inventory-weu',
    group: inProduction('rg-inventory'),
    ...west,
    identityType: 'UserAssigned',
    userAssignedIdentities: [inventoryIdentity.id],
    primaryUserAssignedIdentityId: inventoryIdentity.id,
    databases: [...databases('inventory'), ...withOwnKey(vaults, now, 'suppliers')],
  }),
  server({ name: 'sql-legacy-neu', group: inProduction('rg-legacy'), ...north, databases: databases('legacy') }),
  server({
    name: 'sql-reports-weu',
    group: inProduction('rg-reports'),
    ...west,
    identityType: 'None',
    databases: databases('reports'),
  }),
  server({ name: 'sql-payroll-weu', group: inProduction('rg-payroll'), ...west, databases: databases('payroll') }),
  server({
    name: 'sql-dev-weu',
    group: group(subscriptions.development, 'rg-dev'),
    ...west,
    databases: databases('dev', 'dev-test'),
  }),
  server({
    name: 'sql-dev-neu',
    group: group(subscriptions.development, 'rg-dev'),
    ...north,
    databases: databases('dev'),
  }),
];
