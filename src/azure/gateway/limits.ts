/** How much time and memory the gateway spends on a request. */
export interface Limits {
  /** How long a request may take until the end of its response, in milliseconds. */
  readonly responseMs: number;
  /** The largest response that is read, in bytes after decompression. */
  readonly responseBytes: number;
  /** The wait before the first retry if Azure asks for none, in milliseconds. Each further wait is twice as long. */
  readonly retryMs: number;
}

export const defaultLimits: Limits = {
  // Resource Manager's own gateway times out after 60 s.
  responseMs: 75_000,
  // Resource Graph, which sends the largest responses, stops at 16 MiB.
  responseBytes: 32 * 2 ** 20,
  retryMs: 1000,
};
