import type { TlsFault } from './port';

/** A failure that no state produces. Faults apply in the order in which they were added. */
export interface Fault {
  /** `path` is a regular expression, `caller` the object ID of the principal that sends the request. */
  match: { method?: string; path: string; caller?: string };
  /** A row of arm/faultBehaviors.ts; "error" by default. */
  behavior?: string;
  /** The error of the answer, or of the operation. */
  code?: string;
  message?: string;
  status?: number;
  /** The Retry-After header of "error", "throttle" and "unavailable", in seconds or as a date; no header by default. */
  retryAfter?: number | string;
  /** Headers of "answer" and "change". In those of "change", "{url}" is the URL of the request. */
  headers?: Record<string, string>;
  /** The body of "answer", JSON unless its headers say otherwise; empty by default. */
  body?: string;
  /** Properties of the body that "change" replaces; null deletes one. "{url}" in a text is the URL of the request. */
  change?: Record<string, unknown>;
  /** How TLS fails on the connections after one that "tls" closes, and on how many of them; by default, on all. */
  tls?: TlsFault;
  connections?: number;
  /** The number of matching requests that succeed first; none by default. */
  skip?: number;
  /** The number of requests to fail; no limit by default. */
  times?: number;
  /**
   * 'start', the default: the request has no effect. 'afterEffect': it takes effect, and only its answer fails. 'poll': it
   * succeeds, and the operation that it starts fails.
   */
  when?: When;
}

type When = 'start' | 'afterEffect' | 'poll';

/** The parts of a request that select a fault. */
export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
  /** Reads the token only if a fault asks for it. */
  readonly caller: () => string | undefined;
}

const matches = ({ match }: Fault, { method, path, caller }: FaultyRequest): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) &&
  (match.caller === undefined || match.caller === caller()) &&
  new RegExp(match.path, 'i').test(path);

/** The first fault that applies to a request at this time. Counts down its `skip` and `times`. */
export function takeFault(faults: Fault[], when: When, request: FaultyRequest): Fault | undefined {
  const fault = faults.find((f) => (f.when ?? 'start') === when && f.times !== 0 && matches(f, request));
  if (fault?.skip) {
    fault.skip -= 1;
    return undefined;
  }
  if (fault?.times !== undefined) fault.times -= 1;
  return fault;
}

/** The failure of the operation that a request starts, if a fault with `when: 'poll'` applies. */
export function takeOperationFault(
  faults: Fault[],
  request: FaultyRequest,
): { code: string; message: string } | undefined {
  const fault = takeFault(faults, 'poll', request);
  return (
    fault && { code: fault.code ?? 'InternalServerError', message: fault.message ?? 'An unexpected error occurred.' }
  );
}
