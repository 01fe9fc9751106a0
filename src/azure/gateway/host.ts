import type { OnWait } from '../../core/ports';
import type { GatewayLog } from './log';

/** What the gateway tells the extension, and asks it. */
export interface GatewayHost {
  readonly log: GatewayLog;
  readonly onWait?: OnWait;
  /** Gets the address at which Azure reports the end of a change that it has just accepted, in the change's asynchronous context. */
  readonly onAccepted?: (url: string) => void;
  /** Whether to refuse every change. Asked for each request. */
  readonly isReadOnly?: () => boolean;
}
