import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { knownError } from '../../core/errors/errorCode';

/** Ends a request whose response isn't complete in time, and a cancelled one, even if the transport goes on. */
export function timeLimitPolicy(milliseconds: number): PipelinePolicy {
  return {
    name: 'sqlServerKeysTimeLimit',
    async sendRequest(request, next) {
      const { abortSignal: cancel } = request;
      const timeout = AbortSignal.timeout(milliseconds);
      const signal = cancel instanceof AbortSignal ? AbortSignal.any([cancel, timeout]) : timeout;
      request.abortSignal = signal;
      try {
        return await untilAborted(next(request), signal);
      } catch (error) {
        if (cancel?.aborted) throw cancelled();
        if (!timeout.aborted) throw error;
        const message = `No response within ${milliseconds / 1000} s`;
        throw knownError({ code: 'RequestTimeout', message }, { cause: error });
      } finally {
        delete request.abortSignal;
        Object.assign(request, cancel && { abortSignal: cancel });
      }
    },
  };
}

const cancelled = (): Error => new DOMException('The operation was cancelled.', 'AbortError');

/** Settles like the promise, or rejects as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(cancelled());
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
