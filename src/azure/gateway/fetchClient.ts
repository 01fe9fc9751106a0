import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { isArmError } from '../../core/armError';
import { hasCode, knownError } from '../../core/errors/errorCode';
import { noResponse } from './failures';
import type { GatewayLog } from './log';

/**
 * Sends requests with `fetch`, which reuses its connections: in VS Code, the SDKs' own client opens a new one for each
 * request. It follows no redirects.
 *
 * In VS Code, `fetch` trusts the system's certificates but not those of NODE_EXTRA_CA_CERTS. The SDKs' client trusts both,
 * so it gets the requests to a host whose certificate `fetch` refuses.
 * @param maxBytes the largest response that is read, after decompression
 */
export function fetchClient(maxBytes: number, log: GatewayLog): HttpClient {
  const fallback = createDefaultHttpClient();
  const fallbackHosts = new Set<string>();

  const sendBySdk = async (request: PipelineRequest): Promise<PipelineResponse> => {
    // Infinity means every status: the SDK's client then returns a stream, so the size limit applies here, too.
    const streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    const { readableStreamBody, ...response } = await fallback.sendRequest({ ...request, streamResponseStatusCodes });
    return { ...response, request, bodyAsText: await readText(readableStreamBody, maxBytes) };
  };

  return {
    async sendRequest(request) {
      refuseUnsupported(request);
      const { host } = new URL(request.url);
      try {
        return await (fallbackHosts.has(host) ? sendBySdk(request) : sendByFetch(request, maxBytes));
      } catch (error) {
        const failure = noResponse(error);
        const untrusted = isArmError(failure) && hasCode(failure, 'CertificateNotTrusted');
        if (!untrusted || fallbackHosts.has(host)) throw failure;
      }
      // Azure didn't get the request, because there was no connection.
      const response = await sendBySdk(request).catch((error: unknown) => {
        throw noResponse(error);
      });
      if (!fallbackHosts.has(host)) log.info(`fetch doesn't trust the certificate of ${host}, but Node.js does`);
      fallbackHosts.add(host);
      return response;
    },
  };
}

/** No client of the extension uses these. Ignoring one would change the meaning of a request. */
const unsupported = [
  'agent',
  'allowInsecureConnection',
  'disableKeepAlive',
  'formData',
  'multipartBody',
  'onDownloadProgress',
  'onUploadProgress',
  'proxySettings',
  'requestOverrides',
  'timeout',
  'tlsSettings',
  'withCredentials',
] as const satisfies readonly (keyof PipelineRequest)[];

function refuseUnsupported(request: PipelineRequest): void {
  const used: string[] = unsupported.filter((feature) => request[feature]);
  if (request.streamResponseStatusCodes?.size) used.push('streamResponseStatusCodes');
  if (request.body !== undefined && request.body !== null && typeof request.body !== 'string') used.push('body');
  if (used.length > 0) throw new Error(`The gateway doesn't support these request options: ${used.join(', ')}`);
}

async function sendByFetch(request: PipelineRequest, maxBytes: number): Promise<PipelineResponse> {
  const { method, body, abortSignal } = request;
  const response = await fetch(request.url, {
    method,
    headers: request.headers.toJSON(),
    redirect: 'manual',
    ...(typeof body === 'string' && { body }),
    ...(abortSignal instanceof AbortSignal && { signal: abortSignal }),
  });
  const headers = createHttpHeaders(Object.fromEntries(response.headers));
  return { request, status: response.status, headers, bodyAsText: await readText(response.body, maxBytes) };
}

/** Leaving the loop closes the stream, and with it the connection. */
async function readText(body: AsyncIterable<unknown> | null | undefined, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    size += bytes.byteLength;
    if (size > maxBytes) {
      const message = `The response is larger than ${maxBytes / 2 ** 20} MiB.`;
      throw knownError({ code: 'UnexpectedAnswer', message });
    }
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
