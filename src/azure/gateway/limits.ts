/** How much time and memory the gateway spends on a request. */
export interface Limits {
  /** How long a request may take until the end of its response, in milliseconds. */
  readonly responseMs: number;
  /** The largest response that is read, in bytes after decompression. */
  readonly responseBytes: number;
  /** How many pages a list may have. */
  readonly pages: number;
  /** How long an operation that Azure has accepted may run, in milliseconds. */
  readonly operationMs: number;
  /** The wait before the first retry if Azure asks for none, in milliseconds. Each further wait is twice as long. */
  readonly retryMs: number;
}

export const defaultLimits: Limits = {
  // Resource Manager's own gateway times out after 60 s.
  responseMs: 75_000,
  // Resource Graph, which sends the largest responses, stops at 16 MiB.
  responseBytes: 32 * 2 ** 20,
  // Key Vault lists 25 keys a page.
  pages: 1000,
  // Azure creates a server key in a minute or two.
  operationMs: 30 * 60_000,
  retryMs: 1000,
};
