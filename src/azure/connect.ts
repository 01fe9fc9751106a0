import type { AdditionalPolicyConfig } from '@azure/core-client';
import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from '../core/clouds';
import type { Azure } from '../core/ports';
import { credentialFor } from './credential';
import { keyVaults } from './keyVaults';
import { policies, type Trace } from './policies';
import { serverKeys } from './serverKeys';
import { sqlClients } from './sqlClient';
import { sqlServers } from './sqlServers';
import { subscriptions } from './subscriptions';
import { tdeProtectors } from './tdeProtectors';

/** What all clients of one cloud share. */
export interface Connection {
  readonly credential: TokenCredential;
  /** Options under the names that both generations of Azure clients use. */
  readonly options: {
    readonly endpoint: string;
    readonly credentialScopes: string[];
    readonly credentials: { readonly scopes: string[] };
    readonly additionalPolicies: AdditionalPolicyConfig[];
  };
}

/** Longest wait for one answer, in milliseconds. ARM's own gateway gives up after 60 s. */
const longestWaitMs = 75_000;

/**
 * Bundle entry of dist/azure.js: opens a cloud's Resource Manager.
 * @param signIn the value of the setting sqlServerKeys.signIn
 */
export function connect(cloud: Cloud, signIn: string, trace: Trace, requestTimeoutMs = longestWaitMs): Azure {
  const scopes = [cloud.scope];
  const connection: Connection = {
    credential: credentialFor(signIn, cloud),
    options: {
      endpoint: cloud.resourceManager,
      credentialScopes: scopes,
      credentials: { scopes },
      additionalPolicies: policies(cloud, trace, requestTimeoutMs),
    },
  };
  const sql = sqlClients(connection);
  return {
    subscriptions: subscriptions(connection),
    sqlServers: sqlServers(connection),
    serverKeys: serverKeys(sql),
    tdeProtectors: tdeProtectors(sql),
    keyVaults: keyVaults(connection),
  };
}
