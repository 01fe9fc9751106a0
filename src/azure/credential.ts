import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import { builtInClouds, type Cloud } from '../core/clouds';

/** The chain of @azure/identity: environment, workload and managed identity, then Azure CLI, Azure PowerShell, azd. */
export function azureIdentity({ authority }: Cloud): TokenCredential {
  return new DefaultAzureCredential({
    authorityHost: authority,
    // Public Azure knows nothing of a private cloud's authority, and must not hear of it.
    disableInstanceDiscovery: !builtInClouds.some((builtIn) => builtIn.authority === authority),
  });
}
