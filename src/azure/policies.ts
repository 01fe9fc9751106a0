import type { AdditionalPolicyConfig } from '@azure/core-client';
import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Cloud } from '../core/clouds';
import { knownError } from '../core/errors/errorCode';
import { failurePolicy } from './failures';

/** Writes one line per request at trace level, never a header: headers contain tokens. */
export type Trace = (line: string) => void;

/** The policies for every request of every Azure client, outermost first. */
export function policies(cloud: Cloud, trace: Trace, requestTimeoutMs: number): AdditionalPolicyConfig[] {
  return [
    { policy: failurePolicy, position: 'perCall' },
    // These run inside the SDK's own policies: they also see redirects, and see responses before the client evaluates them.
    { policy: sameHostPolicy(new URL(cloud.resourceManager).host), position: 'perRetry' },
    { policy: serverKeyApiVersionPolicy(), position: 'perRetry' },
    { policy: timeoutPolicy(requestTimeoutMs), position: 'perRetry' },
    { policy: tracePolicy(trace), position: 'perRetry' },
  ];
}

/** Sends tokens only to the cloud's Resource Manager, whatever address a response gives for polling or paging. */
function sameHostPolicy(host: string): PipelinePolicy {
  return {
    name: 'sqlServerKeysSameHost',
    sendRequest(request, next) {
      if (new URL(request.url).host !== host) {
        const message = `A response from ${host} pointed to another host: ${new URL(request.url).host}`;
        return Promise.reject(knownError({ code: 'UnexpectedHost', message }));
      }
      return next(request);
    },
  };
}

/** Replaces the timeout of the SDK's transport, which looks like a cancellation and keeps running after a connection breaks. */
function timeoutPolicy(milliseconds: number): PipelinePolicy {
  return {
    name: 'sqlServerKeysTimeout',
    async sendRequest(request, next) {
      const { abortSignal: cancel } = request;
      const timeout = AbortSignal.timeout(milliseconds);
      request.abortSignal = cancel instanceof AbortSignal ? AbortSignal.any([cancel, timeout]) : timeout;
      try {
        return await next(request);
      } catch (error) {
        if (timeout.aborted && !cancel?.aborted) {
          const message = `No response within ${milliseconds / 1000} s`;
          throw knownError({ code: 'RequestTimeout', message }, { cause: error });
        }
        throw error;
      } finally {
        delete request.abortSignal;
        Object.assign(request, cancel && { abortSignal: cancel });
      }
    },
  };
}

const serverKeyPath = /\/providers\/Microsoft\.Sql\/servers\/[^/]+\/(keys|encryptionProtector)\b/i;
/** A versionless server key is named vault_key, any other vault_key_version. */
const versionlessKeyPath = /\/keys\/[^/_]+_[^/_]+$/i;
const versions = { versionless: '2025-01-01', newest: '2023-08-01', fallback: '2021-11-01' };

/**
 * Sets the api-version of server keys and the TDE protector. @azure/arm-sql uses 2020-11-01-preview; 2023-08-01 is the
 * stable version with the documented error list. If a cloud doesn't have it yet, all later requests use 2021-11-01.
 * Versionless server keys need 2025-01-01 and have no fallback.
 */
function serverKeyApiVersionPolicy(): PipelinePolicy {
  let version = versions.newest;
  return {
    name: 'sqlServerKeysApiVersion',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      if (!serverKeyPath.test(url.pathname)) {
        return next(request);
      }
      const send = (wanted: string): Promise<PipelineResponse> => {
        url.searchParams.set('api-version', wanted);
        request.url = url.href;
        return next(request);
      };
      if (versionlessKeyPath.test(url.pathname)) {
        return send(versions.versionless);
      }
      const response = await send(version);
      if (version === versions.newest && refusesVersion(response)) {
        version = versions.fallback;
        return send(version);
      }
      return response;
    },
  };
}

function refusesVersion(response: PipelineResponse): boolean {
  const text = response.status === 400 || response.status === 404 ? response.bodyAsText : undefined;
  return /"(NoRegisteredProviderFound|InvalidApiVersionParameter|InvalidResourceType)"/.test(text ?? '');
}

function tracePolicy(trace: Trace): PipelinePolicy {
  return {
    name: 'sqlServerKeysTrace',
    async sendRequest(request, next) {
      const began = Date.now();
      const line = `${request.method} ${new URL(request.url).pathname}`;
      try {
        const response = await next(request);
        const id = response.headers.get('x-ms-request-id') ?? '-';
        trace(`${line} ${response.status} ${Date.now() - began} ms, request ${id}`);
        return response;
      } catch (error) {
        trace(`${line} no response after ${Date.now() - began} ms: ${error instanceof Error ? error.name : 'error'}`);
        throw error;
      }
    },
  };
}
