import type { TokenCredential } from '@azure/core-auth';
import { DefaultAzureCredential } from '@azure/identity';
import { ArmError } from '../core/armError';
import { builtInClouds, type Cloud } from '../core/clouds';

/** By the values of the setting sqlServerKeys.signIn. */
const credentials: Readonly<Partial<Record<string, (cloud: Cloud) => TokenCredential>>> = { azureIdentity };

export function credentialFor(signIn: string, cloud: Cloud): TokenCredential {
  const make = credentials[signIn];
  if (!make) {
    const known = Object.keys(credentials).join(', ');
    throw new ArmError({
      code: 'InvalidSettings',
      message: `The setting sqlServerKeys.signIn must be one of ${known}; it is "${signIn}".`,
    });
  }
  return make(cloud);
}

/** The chain of @azure/identity: environment, workload and managed identity, then Azure CLI, Azure PowerShell, azd. */
function azureIdentity({ authority }: Cloud): TokenCredential {
  return new DefaultAzureCredential({
    authorityHost: authority,
    // Public Azure knows nothing of a private cloud's authority, and must not hear of it.
    disableInstanceDiscovery: !builtInClouds.some((builtIn) => builtIn.authority === authority),
  });
}
