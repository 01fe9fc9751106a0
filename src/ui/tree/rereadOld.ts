import type { Inventory } from '../inventory';

/** Rows older than this are read again when the user looks at them, in milliseconds. */
const oldMs = 10 * 60_000;

/**
 * Returns what to call when the user may look at the view again. It reads old rows again, and after a failure waits as long
 * before the next time. There is no timer, so a view that nobody looks at sends no request.
 */
export function rereadWhenOld(
  isSeen: () => boolean,
  last: () => Pick<Inventory, 'asOf'> | undefined,
  reread: () => void,
  now: () => number = Date.now,
): () => void {
  let tried = 0;
  return () => {
    const read = last()?.asOf.getTime();
    if (!isSeen() || read === undefined || now() - Math.max(read, tried) < oldMs) return;
    tried = now();
    reread();
  };
}
