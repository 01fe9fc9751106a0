import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { knownError } from '../../core/errors/errorCode';

/** Sends tokens only to the cloud's Resource Manager, whatever address a response gives for polling or paging. */
export function ownAddressPolicy(resourceManager: string): PipelinePolicy {
  const { host } = new URL(resourceManager);
  return {
    name: 'sqlServerKeysOwnAddress',
    sendRequest(request, next) {
      if (new URL(request.url).host !== host) {
        const message = `A response from ${host} pointed to another host: ${new URL(request.url).host}`;
        return Promise.reject(knownError({ code: 'UnexpectedHost', message }));
      }
      return next(request);
    },
  };
}
