import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { isArmError } from '../../core/armError';
import type { GatewayLog } from './log';

/** Writes one line per request. */
export function tracePolicy(log: GatewayLog): PipelinePolicy {
  return {
    name: 'sqlServerKeysTrace',
    async sendRequest(request, next) {
      const began = Date.now();
      const line = `${request.method} ${new URL(request.url).pathname}`;
      try {
        const response = await next(request);
        const id = response.headers.get('x-ms-request-id') ?? '-';
        log.trace(`${line} ${response.status} ${Date.now() - began} ms, request ${id}`);
        return response;
      } catch (error) {
        log.trace(`${line} no response after ${Date.now() - began} ms: ${nameOf(error)}`);
        throw error;
      }
    },
  };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return isArmError(error) ? error.code : error.name;
}
