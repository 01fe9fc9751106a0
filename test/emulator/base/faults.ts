/** A failure that no state produces. Faults apply in the order in which they were added. */
export interface Fault {
  /** `path` is a regular expression. */
  match: { method?: string; path: string };
  /** A row of arm/faultBehaviors.ts; "error" by default. */
  behavior?: string;
  /** The error of the answer, or of the operation. */
  code?: string;
  message?: string;
  status?: number;
  /** Seconds in the Retry-After header of "error", "throttle" and "unavailable"; no header by default. */
  retryAfter?: number;
  /** Headers of "answer". */
  headers?: Record<string, string>;
  /** The body of "answer", JSON unless its headers say otherwise; empty by default. */
  body?: string;
  /** The number of requests to fail; no limit by default. */
  times?: number;
  /** 'poll': the request succeeds, and the operation that it starts fails. */
  when?: 'start' | 'poll';
}

const matches = ({ match }: Fault, method: string, path: string): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) && new RegExp(match.path, 'i').test(path);

function takeFault(faults: Fault[], when: 'start' | 'poll', method: string, path: string): Fault | undefined {
  const fault = faults.find((f) => (f.when ?? 'start') === when && f.times !== 0 && matches(f, method, path));
  if (fault?.times !== undefined) fault.times -= 1;
  return fault;
}

/** The first fault that applies to a request. Counts down its `times`. */
export const takeRequestFault = (faults: Fault[], method: string, path: string): Fault | undefined =>
  takeFault(faults, 'start', method, path);

/** The failure of the operation that a request starts, from the first fault that applies. Counts down its `times`. */
export function takeOperationFault(
  faults: Fault[],
  method: string,
  path: string,
): { code: string; message: string } | undefined {
  const fault = takeFault(faults, 'poll', method, path);
  return (
    fault && { code: fault.code ?? 'InternalServerError', message: fault.message ?? 'An unexpected error occurred.' }
  );
}
