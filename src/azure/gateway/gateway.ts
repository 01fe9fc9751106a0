import type { TokenCredential } from '@azure/core-auth';
import { authorizeRequestOnClaimChallenge, deserializationPolicy, serializationPolicy } from '@azure/core-client';
import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  setClientRequestIdPolicy,
  userAgentPolicy,
  type Pipeline,
} from '@azure/core-rest-pipeline';
import type { Cloud } from '../../core/clouds';
import { acceptedPolicy } from './accepted';
import { addressPolicy } from './addresses';
import { serverKeyApiVersionPolicy } from './apiVersions';
import type { Connection } from './connection';
import { failurePolicy } from './failures';
import { fetchClient } from './fetchClient';
import type { GatewayHost } from './host';
import type { Limits } from './limits';
import { readOnlyPolicy } from './readOnly';
import { responsePolicy } from './responses';
import { retryPolicy } from './retries';
import { timeLimitPolicy } from './timeLimit';
import { tracePolicy } from './trace';

/** Makes connections to a cloud's Resource Manager. Every request of every client passes through the gateway, which replaces the pipelines of the SDKs. */
export function gateway(cloud: Cloud, host: GatewayHost, limits: Limits): (credential: TokenCredential) => Connection {
  const endpoint = cloud.resourceManager;
  const httpClient = fetchClient(limits.responseBytes, host.log);
  return (credential) => ({
    credential,
    options: { endpoint, httpClient, pipeline: pipelineOf(cloud, credential, host, limits) },
  });
}

/** The policies for every request, outermost first. */
function pipelineOf(cloud: Cloud, credential: TokenCredential, host: GatewayHost, limits: Limits): Pipeline {
  const pipeline = createEmptyPipeline();
  for (const policy of [
    failurePolicy,
    serializationPolicy(),
    deserializationPolicy(),
    userAgentPolicy(),
    setClientRequestIdPolicy(),
    acceptedPolicy(cloud.resourceManager, host),
    responsePolicy(limits),
    addressPolicy(cloud.resourceManager),
    retryPolicy(limits, host),
    readOnlyPolicy(() => host.isReadOnly?.() ?? false),
    bearerTokenAuthenticationPolicy({
      credential,
      scopes: [cloud.scope],
      challengeCallbacks: { authorizeRequestOnChallenge: authorizeRequestOnClaimChallenge },
    }),
    serverKeyApiVersionPolicy(),
    timeLimitPolicy(limits.responseMs),
    tracePolicy(host.log),
  ]) {
    pipeline.addPolicy(policy);
  }
  return pipeline;
}
