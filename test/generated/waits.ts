import assert from 'node:assert/strict';
import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { defaultLimits } from '../../src/azure/gateway/limits';
import { retryPolicy } from '../../src/azure/gateway/retries';
import { clampedWait, retryAfterMs } from '../../src/azure/gateway/retryAfter';
import { property } from './property';

const value = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.date().map((date) => date.toUTCString()),
  fc.constantFrom(
    '',
    ' ',
    '-5',
    '1e400',
    '-1e400',
    '0x10',
    'Infinity',
    'NaN',
    '3e9',
    '86400',
    'soon',
    '00:00:05',
    '١٢',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
);
const headers = fc.record(
  { 'retry-after': value, 'retry-after-ms': value, 'x-ms-retry-after-ms': value },
  { requiredKeys: [] },
);
const log = { trace: () => undefined, info: () => undefined };

export const waits = [
  property('is no wait, or a number of milliseconds that is limited to 1 to 60 seconds', 5000, headers, (raw) => {
    const wait = retryAfterMs(createHttpHeaders(raw));
    if (wait === undefined) return;
    assert.ok(!Number.isNaN(wait));
    assert.ok(clampedWait(wait) >= 1000 && clampedWait(wait) <= 60_000, String(wait));
  }),
  property(
    'before the next poll is a whole number of seconds from 1 to 60, or left to the client',
    3000,
    headers,
    async (raw) => {
      const request = createPipelineRequest({ url: 'https://management.azure.com/' });
      const response: PipelineResponse = { request, status: 200, headers: createHttpHeaders(raw) };
      const passed = await retryPolicy(defaultLimits, { log }).sendRequest(request, () => Promise.resolve(response));
      assert.match(passed.headers.get('retry-after') ?? '1', /^([1-9]|[1-5]\d|60)$/);
    },
  ),
];
