import { createKeyVaultManagement, type KeyVaultManagementContext } from '@azure/arm-keyvault/api';
import { SqlManagementClient } from '@azure/arm-sql';
import type { TokenCredential } from '@azure/core-auth';
import type { OperationArguments, OperationSpec } from '@azure/core-client';
import { idKey } from '../core/armId';
import { builtInClouds, type Cloud } from '../core/clouds';
import type { VaultPlace } from '../core/ports';
import { remembered } from '../core/remembered';
import { pathOf, requirePlainName, requirePlainPath } from './gateway/addresses';
import type { ConnectionFor } from './gateway/connection';

/** How often to poll a long-running operation if Azure sends no Retry-After, in milliseconds. */
export const pollIntervalMs = 2000;

export type SqlClients = (subscriptionId: string) => Promise<SqlManagementClient>;
export type KeyVaultClients = (vault: VaultPlace) => Promise<KeyVaultManagementContext>;

/** Refuses names that would change the path. The SDK parses the URL before the gateway gets it. */
class SqlClient extends SqlManagementClient {
  override async sendOperationRequest<T>(names: OperationArguments, operation: OperationSpec): Promise<T> {
    for (const name of Object.values(names)) if (typeof name === 'string') requirePlainName(name);
    return super.sendOperationRequest(names, operation);
  }
}

/** One client per subscription, created on first use. */
export function sqlClients(connectionFor: ConnectionFor): SqlClients {
  const clients = new Map<string, SqlManagementClient>();
  return async (subscriptionId) => {
    const { credential, options } = await connectionFor(subscriptionId);
    const client = clients.get(idKey(subscriptionId)) ?? new SqlClient(credential, subscriptionId, options);
    clients.set(idKey(subscriptionId), client);
    return client;
  };
}

export function keyVaultClients(connectionFor: ConnectionFor): KeyVaultClients {
  return async ({ subscriptionId }) => {
    const { credential, options } = await connectionFor(subscriptionId);
    const context = createKeyVaultManagement(credential, subscriptionId, options);
    const path = (route: string) => {
      requirePlainPath(pathOf(route, ''));
      return context.pathUnchecked(route);
    };
    return { ...context, path };
  };
}

/**
 * The credential chain of @azure/identity: environment, workload and managed identity, then Azure CLI, Azure PowerShell,
 * and Azure Developer CLI. The first token loads the package.
 */
export function machineCredential({ authority }: Cloud): TokenCredential {
  const credential = remembered(async () => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential({
      authorityHost: authority,
      // Discovery asks public Azure, which doesn't know a private cloud's authority and must not learn about it.
      disableInstanceDiscovery: !builtInClouds.some((builtIn) => builtIn.authority === authority),
    });
  });
  return { getToken: async (scopes, options) => (await credential.get()).getToken(scopes, options) };
}
