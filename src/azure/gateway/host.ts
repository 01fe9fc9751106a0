import type { OnWait } from '../../core/wait';
import type { GatewayLog } from './log';

/** What the gateway tells the extension, and asks it. */
export interface GatewayHost {
  readonly log: GatewayLog;
  readonly onWait?: OnWait;
  /** Aborted when the user stops waiting for the work of the asynchronous context. */
  readonly givenUp?: () => AbortSignal | undefined;
  /** Gets the address at which Azure reports the end of a change that it has just accepted, in the change's asynchronous context. */
  readonly onAccepted?: (url: string) => void;
  /** Whether to refuse every change. Asked for each request. */
  readonly isReadOnly?: () => boolean;
}
