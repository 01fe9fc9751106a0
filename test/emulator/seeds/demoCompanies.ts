import type {
  Principal,
  ResourceGroup,
  RoleAssignment,
  Server,
  State,
  Subscription,
  Tenant,
  Vault,
} from '../base/state';
import { dba, group, northwind, ops, subscriptions, tailspin, wingtip } from './demoNames';
import {
  assignment,
  databases,
  day,
  membership,
  principalsOf,
  resourceGroup,
  server,
  subscription,
  tenant,
  vault,
  vaultKey,
} from './parts';
import { roles } from './roleDefinitions';

interface Company {
  tenant: Tenant;
  subscription: Subscription;
  group: ResourceGroup;
  server: Server;
  vaults: Vault[];
  /** The directory entry of the user who owns the subscription. */
  owner: Principal;
}

interface CompanyInput {
  tenant: Tenant;
  subscription: Subscription;
  serverName: string;
  location: string;
  owner: Principal;
}

/** A company with one subscription and one server, which uses the service-managed key. */
function company({ serverName, location, ...input }: CompanyInput): Company {
  const { tenantId, displayName } = input.tenant;
  const name = displayName.toLowerCase();
  const home = group(input.subscription.subscriptionId, `rg-${name}`);
  return {
    ...input,
    group: resourceGroup(home),
    server: server({ name: serverName, group: home, location, tenantId, databases: databases(name) }),
    vaults: [],
  };
}

function northwindCompany(now: Date): Company {
  const northwindOnly = company({
    tenant: { ...tenant(northwind, 'Northwind'), mfa: true },
    subscription: subscription(subscriptions.northwindShared, 'Northwind Shared', northwind),
    serverName: 'sql-northwind-weu',
    location: 'westeurope',
    owner: membership(dba, northwind),
  });
  const created = Math.floor(now.getTime() / 1000) - 60 * day;
  const keys = [vaultKey('kv-northwind', 'tde-northwind', [{ created }])];
  const place = { group: northwindOnly.group.id, location: 'westeurope', tenantId: northwind };
  return { ...northwindOnly, vaults: [vault({ name: 'kv-northwind', ...place, sku: 'standard', keys })] };
}

const tailspinCompany = (): Company =>
  company({
    tenant: { ...tenant(tailspin, 'Tailspin'), blocked: true },
    subscription: subscription(subscriptions.tailspinOps, 'Tailspin Ops', tailspin),
    serverName: 'sql-tailspin-weu',
    location: 'westeurope',
    owner: membership(dba, tailspin),
  });

const wingtipCompany = (): Company =>
  company({
    tenant: tenant(wingtip, 'Wingtip', 'wingtip.example'),
    subscription: subscription(subscriptions.wingtip, 'Wingtip', wingtip),
    serverName: 'sql-wingtip-use',
    location: 'eastus',
    owner: membership(ops, wingtip),
  });

/** The owner has all permissions in the subscription. The server may use the keys of the vaults. */
const assignmentsOf = ({ subscription: { subscriptionId }, server, vaults, owner }: Company): RoleAssignment[] => [
  assignment(`/subscriptions/${subscriptionId}`, owner.objectId, roles.owner),
  ...vaults.map(({ id }) => assignment(id, server.principalId ?? '', roles.cryptoServiceEncryptionUser)),
];

type Collection =
  'tenants' | 'principals' | 'subscriptions' | 'resourceGroups' | 'roleAssignments' | 'servers' | 'vaults';

/** The companies in tenants that only users can access, not the managed identity. */
export function otherCompanies(now: Date): Pick<State, Collection> {
  const companies = [northwindCompany(now), tailspinCompany(), wingtipCompany()];
  const servers = companies.map((c) => c.server);
  return {
    tenants: companies.map((c) => c.tenant),
    principals: [...companies.map((c) => c.owner), ...principalsOf(servers)],
    subscriptions: companies.map((c) => c.subscription),
    resourceGroups: companies.map((c) => c.group),
    roleAssignments: companies.flatMap(assignmentsOf),
    servers,
    vaults: companies.flatMap((c) => c.vaults),
  };
}
