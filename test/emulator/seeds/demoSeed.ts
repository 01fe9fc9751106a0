import type { Principal, ResourceGroup, RoleAssignment, Server, State } from '../state';
import { demoVaults } from './demoVaults';
import { guidOf } from './derivedIds';
import { assignment, databases, principalsOf, server, serverKey, tdePolicy } from './parts';
import { roleDefinitions, roles } from './roleDefinitions';

export const contoso = guidOf('tenant contoso');
export const fabrikam = guidOf('tenant fabrikam');

export const subscriptions = {
  production: guidOf('subscription Contoso Production'),
  development: guidOf('subscription Contoso Development'),
  fabrikamTest: guidOf('subscription Fabrikam Test'),
};

const group = (subscriptionId: string, name: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
const inProduction = (name: string): string => group(subscriptions.production, name);

/** The application as which everybody signs in. It owns nearly everything; see the assignments below. */
export const caller: Principal = {
  objectId: guidOf('caller'),
  appId: guidOf('app of caller'),
  tenantId: contoso,
  displayName: 'Contoso Key Operator',
  secret: 'emulator-secret',
};

const inventoryIdentity = {
  id: `${inProduction('rg-inventory')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-sql-inventory`,
  location: 'westeurope',
  tenantId: contoso,
  principalId: guidOf('identity id-sql-inventory'),
  clientId: guidOf('app of id-sql-inventory'),
};

type Vaults = ReturnType<typeof demoVaults>;

const west = { location: 'westeurope', tenantId: contoso };
const north = { location: 'northeurope', tenantId: contoso };

/** Servers with a customer-managed key. */
function customerManaged(vaults: Vaults, now: Date): Server[] {
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
    databases: databases('orders', 'orders-history'),
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
      databases: databases('archive-2019', 'archive-2020').map((d) => ({ ...d, status: 'Inaccessible' })),
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

/** Servers with the service-managed key. */
const serviceManaged = (): Server[] => [
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
    databases: databases('inventory', 'suppliers'),
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

function grantKeys(vaults: Vaults, servers: Server[]): RoleAssignment[] {
  const identity = (name: string): string => servers.find((s) => s.name === name)?.principalId ?? '';
  const grant = (vault: { id: string }, ...names: string[]): RoleAssignment[] =>
    names.map((name) => assignment(vault.id, identity(name), roles.cryptoServiceEncryptionUser));
  vaults.billing.accessPolicies = [
    ...['sql-billing-weu', 'sql-archive-neu', 'sql-legacy-neu', 'sql-dev-weu', 'sql-dev-neu'].map(identity),
    inventoryIdentity.principalId,
  ].map((objectId) => tdePolicy(contoso, objectId));
  vaults.hsm.localRoles = ['sql-hr-weu', 'sql-billing-weu'].map((name) => ({
    principalId: identity(name),
    roleId: roles.hsmCryptoServiceEncryptionUser,
    scope: '/keys',
  }));
  return [
    ...grant(vaults.orders, 'sql-orders-weu', 'sql-orders-neu', 'sql-billing-weu'),
    ...grant(vaults.noPurge, 'sql-billing-weu'),
    ...grant(vaults.firewalled, 'sql-billing-weu'),
    ...grant(vaults.fabrikam, 'sql-fabrikam-use'),
  ];
}

const productionGroups = [
  'orders',
  'billing',
  'inventory',
  'archive',
  'legacy',
  'reports',
  'payroll',
  'hr',
  'keys',
].map((name) => inProduction(`rg-${name}`));

/** Owner of every group of production but rg-payroll, whose server the caller may read without its keys. */
const grantCaller = (): RoleAssignment[] => [
  ...productionGroups
    .filter((id) => !id.endsWith('rg-payroll'))
    .map((id) => assignment(id, caller.objectId, roles.owner)),
  assignment(inProduction('rg-payroll'), caller.objectId, roles.sqlSecurityManager),
  assignment(`/subscriptions/${subscriptions.development}`, caller.objectId, roles.owner),
  assignment(`/subscriptions/${subscriptions.fabrikamTest}`, caller.objectId, roles.contributor),
];

const toGroup = (id: string): ResourceGroup => ({ id, name: id.split('/').at(-1) ?? '', location: 'westeurope' });

/** A small company that has met everything once: made for people, screenshots and UI tests, which know its names. */
export function demoSeed(now = new Date()): State {
  const groups = {
    keys: inProduction('rg-keys'),
    hsm: inProduction('rg-hr'),
    fabrikamKeys: group(subscriptions.fabrikamTest, 'rg-fabrikam'),
  };
  const vaults = demoVaults({ contoso, fabrikam, ...groups }, Math.floor(now.getTime() / 1000));
  const servers = [...customerManaged(vaults, now), ...serviceManaged()];
  const [ordersWest, ordersNorth] = servers;
  const keyGrants = grantKeys(vaults, servers);
  const inventory = {
    objectId: inventoryIdentity.principalId,
    appId: inventoryIdentity.clientId,
    tenantId: contoso,
    displayName: 'id-sql-inventory',
  };
  const subscription = (
    subscriptionId: string,
    displayName: string,
    tenantId = contoso,
    managedByTenants: string[] = [],
  ) => ({
    subscriptionId,
    displayName,
    tenantId,
    state: 'Enabled' as const,
    managedByTenants,
  });
  return {
    caller: caller.objectId,
    tenants: [
      { tenantId: contoso, displayName: 'Contoso', defaultDomain: 'contoso.onmicrosoft.com' },
      { tenantId: fabrikam, displayName: 'Fabrikam', defaultDomain: 'fabrikam.onmicrosoft.com' },
    ],
    principals: [caller, inventory, ...principalsOf(servers)],
    subscriptions: [
      subscription(subscriptions.production, 'Contoso Production'),
      subscription(subscriptions.development, 'Contoso Development'),
      subscription(subscriptions.fabrikamTest, 'Fabrikam Test', fabrikam, [contoso]),
    ],
    resourceGroups: [...productionGroups, group(subscriptions.development, 'rg-dev'), groups.fabrikamKeys].map(toGroup),
    roleDefinitions: roleDefinitions(),
    roleAssignments: [...grantCaller(), ...keyGrants],
    locks: [
      {
        scope: `${inProduction('rg-legacy')}/providers/Microsoft.Sql/servers/sql-legacy-neu`,
        name: 'do-not-touch',
        level: 'ReadOnly',
        notes: 'Frozen until the migration is done.',
      },
    ],
    userAssignedIdentities: [inventoryIdentity],
    servers,
    failoverGroups: [
      {
        name: 'fog-orders',
        primary: ordersWest?.id ?? '',
        secondaries: [ordersNorth?.id ?? ''],
        databases: ['orders'],
      },
    ],
    replicationLinks: [],
    vaults: Object.values(vaults),
  };
}
