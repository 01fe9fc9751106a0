import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { spawnEmulator, type EmulatorProcess } from '../emulator/emulatorProcess';
import type { Fault } from '../emulator/base/faults';
import { armClient, type ArmClient, type HttpAnswer } from './armClient';
import { keyBody, keyName, keyUri, serverId } from './demoIds';

describe('The control API, used from another process', () => {
  let emulator: EmulatorProcess;
  let arm: ArmClient;
  let server: string;
  let uri: string;
  before(async () => {
    emulator = await spawnEmulator();
    arm = await armClient(emulator);
    const state = await emulator.state();
    server = serverId(state, 'sql-billing-weu');
    uri = keyUri(state, 'kv-billing', 'tde-billing');
  });
  after(() => emulator.stop());
  beforeEach(() => emulator.reset());

  const keys = (): Promise<HttpAnswer> => arm.get(`${server}/keys`);
  const create = (): Promise<HttpAnswer> => arm.call('PUT', `${server}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  const onKeys = (fault: Omit<Fault, 'match'>): Promise<void> =>
    emulator.addFault({ match: { path: '/keys$' }, ...fault });

  it('replaces answers with an error as often as requested', async () => {
    await onKeys({ status: 503, code: 'AzureKeyVaultConnectionFailed', message: 'Vault gone', times: 1 });
    const failed = await keys();
    assert.deepEqual(
      [failed.status, failed.body.error],
      [503, { code: 'AzureKeyVaultConnectionFailed', message: 'Vault gone' }],
    );
    assert.equal((await keys()).status, 200);
  });

  it('throttles requests with and without Retry-After', async () => {
    await onKeys({ behavior: 'throttle', retryAfter: 2, times: 1 });
    await onKeys({ behavior: 'throttle', times: 1 });
    const [first, second] = [await keys(), await keys()];
    assert.deepEqual([first.status, first.headers['retry-after']], [429, '2']);
    assert.deepEqual([second.status, second.headers['retry-after']], [429, undefined]);
    assert.equal(second.body.error?.code, 'SubscriptionRequestsThrottled');
  });

  const answers: [behavior: string, status: number, contentType: RegExp, text: RegExp][] = [
    ['unavailable', 503, /json/, /ServiceUnavailable/],
    ['html', 502, /html/, /<html>/],
    ['garbage', 200, /json/, /^\{"value":\[$/],
    ['empty', 500, /^undefined$/, /^$/],
  ];
  for (const [behavior, status, contentType, text] of answers) {
    it(`replaces the answer: ${behavior}`, async () => {
      await onKeys({ behavior });
      const answer = await keys();
      assert.equal(answer.status, status);
      assert.match(String(answer.headers['content-type']), contentType);
      assert.match(answer.text, text);
    });
  }

  for (const behavior of ['reset', 'truncated']) {
    it(`breaks the connection: ${behavior}`, async () => {
      await onKeys({ behavior });
      await assert.rejects(keys(), /socket hang up|aborted|ECONNRESET/);
    });
  }

  it('lets requests hang, and the emulator can still be stopped', async () => {
    const other = await spawnEmulator();
    const client = await armClient(other);
    await other.addFault({ match: { path: '/subscriptions' }, behavior: 'hang', times: 1 });
    const hanging = client.get('/subscriptions');
    const ended = assert.rejects(hanging, /socket hang up|ECONNRESET/);
    while ((await other.faults()).some((fault) => fault.times !== 0)) continue;
    await other.stop();
    await ended;
  });

  it('fails the operation that a request starts', async () => {
    const match = { method: 'PUT', path: '/keys/' };
    await emulator.addFault({ match, when: 'poll', code: 'OperationTimedOut', message: 'Rolled back.', times: 1 });
    const accepted = await create();
    assert.equal(accepted.status, 202);
    const poll = await arm.finish(accepted);
    assert.deepEqual(
      [poll.status, poll.body.status, poll.body.error],
      [200, 'Failed', { code: 'OperationTimedOut', message: 'Rolled back.' }],
    );
    assert.equal((await arm.finish(await create())).body.status, 'Succeeded');
  });

  it('fails a poll', async () => {
    await emulator.addFault({ match: { path: 'serverKeyAzureAsyncOperation' }, status: 500, times: 1 });
    const accepted = await create();
    const url = String(accepted.headers['azure-asyncoperation']);
    assert.deepEqual([(await arm.get(url)).status, (await arm.get(url)).status], [500, 200]);
  });

  it('applies faults in their order, by method and path, until they are cleared', async () => {
    await emulator.addFault({ match: { method: 'DELETE', path: '/keys' }, status: 500 });
    await onKeys({ status: 501 });
    await onKeys({ status: 502 });
    assert.equal((await keys()).status, 501);
    assert.equal((await arm.get(server)).status, 200);
    await emulator.clearFaults();
    assert.equal((await keys()).status, 200);
  });

  it('refuses faults that could never match, and an unknown option', async () => {
    await assert.rejects(onKeys({ behavior: 'explode' }), /Unknown behavior/);
    await assert.rejects(emulator.addFault({ match: { path: '(' } }), /regular expression/);
    await assert.rejects(emulator.options({ latenci: 1 } as object), /Unknown option: latenci/);
  });

  it('lists the requests without their tokens', async () => {
    await keys();
    await create();
    const requests = await emulator.requests();
    assert.deepEqual(
      requests.map(({ method, status }) => [method, status]),
      [
        ['GET', 200],
        ['PUT', 202],
      ],
    );
    assert.equal(requests[0]?.path, `${server}/keys`);
    assert.equal(requests[0].query['api-version'], '2023-08-01');
    assert.match(requests[0].correlationId, /^[0-9a-f-]{36}$/);
    assert.ok(!JSON.stringify(requests).includes(arm.token.slice(0, 20)));
    await emulator.clearRequests();
    assert.deepEqual(await emulator.requests(), []);
  });

  it('lists when a request arrived and how long it took', async () => {
    await emulator.options({ latency: 100 });
    await arm.get('/subscriptions');
    const [{ time, ms } = { time: '', ms: 0 }] = await emulator.requests();
    const after = Date.now();
    assert.ok(ms >= 99 && Date.parse(time) + ms <= after + 1, `${ms} ms from ${time}`);
  });

  it('lists a request without an answer, with status 0, when its connection closes', async () => {
    await onKeys({ behavior: 'reset' });
    await assert.rejects(keys());
    assert.deepEqual(
      (await emulator.requests()).map(({ method, status }) => [method, status]),
      [['GET', 0]],
    );
  });

  it('numbers the connections of the requests', async () => {
    await keys();
    await keys();
    await (await armClient(emulator, arm.token)).get(`${server}/keys`);
    const [first, second, other] = (await emulator.requests()).map(({ connection }) => connection);
    assert.equal(first, second);
    assert.notEqual(second, other);
  });

  it('resets the emulator to its seed, to another seed, or to a given state', async () => {
    await arm.finish(await create());
    assert.equal((await keys()).body.value?.length, 2);
    await emulator.options({ latency: 10_000 });
    await emulator.reset();
    assert.equal((await keys()).body.value?.length, 1);
    const state = await emulator.state();
    await emulator.reset({ ...state, servers: [] });
    assert.equal((await arm.get(server)).status, 404);
    await emulator.reset('demo');
    assert.equal((await arm.get(server)).status, 200);
  });

  it('delays every answer', async () => {
    await emulator.options({ latency: 200 });
    const start = performance.now();
    await keys();
    assert.ok(performance.now() - start >= 199);
  });

  it('sets the duration of operations, also of those that run', async () => {
    await emulator.options({ operationMs: 60_000 });
    const address = String((await create()).headers['azure-asyncoperation']);
    assert.equal((await arm.get(address)).body.status, 'InProgress');
    await emulator.options({ operationMs: 0 });
    assert.equal((await arm.get(address)).body.status, 'Succeeded');
  });
});
