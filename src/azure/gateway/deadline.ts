import { knownError } from '../../core/errors/errorCode';

/** Runs a long-running operation, with a signal that also ends the wait for one that never ends. */
export type RunOperation = <T>(signal: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** @param milliseconds the longest wait for the end of an operation */
export function withinDeadline(milliseconds: number): RunOperation {
  return async (cancel, run) => {
    const deadline = AbortSignal.timeout(milliseconds);
    try {
      return await run(cancel ? AbortSignal.any([cancel, deadline]) : deadline);
    } catch (error) {
      if (!deadline.aborted || cancel?.aborted) throw error;
      const message = `The operation has not ended within ${milliseconds / 60_000} minutes.`;
      throw knownError({ code: 'RequestTimeout', message }, { cause: error });
    }
  };
}
