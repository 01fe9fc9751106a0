import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import type { Cloud } from '../core/clouds';

/** The chain of @azure/identity: environment, workload and managed identity, then Azure CLI, Azure PowerShell, azd. */
export function azureIdentity(cloud: Cloud): TokenCredential {
  return new DefaultAzureCredential({ authorityHost: cloud.authority });
}
