export type Text = string | RegExp;

const shortestPauseMs = 50;
const longestPauseMs = 300;
const defaultTimeoutMs = 15_000;

/** What a look returns while work goes on: the time-out starts when it has ended. */
export const working = Symbol('working');

/**
 * Calls `look` until it returns a value, and returns this value. After the time-out, throws an error that names `what`.
 * `undefined` and `false` mean "not yet". So does a time-out of Playwright, because the element may have moved.
 */
export async function until<T>(
  what: string | (() => string | Promise<string>),
  look: () => Promise<T | typeof working | undefined | false>,
  timeout = defaultTimeoutMs,
): Promise<T> {
  let start = Date.now();
  for (;;) {
    const seen = await look().catch(notYet);
    if (seen === working) start = Date.now();
    else if (seen !== undefined && seen !== false) return seen;
    const waited = Date.now() - start;
    if (waited > timeout) {
      throw new Error(`After ${timeout / 1000} s still no ${typeof what === 'string' ? what : await what()}`);
    }
    // The longer the wait, the longer the pauses, because each look takes time of a processor that others need.
    const pause = Math.min(shortestPauseMs + waited / 8, longestPauseMs);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function notYet(error: unknown): undefined {
  if (error instanceof Error && error.name === 'TimeoutError') return undefined;
  throw error;
}

/** A string must be the whole text; an expression can match a part of it. */
export function matches(expected: Text, actual: string): boolean {
  return typeof expected === 'string' ? expected === actual : expected.test(actual);
}

/** For Playwright's hasText, for which a string is a part of the text. */
export function wholeText(text: Text): RegExp {
  return typeof text === 'string' ? new RegExp(`^\\s*${escape(text)}\\s*$`) : text;
}

export function startOf(text: string): RegExp {
  return new RegExp(`^\\s*${escape(text)}(\\s|$)`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
