import type { Cloud } from '../core/clouds';
import type { Accounts } from '../core/accounts';
import type { Azure } from '../core/ports';
import { access } from './access';
import { armRequests, resources } from './armRequests';
import { backups } from './backups';
import { machineCredential, sqlClients } from './clients';
import { databaseKeys } from './databaseKeys';
import { withinDeadline } from './gateway/deadline';
import { gateway } from './gateway/gateway';
import type { GatewayHost } from './gateway/host';
import { defaultLimits, type Limits } from './gateway/limits';
import { keyVaults } from './keyVaults';
import { operations } from './operations';
import { ownIds } from './ownId';
import { policies } from './policies';
import { regions } from './regions';
import { serverKeys } from './serverKeys';
import { sqlServers } from './sqlServers';
import { resourceProviders } from './resourceProviders';
import { tdeProtectors } from './tdeProtectors';
import { accountTenants, machineTenants, tenants } from './tenants';

/**
 * Connects to a cloud's Resource Manager. The first read imports this file, and with it the SDKs.
 * @param accounts the accounts to use; if undefined, the credentials on this machine
 * @param limits only tests set them
 */
export function connect(
  cloud: Cloud,
  accounts: Accounts | undefined,
  host: GatewayHost,
  limits: Partial<Limits> = {},
): Azure {
  const allLimits = { ...defaultLimits, ...limits };
  const open = gateway(cloud, host, allLimits);
  const runOperation = withinDeadline(allLimits.operationMs);
  const all = tenants(
    accounts ? (signal) => accountTenants(accounts, open, signal) : machineTenants(open(machineCredential(cloud))),
  );
  const sql = sqlClients(all.connectionFor);
  const arm = armRequests(sql, cloud.resourceManager);
  return {
    subscriptions: { list: all.listSubscriptions },
    regions: regions(arm),
    sqlServers: sqlServers(all, sql, arm, runOperation),
    serverKeys: serverKeys(sql, arm, runOperation),
    tdeProtectors: tdeProtectors(arm, runOperation),
    databaseKeys: databaseKeys(arm, runOperation),
    backups: backups(arm),
    resourceProviders: resourceProviders(arm, runOperation),
    keyVaults: keyVaults(all, runOperation),
    access: access(arm, ownIds(all.connectionFor, cloud.scope)),
    policies: policies(arm),
    resources: resources(arm),
    operations: operations(arm),
  };
}
