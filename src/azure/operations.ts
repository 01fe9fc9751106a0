import type { Azure } from '../core/ports';
import type { ArmRequests } from './armRequests';
import { asObject, during, parseJson } from './gateway/failures';

/** Reads the ends of long-running operations. The gateway refuses an address on another host. */
export function operations(arm: ArmRequests): Azure['operations'] {
  return {
    hasSucceeded: (url, signal) =>
      during({ name: 'read operation', resource: new URL(url).pathname }, async () => {
        const { status, bodyAsText } = await arm.get(url, signal);
        // The gateway has turned a failed operation into an error.
        const state = asObject(parseJson(bodyAsText))?.status;
        return typeof state === 'string' ? /^succeeded$/i.test(state) : status !== 202;
      }),
  };
}
