/** A failure that no state produces. Faults are tried in the order in which they were added. */
export interface Fault {
  match: { method?: string; path: string };
  /** What goes wrong; an error answer when absent. See faultBehaviours.ts. */
  behaviour?: string;
  /** For an error answer, or for the operation that fails. */
  code?: string;
  message?: string;
  status?: number;
  /** Seconds; for an error answer and for 'throttle' and 'unavailable'. No header when absent. */
  retryAfter?: number;
  /** How often; always when absent. */
  times?: number;
  /** 'poll': the request succeeds, and the operation that it starts fails. */
  when?: 'start' | 'poll';
}

const matches = ({ match }: Fault, method: string, path: string): boolean =>
  (match.method === undefined || match.method.toUpperCase() === method) && new RegExp(match.path, 'i').test(path);

function take(faults: Fault[], when: 'start' | 'poll', method: string, path: string): Fault | undefined {
  const fault = faults.find((f) => (f.when ?? 'start') === when && f.times !== 0 && matches(f, method, path));
  if (fault?.times !== undefined) fault.times -= 1;
  return fault;
}

export const takeRequestFault = (faults: Fault[], method: string, path: string): Fault | undefined =>
  take(faults, 'start', method, path);

export function takeOperationFault(
  faults: Fault[],
  method: string,
  path: string,
): { code: string; message: string } | undefined {
  const fault = take(faults, 'poll', method, path);
  return (
    fault && { code: fault.code ?? 'InternalServerError', message: fault.message ?? 'An unexpected error occurred.' }
  );
}
