import { byGateway, type Refusal } from '../base/answer';
import type { Emulator, TokenBucket } from '../base/emulator';

/** What ARM limits together: the requests of one kind, of one principal, in one subscription or in the tenant. */
export interface Limited {
  readonly kind: 'reads' | 'writes' | 'deletes';
  /** Undefined for requests above subscriptions. */
  readonly subscription: string | undefined;
  readonly caller: string;
}

/** The requests that remain in a bucket, and the seconds until the next one if none remain. */
export interface Allowance {
  readonly remaining: number;
  readonly retryAfter?: number;
}

const azureReads = 250;

/** ARM's limits for a bucket of reads of this size. Source: Azure Resource Manager docs, "Understand how Azure Resource Manager throttles requests". */
const limitsOf = (kind: Limited['kind'], reads: number): { size: number; perSecond: number } =>
  kind === 'reads' ? { size: reads, perSecond: reads / 10 } : { size: reads * 0.8, perSecond: reads / 25 };

/** Takes a request from its bucket. Without the option `armQuota`, the buckets stay full. */
export function takeAllowance({ buckets, options }: Emulator, limited: Limited, now: number): Allowance {
  const { armQuota } = options;
  const { size, perSecond } = limitsOf(limited.kind, armQuota ?? azureReads);
  if (armQuota === null) return { remaining: Math.floor(size) - 1 };
  const name = JSON.stringify(limited).toLowerCase();
  const last: TokenBucket = buckets.get(name) ?? { tokens: size, time: now };
  const tokens = Math.min(size, last.tokens + ((now - last.time) / 1000) * perSecond);
  const left = tokens - 1;
  buckets.set(name, { tokens: Math.max(tokens >= 1 ? left : tokens, 0), time: now });
  return left >= 0
    ? { remaining: Math.floor(left) }
    : { remaining: 0, retryAfter: Math.max(1, Math.ceil(-left / perSecond)) };
}

/** ARM's answer to a request whose bucket is empty. */
export function throttled({ kind, subscription, caller }: Limited, retryAfter: number): Refusal {
  const scope = subscription === undefined ? 'tenant' : `subscription '${subscription}'`;
  const message = `Number of '${kind.slice(0, -1)}' requests for ${scope} actor '${caller}' exceeded. Please try again after '${retryAfter}' seconds.`;
  const code = `${subscription === undefined ? 'Tenant' : 'Subscription'}RequestsThrottled`;
  return byGateway(429, code, message, { 'retry-after': String(retryAfter) });
}
