import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { GatewayHost } from '../../src/azure/gateway/host';
import type { Limits } from '../../src/azure/gateway/limits';
import {
  connectToEmulator,
  emulator,
  failureOf,
  findKey,
  findServer,
  listSubscriptions,
  resetEmulator,
} from './connection';

const put = { method: 'PUT', path: '/keys/' };

describe('a retry', () => {
  beforeEach(() => resetEmulator());

  const creation = async (limits: Partial<Limits> = {}, host: Pick<GatewayHost, 'onWait' | 'givenUp'> = {}) => {
    const azure = connectToEmulator({ limits: { retryMs: 10, ...limits }, ...host });
    const server = await findServer(azure, 'sql-billing-weu');
    const request = serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });
    await emulator.clearRequests();
    return { azure, create: (signal?: AbortSignal) => azure.serverKeys.create(server, request, signal) };
  };
  const writes = async () => (await emulator.requests()).filter(({ method }) => method === 'PUT').length;

  for (const [behavior, status, code] of [
    ['error', 500, 'InternalServerError'],
    ['error', 502, 'InternalServerError'],
    ['error', 504, 'InternalServerError'],
    ['reset', undefined, 'OutcomeUnknown'],
    ['truncated', undefined, 'OutcomeUnknown'],
  ] as const) {
    it(`does not repeat a write that may have had an effect (${behavior} ${status ?? ''})`, async () => {
      const { create } = await creation();
      await emulator.addFault({ match: put, behavior, ...(status && { status }) });
      assert.equal((await failureOf(create())).code, code);
      assert.equal(await writes(), 1);
    });
  }

  for (const behavior of ['throttle', 'unavailable']) {
    it(`repeats a write that Azure has refused for now (${behavior}), and says so`, async () => {
      const { azure, create } = await creation();
      await emulator.addFault({ match: put, behavior, retryAfter: 1, times: 1 });
      assert.equal((await create()).type, 'customerManaged');
      assert.equal(await writes(), 2);
      assert.match(azure.infos.join('\n'), /^PUT \/subscriptions\/.* status (429|503), retrying in 1 s \(1 of 3\)$/);
    });
  }

  it('tells when its wait begins and ends, and ends it at once on Cancel', async () => {
    const told: unknown[] = [];
    const cancel = new AbortController();
    let begun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const azure = connectToEmulator({
      onWait: (wait) => {
        told.push(wait);
        begun();
        return () => told.push('end');
      },
    });
    await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior: 'throttle', retryAfter: 30 });
    const listing = listSubscriptions(azure, cancel.signal);
    await beginning;
    const canceled = Date.now();
    cancel.abort();
    await assert.rejects(listing, { name: 'AbortError' });
    assert.ok(Date.now() - canceled < 500);
    assert.deepEqual(told, [{ isLimited: true, path: '/subscriptions', milliseconds: 30_000 }, 'end']);
  });

  it('is not made for a write that the user gives up during the wait', async () => {
    const cancel = new AbortController();
    const onWait = () => {
      cancel.abort();
      return () => undefined;
    };
    const { create } = await creation({}, { onWait, givenUp: () => cancel.signal });
    await emulator.addFault({ match: put, behavior: 'throttle', retryAfter: 30 });
    assert.equal((await failureOf(create())).status, 429);
    assert.equal(await writes(), 1);
  });

  for (const behavior of ['error', 'reset', 'truncated']) {
    it(`repeats a read after a temporary failure (${behavior})`, async () => {
      const azure = connectToEmulator({ limits: { retryMs: 10 } });
      await emulator.addFault({ match: { path: '.' }, behavior, times: 3 });
      assert.equal((await listSubscriptions(azure)).length, 3);
    });
  }

  for (const headers of [
    { 'retry-after': '86400' },
    { 'retry-after-ms': '86400000' },
    // All tests before this one run after the date is set.
    { 'retry-after': new Date(Date.now() + 86_400_000).toUTCString() },
  ]) {
    it(`does not wait for a day, but says that Azure asks for it (${Object.keys(headers).join('')})`, async () => {
      const azure = connectToEmulator();
      const body = JSON.stringify({ error: { code: 'SubscriptionRequestsThrottled', message: 'Too many requests.' } });
      await emulator.addFault({ match: { path: '.' }, behavior: 'answer', status: 429, headers, body });
      const failure = await failureOf(listSubscriptions(azure));
      assert.equal(failure.code, 'SubscriptionRequestsThrottled');
      assert.match(
        failure.message,
        /^Too many requests\. Azure asks to wait 8[56]\d{3} seconds before the next request\.$/,
      );
    });
  }

  for (const value of ['-5', '0', 'soon']) {
    it(`polls at most once a second if Azure says Retry-After: ${value}`, async () => {
      const { azure, create } = await creation();
      const body = '{"status":"InProgress"}';
      const match = { path: 'AzureAsyncOperation' };
      await emulator.addFault({ match, behavior: 'answer', headers: { 'retry-after': value }, body, times: 2 });
      await create();
      const polls = (await emulator.requests()).filter(({ path }) => path.includes('AzureAsyncOperation'));
      const [, first, second] = polls.map(({ time }) => Date.parse(time));
      assert.ok((second ?? 0) - (first ?? 0) >= 900, azure.trace.join('\n'));
    });
  }

  it('ends with a deadline if an operation never ends', async () => {
    const { create } = await creation({ operationMs: 300 });
    await emulator.options({ operationMs: 60_000, retryAfter: 1 });
    const { code, message } = await failureOf(create());
    assert.equal(code, 'OutcomeUnknown');
    assert.match(message, /^RequestTimeout: The operation has not ended within/);
  });
});
