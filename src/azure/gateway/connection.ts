import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient, Pipeline } from '@azure/core-rest-pipeline';

/** What all clients of one account in one tenant share. */
export interface Connection {
  readonly credential: TokenCredential;
  /** Options that both generations of Azure clients take. Every request passes the pipeline, then the HTTP client. */
  readonly options: {
    readonly endpoint: string;
    readonly pipeline: Pipeline;
    readonly httpClient: HttpClient;
  };
}

/** Returns the connection for a subscription. */
export type ConnectionFor = (subscriptionId: string) => Promise<Connection>;
