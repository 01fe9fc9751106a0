import type { Azure } from '../core/ports';
import { hasEnded, type ArmRequests } from './armRequests';
import { during } from './gateway/failures';

/** Reads the ends of long-running operations. The gateway refuses an address on another host. */
export function operations(arm: ArmRequests): Azure['operations'] {
  return {
    hasSucceeded: (url, signal) =>
      during({ name: 'read operation', resource: new URL(url).pathname }, async () =>
        hasEnded(await arm.get(url, signal)),
      ),
  };
}
