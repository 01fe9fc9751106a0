import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from '../core/clouds';
import type { Accounts, Azure } from '../core/ports';
import { access } from './access';
import { armRequests, resources } from './armRequests';
import { machineCredential, sqlClients } from './clients';
import type { Connection } from './connection';
import { keyVaults } from './keyVaults';
import { policies, type Trace } from './policies';
import { serverKeys } from './serverKeys';
import { sqlServers } from './sqlServers';
import { tdeProtectors } from './tdeProtectors';
import { accountTenants, machineTenants, tenants } from './tenants';

/** How long to wait for one response, in milliseconds. ARM's own gateway times out after 60 s. */
const responseTimeoutMs = 75_000;

/**
 * Connects to a cloud's Resource Manager. The first read imports this file, and with it the SDKs.
 * @param accounts the accounts to use; if undefined, the credentials on this machine
 */
export function connect(
  cloud: Cloud,
  accounts: Accounts | undefined,
  trace: Trace,
  requestTimeoutMs = responseTimeoutMs,
): Azure {
  const scopes = [cloud.scope];
  const additionalPolicies = policies(cloud, trace, requestTimeoutMs);
  const options = {
    endpoint: cloud.resourceManager,
    credentialScopes: scopes,
    credentials: { scopes },
    additionalPolicies,
  };
  const open = (credential: TokenCredential): Connection => ({ credential, options });
  const all = tenants(
    accounts ? (signal) => accountTenants(accounts, open, signal) : machineTenants(open(machineCredential(cloud))),
  );
  const sql = sqlClients(all.connectionFor);
  const arm = armRequests(sql, cloud.resourceManager);
  return {
    subscriptions: { list: all.listSubscriptions },
    sqlServers: sqlServers(all, sql),
    serverKeys: serverKeys(sql),
    tdeProtectors: tdeProtectors(sql),
    keyVaults: keyVaults(all),
    access: access(arm),
    resources: resources(arm),
  };
}
