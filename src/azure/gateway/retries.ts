import { setTimeout as delay } from 'node:timers/promises';
import type { PipelinePolicy, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { isArmError } from '../../core/armError';
import { hasCode } from '../../core/errors/errorCode';
import type { Limits } from './limits';
import type { GatewayHost } from './host';
import { clampedWait, longestWaitMs, retryAfterMs } from './retryAfter';

/** How many times a request is retried. */
const maxRetries = 3;

type Outcome = { readonly response: PipelineResponse } | { readonly error: unknown };

/**
 * Retries a read after a temporary failure, and a write only if the response proves that Azure has changed nothing.
 * Waits as long as the response asks, but fails if that is too long, or if the user gives up a write meanwhile. A successful response may also ask to wait, before
 * the next poll of an operation: its header is limited here, because pollers accept any value.
 */
export function retryPolicy({ retryMs }: Limits, host: GatewayHost): PipelinePolicy {
  return {
    name: 'sqlServerKeysRetries',
    async sendRequest(request, next) {
      for (let retry = 1; ; retry++) {
        const outcome: Outcome = await next(request).then(
          (response) => ({ response }),
          (error: unknown) => ({ error }),
        );
        const usual = retryMs * 2 ** (retry - 1);
        const wait = retry <= maxRetries && mayRetry(request, outcome) ? waitAfter(outcome, usual) : undefined;
        if (wait === undefined) return limitWait(outcome);
        host.log.info(retryLine(request, outcome, wait, retry));
        const onEnd = host.onWait?.({ isLimited: isLimit(outcome), path: pathOf(request.url), milliseconds: wait });
        const givenUp = isRead(request) ? undefined : host.givenUp?.();
        await pause(wait, request, givenUp).finally(onEnd);
        if (givenUp?.aborted) return limitWait(outcome);
      }
    },
  };
}

/** Statuses that prove that nothing has happened, and other temporary ones. */
const refused = new Set([429, 503]);
const temporary = new Set([408, 500, 502, 504]);

function mayRetry(request: PipelineRequest, outcome: Outcome): boolean {
  if ('error' in outcome) {
    return isRead(request) && isArmError(outcome.error) && hasCode(outcome.error, 'ConnectionFailed');
  }
  const { status } = outcome.response;
  return refused.has(status) || (isRead(request) && temporary.has(status));
}

/** Whether a request changes nothing. Some reads are POST requests: queries of Resource Graph and the evaluation of policies. */
export const isRead = ({ method, url }: PipelineRequest): boolean =>
  method === 'GET' || (method === 'POST' && readsByPost.test(pathOf(url)));

const readsByPost =
  /\/providers\/(Microsoft\.ResourceGraph\/resources|Microsoft\.PolicyInsights\/checkPolicyRestrictions)$/i;

/** In milliseconds; undefined if the response asks for more than the longest wait. */
function waitAfter(outcome: Outcome, usual: number): number | undefined {
  const asked = 'response' in outcome ? retryAfterMs(outcome.response.headers) : undefined;
  // So that requests that failed together aren't retried at the same moment.
  if (asked === undefined) return usual * (1 + Math.random() / 4);
  return asked > longestWaitMs ? undefined : clampedWait(asked);
}

const isLimit = (outcome: Outcome): boolean => 'response' in outcome && outcome.response.status === 429;

function limitWait(outcome: Outcome): PipelineResponse {
  if ('error' in outcome) throw outcome.error;
  const { response } = outcome;
  const asked = retryAfterMs(response.headers);
  if (response.status < 300) {
    if (asked === undefined) response.headers.delete('retry-after');
    else response.headers.set('retry-after', String(Math.ceil(clampedWait(asked) / 1000)));
  }
  return response;
}

function retryLine(request: PipelineRequest, outcome: Outcome, wait: number, retry: number): string {
  const reason = 'response' in outcome ? `status ${outcome.response.status}` : 'no response';
  const seconds = Math.ceil(wait / 1000);
  return `${request.method} ${pathOf(request.url)} ${reason}, retrying in ${seconds} s (${retry} of ${maxRetries})`;
}

const pathOf = (url: string): string => new URL(url).pathname;

/** Rejects if the request is aborted, and resolves early if the user gives up. */
async function pause(milliseconds: number, { abortSignal }: PipelineRequest, givenUp?: AbortSignal): Promise<void> {
  const signals = [abortSignal, givenUp].filter((signal) => signal instanceof AbortSignal);
  await delay(milliseconds, undefined, { signal: AbortSignal.any(signals) }).catch((error: unknown) => {
    if (!givenUp?.aborted) throw error;
  });
}
