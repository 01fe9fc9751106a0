import type { RoleAssignment, SqlResource, State } from '../base/state';
import { otherCompanies } from './demoCompanies';
import {
  caller,
  contoso,
  dba,
  fabrikam,
  group,
  inProduction,
  inventoryIdentity,
  ops,
  subscriptions,
} from './demoNames';
import { demoActivity } from './demoActivity';
import { demoBackups } from './demoBackups';
import { demoInstanceFailoverGroup, demoInstances } from './demoInstances';
import { customerManaged, serviceManaged, type DemoVaults } from './demoServers';
import { demoVaults } from './demoVaults';
import { emptyState } from './emptyState';
import { assignment, principalsOf, resourceGroup, subscription, tdePolicy, tenant } from './parts';
import { roleDefinitions, roles } from './roleDefinitions';

/** Gives servers access to vaults and returns the role assignments. */
function grantKeys(vaults: DemoVaults, servers: SqlResource[]): RoleAssignment[] {
  const identity = (name: string): string => servers.find((s) => s.name === name)?.principalId ?? '';
  const grant = (vault: { id: string }, ...names: string[]): RoleAssignment[] =>
    names.map((name) => assignment(vault.id, identity(name), roles.cryptoServiceEncryptionUser));
  vaults.billing.accessPolicies = [
    ...['sql-billing-weu', 'sql-archive-neu', 'sql-legacy-neu', 'sql-dev-weu', 'sql-dev-neu', 'sqlmi-billing-weu'].map(
      identity,
    ),
    inventoryIdentity.principalId,
  ].map((objectId) => tdePolicy(contoso, objectId));
  vaults.hsm.localRoles = ['sql-hr-weu', 'sql-billing-weu'].map((name) => ({
    principalId: identity(name),
    roleId: roles.hsmCryptoServiceEncryptionUser,
    scope: '/keys',
  }));
  return [
    ...grant(
      vaults.orders,
      'sql-orders-weu',
      'sql-orders-neu',
      'sql-billing-weu',
      'sqlmi-orders-weu',
      'sqlmi-orders-neu',
    ),
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

/** The caller owns every production group except rg-payroll, where it may read the server but not its keys. */
const grantCaller = (): RoleAssignment[] => [
  ...productionGroups
    .filter((id) => !id.endsWith('rg-payroll'))
    .map((id) => assignment(id, caller.objectId, roles.owner)),
  assignment(inProduction('rg-payroll'), caller.objectId, roles.sqlSecurityManager),
  assignment(`/subscriptions/${subscriptions.development}`, caller.objectId, roles.owner),
  assignment(`/subscriptions/${subscriptions.fabrikamTest}`, caller.objectId, roles.contributor),
];

/** A company with one example of each situation, and other companies. Screenshots and UI tests rely on the names. */
export function demoSeed(now = new Date()): State {
  const groups = {
    keys: inProduction('rg-keys'),
    hsm: inProduction('rg-hr'),
    fabrikamKeys: group(subscriptions.fabrikamTest, 'rg-fabrikam'),
  };
  const vaults = demoVaults({ contoso, fabrikam, ...groups }, Math.floor(now.getTime() / 1000));
  const servers = [...customerManaged(vaults, now), ...serviceManaged(vaults, now)];
  const [ordersWest, ordersNorth] = servers;
  const instances = demoInstances(vaults, now);
  const keyGrants = grantKeys(vaults, [...servers, ...instances]);
  const inventory = {
    objectId: inventoryIdentity.principalId,
    appId: inventoryIdentity.clientId,
    tenantId: contoso,
    displayName: 'id-sql-inventory',
  };
  const others = otherCompanies(now);
  return {
    ...emptyState(),
    caller: caller.objectId,
    tenants: [tenant(contoso, 'Contoso', 'contoso.example'), tenant(fabrikam, 'Fabrikam'), ...others.tenants],
    users: [dba, ops],
    principals: [caller, inventory, ...principalsOf([...servers, ...instances]), ...others.principals],
    subscriptions: [
      subscription(subscriptions.production, 'Contoso Production', contoso),
      subscription(subscriptions.development, 'Contoso Development', contoso),
      subscription(subscriptions.fabrikamTest, 'Fabrikam Test', fabrikam, [contoso]),
      ...others.subscriptions,
    ],
    resourceGroups: [
      ...[...productionGroups, group(subscriptions.development, 'rg-dev'), groups.fabrikamKeys].map(resourceGroup),
      ...others.resourceGroups,
    ],
    roleDefinitions: roleDefinitions(),
    roleAssignments: [...grantCaller(), ...keyGrants, ...others.roleAssignments],
    locks: [
      {
        scope: `${inProduction('rg-legacy')}/providers/Microsoft.Sql/servers/sql-legacy-neu`,
        name: 'do-not-touch',
        level: 'ReadOnly',
        notes: 'Frozen until the migration is done.',
      },
    ],
    userAssignedIdentities: [inventoryIdentity],
    servers: [...servers, ...others.servers],
    managedInstances: instances,
    instanceFailoverGroups: [demoInstanceFailoverGroup(instances)],
    failoverGroups: [
      {
        name: 'fog-orders',
        primary: ordersWest?.id ?? '',
        secondaries: [ordersNorth?.id ?? ''],
        databases: ['orders'],
      },
    ],
    longTermRetentionBackups: demoBackups(now),
    activityLog: demoActivity(servers, now),
    vaults: [...Object.values(vaults), ...others.vaults],
  };
}
