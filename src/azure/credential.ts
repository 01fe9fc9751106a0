import type { TokenCredential } from '@azure/core-auth';
import { builtInClouds, type Cloud } from '../core/clouds';
import { remembered } from '../core/remembered';

/**
 * The chain of @azure/identity: environment, workload and managed identity, then Azure CLI, Azure PowerShell, azd. The
 * first token loads the package.
 */
export function azureIdentity({ authority }: Cloud): TokenCredential {
  const credential = remembered(async () => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential({
      authorityHost: authority,
      // Public Azure doesn't know a private cloud's authority, and must not learn about it.
      disableInstanceDiscovery: !builtInClouds.some((builtIn) => builtIn.authority === authority),
    });
  });
  return { getToken: async (scopes, options) => (await credential.get()).getToken(scopes, options) };
}
