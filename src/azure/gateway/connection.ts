import type { TokenCredential } from '@azure/core-auth';
import type { AdditionalPolicyConfig } from '@azure/core-client';

/** What all clients of one account in one tenant share. */
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

/** Returns the connection for a subscription. */
export type ConnectionFor = (subscriptionId: string) => Promise<Connection>;
