import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { knownError } from '../../core/errors/errorCode';
import { isRead } from './retries';

/** Refuses every request that may change something while the extension is read-only, which may change at any time. */
export function readOnlyPolicy(isReadOnly: () => boolean): PipelinePolicy {
  return {
    name: 'sqlServerKeysReadOnly',
    async sendRequest(request, next) {
      if (!isRead(request) && isReadOnly()) throw knownError({ code: 'ExtensionReadOnly', message: '' });
      return next(request);
    },
  };
}
