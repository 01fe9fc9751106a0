import type { HttpHeaders } from '@azure/core-rest-pipeline';

/** The longest wait before a retry or a poll, in milliseconds. */
export const longestWaitMs = 60_000;

const shortestWaitMs = 1000;

/** How long a response asks to wait, in milliseconds, possibly negative. Azure uses three headers and two formats. */
export function retryAfterMs(headers: HttpHeaders, now = Date.now()): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number.parseFloat(headers.get(name) ?? '');
    if (!Number.isNaN(milliseconds)) return milliseconds;
  }
  const value = headers.get('retry-after');
  if (!value) return undefined;
  const seconds = Number(value);
  const wait = Number.isNaN(seconds) ? Date.parse(value) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : wait;
}

/** A wait within the limits of the gateway. */
export const clampedWait = (milliseconds: number): number =>
  Math.min(Math.max(milliseconds, shortestWaitMs), longestWaitMs);
