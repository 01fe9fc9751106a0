import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from '../core/clouds';
import type { Accounts, Azure } from '../core/ports';
import { access } from './access';
import { armRequests } from './armRequests';
import type { Connection } from './connection';
import { azureIdentity } from './credential';
import { keyVaults } from './keyVaults';
import { policies, type Trace } from './policies';
import { resources } from './resources';
import { serverKeys } from './serverKeys';
import { sqlClients } from './clients';
import { sqlServers } from './sqlServers';
import { tdeProtectors } from './tdeProtectors';
import { reachedByAccounts, reachedByMachine, tenants } from './tenants';

/** Longest wait for one answer, in milliseconds. ARM's own gateway gives up after 60 s. */
const longestWaitMs = 75_000;

/**
 * Opens a cloud's Resource Manager. The first read loads this file and, with it, the SDKs.
 * @param accounts who is signed in; without them the credentials of this machine are used
 */
export function connect(
  cloud: Cloud,
  accounts: Accounts | undefined,
  trace: Trace,
  requestTimeoutMs = longestWaitMs,
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
  const reached = tenants(
    accounts ? (signal) => reachedByAccounts(accounts, open, signal) : reachedByMachine(open(azureIdentity(cloud))),
  );
  const sql = sqlClients(reached);
  const arm = armRequests(sql, cloud.resourceManager);
  return {
    subscriptions: { list: reached.listSubscriptions },
    sqlServers: sqlServers(reached, sql),
    serverKeys: serverKeys(sql),
    tdeProtectors: tdeProtectors(sql),
    keyVaults: keyVaults(reached),
    access: access(arm),
    resources: resources(arm),
  };
}
