import type { ResourceGroup, RoleAssignment, Server, State, Subscription, Vault } from '../base/state';
import { caller, contoso, dba } from './demoNames';
import { emptyState } from './emptyState';
import { guidOf } from '../base/ids';
import { assignment, databases, principalsOf, server, serverKey, subscription, tenant, vault, vaultKey } from './parts';
import { roleDefinitions, roles } from './roleDefinitions';

const subscriptionCount = 200;
const serversEach = 25;
const regions = ['westeurope', 'northeurope', 'eastus'];

interface Estate {
  subscription: Subscription;
  group: ResourceGroup;
  vault: Vault;
  servers: Server[];
  assignments: RoleAssignment[];
}

/** One subscription with a vault and its servers; every second server is customer-managed. */
function estate(index: number, now: Date): Estate {
  const number = String(index + 1).padStart(3, '0');
  const subscriptionId = guidOf(`subscription large ${number}`);
  const scope = `/subscriptions/${subscriptionId}`;
  const groupId = `${scope}/resourceGroups/rg-${number}`;
  const location = regions[index % regions.length] ?? 'westeurope';
  const name = `kv-${number}`;
  const created = Math.floor(now.getTime() / 1000) - 8_640_000;
  const keys = [vaultKey(name, 'tde', [{ created }, { created: created + 86_400 }])];
  const home = vault({ name, group: groupId, location, tenantId: contoso, keys });
  const servers = Array.from({ length: serversEach }, (_, i): Server => {
    const registered = i % 2 === 0 ? [serverKey(home, 'tde', 1, now), serverKey(home, 'tde', 2, now)] : [];
    return server({
      name: `sql-${number}-${String(i + 1).padStart(2, '0')}`,
      group: groupId,
      location,
      tenantId: contoso,
      keys: registered,
      protector: { serverKeyName: registered[1]?.name ?? 'ServiceManaged', autoRotationEnabled: i % 4 === 0 },
      databases: databases('main'),
    });
  });
  return {
    subscription: subscription(subscriptionId, `Estate ${number}`, contoso),
    group: { id: groupId, name: `rg-${number}`, location },
    vault: home,
    servers,
    assignments: [
      assignment(scope, caller.objectId, roles.owner),
      ...servers.map((s) => assignment(home.id, s.principalId ?? '', roles.cryptoServiceEncryptionUser)),
    ],
  };
}

/** 5,000 servers in 200 subscriptions, the same at each start, for measurements. */
export function largeSeed(now = new Date()): State {
  const estates = Array.from({ length: subscriptionCount }, (_, index) => estate(index, now));
  const servers = estates.flatMap((e) => e.servers);
  return {
    ...emptyState(),
    caller: caller.objectId,
    tenants: [tenant(contoso, 'Contoso', 'contoso.example')],
    users: [dba],
    principals: [caller, ...principalsOf(servers)],
    subscriptions: estates.map((e) => e.subscription),
    resourceGroups: estates.map((e) => e.group),
    roleDefinitions: roleDefinitions(),
    roleAssignments: estates.flatMap((e) => e.assignments),
    servers,
    vaults: estates.map((e) => e.vault),
  };
}
