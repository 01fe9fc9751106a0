/** A wait before a request is sent again. */
export interface Wait {
  /** Azure limits the number of requests; otherwise, the request has failed. */
  readonly isLimited: boolean;
  /** The path of the request. */
  readonly path: string;
  readonly milliseconds: number;
}

/** Gets each wait when it begins, in the asynchronous context of the call that waits. Returns what to call when it ends. */
export type OnWait = (wait: Wait) => () => void;
