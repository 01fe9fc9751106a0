import type { Principal, ResourceGroup, RoleAssignment, Server, State, Subscription, Tenant, Vault } from '../base/state';
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
  /** The user who owns all this, as the directory of the company knows them. */
  owner: Principal;
}

interface CompanyNeeds {
  tenant: Tenant;
  subscription: Subscription;
  serverName: string;
  location: string;
  owner: Principal;
}

/** A company with one subscription, and one server with the service-managed key. */
function company({ serverName, location, ...given }: CompanyNeeds): Company {
  const { tenantId, displayName } = given.tenant;
  const name = displayName.toLowerCase();
  const home = group(given.subscription.subscriptionId, `rg-${name}`);
  return {
    ...given,
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

/** Its owner may do everything in the subscription, its server may use the keys of its vaults. */
const rightsOf = ({ subscription: { subscriptionId }, server, vaults, owner }: Company): RoleAssignment[] => [
  assignment(`/subscriptions/${subscriptionId}`, owner.objectId, roles.owner),
  ...vaults.map(({ id }) => assignment(id, server.principalId ?? '', roles.cryptoServiceEncryptionUser)),
];

type Part = 'tenants' | 'principals' | 'subscriptions' | 'resourceGroups' | 'roleAssignments' | 'servers' | 'vaults';

/** Tenants that the caller of the managed identity has nothing to do with: only users get there. */
export function otherCompanies(now: Date): Pick<State, Part> {
  const companies = [northwindCompany(now), tailspinCompany(), wingtipCompany()];
  const servers = companies.map((c) => c.server);
  return {
    tenants: companies.map((c) => c.tenant),
    principals: [...companies.map((c) => c.owner), ...principalsOf(servers)],
    subscriptions: companies.map((c) => c.subscription),
    resourceGroups: companies.map((c) => c.group),
    roleAssignments: companies.flatMap(rightsOf),
    servers,
    vaults: companies.flatMap((c) => c.vaults),
  };
}
