import assert from 'node:assert/strict';
import type { Fault } from '../emulator/base/faults';
import { findPrincipal } from '../emulator/base/find';
import { startEmulator } from '../emulator/startEmulator';
import { armClient } from './armClient';
import { serverClient } from './serverClient';

const server = 'sql-billing-weu';

describe('a fault', () => {
  const client = serverClient();
  const { azure } = client;
  const add = (...faults: Fault[]) => azure.running.emulator.faults.push(...faults);
  const uri = () => client.uriOf('kv-billing', 'tde-billing');
  const create = () => client.putKey(server, uri());
  const keysPath = () => `${client.id(server)}/keys`;
  const list = () => azure.arm.get(keysPath());

  for (const behavior of ['reset', 'truncated']) {
    it(`after the effect breaks the connection, but the request was carried out: ${behavior}`, async () => {
      // The operation is over when the next request arrives, however soon that is.
      azure.running.emulator.options.operationMs = 0;
      add({ match: { method: 'PUT', path: '/keys/' }, behavior, when: 'afterEffect', times: 1 });
      await assert.rejects(create(), /socket hang up|aborted|ECONNRESET/);
      assert.equal((await list()).body.value?.length, 2);
      assert.deepEqual(
        azure.running.emulator.requests.map(({ method, carriedOut }) => [method, carriedOut]),
        [
          ['PUT', true],
          ['GET', true],
        ],
      );
    });
  }

  it('before the effect leaves the state as it is', async () => {
    add({ match: { method: 'PUT', path: '/keys/' }, behavior: 'reset' });
    await assert.rejects(create());
    assert.equal(client.stateOf(server).keys.length, 0);
    assert.equal(azure.running.emulator.requests[0]?.carriedOut, false);
  });

  it('after the effect answers with an error', async () => {
    add({ match: { method: 'PUT', path: '/keys/' }, status: 504, when: 'afterEffect' });
    assert.equal((await create()).status, 504);
    assert.equal(azure.running.emulator.operations.length, 1);
  });

  it('after the effect does not apply to a request that Azure refuses', async () => {
    add({ match: { path: '/keys/' }, status: 504, when: 'afterEffect' });
    assert.equal((await azure.arm.get(`${keysPath()}/none`)).status, 404);
  });

  it('changes headers and properties of the answer', async () => {
    const headers = { 'azure-asyncoperation': 'https://elsewhere.example/poll' };
    add({ match: { method: 'PUT', path: '/keys/' }, behavior: 'change', when: 'afterEffect', headers });
    add({
      match: { path: '/keys$' },
      behavior: 'change',
      when: 'afterEffect',
      change: { nextLink: '{url}', value: [null] },
    });
    assert.equal((await create()).headers['azure-asyncoperation'], headers['azure-asyncoperation']);
    const page = await list();
    assert.deepEqual(page.body.value, [null]);
    assert.equal(page.body.nextLink, `${azure.running.emulator.armUrl}${keysPath()}?api-version=2023-08-01`);
  });

  it('changes the content type of the answer, and deletes properties', async () => {
    const match = { path: '/keys$' };
    const headers = { 'content-type': 'text/plain' };
    add({ match, behavior: 'change', when: 'afterEffect', headers, change: { value: null } });
    const page = await list();
    assert.deepEqual([page.headers['content-type'], page.text], ['text/plain', '{}']);
  });

  it('makes an operation run for ever', async () => {
    const accepted = await create();
    add({
      match: { path: 'AzureAsyncOperation' },
      behavior: 'change',
      when: 'afterEffect',
      change: { status: 'InProgress' },
    });
    const url = String(accepted.headers['azure-asyncoperation']);
    const polls = [await azure.arm.get(url), await azure.arm.get(url)];
    assert.deepEqual(
      polls.map(({ body }) => body.status),
      ['InProgress', 'InProgress'],
    );
  });

  it('lets the first requests succeed', async () => {
    add({ match: { path: '/keys$' }, status: 500, skip: 2, times: 1 });
    for (const status of [200, 200, 500, 200]) assert.equal((await list()).status, status);
  });

  it('applies to the requests of one caller', async () => {
    const { state } = azure.running.emulator;
    add({ match: { path: '.', caller: 'somebody else' }, status: 500 });
    assert.equal((await list()).status, 200);
    add({ match: { path: '.', caller: findPrincipal(state, state.caller)?.objectId ?? '' }, status: 500 });
    assert.equal((await list()).status, 500);
  });

  it('deletes the resource in the path', async () => {
    add({ match: { path: '/keys$' }, behavior: 'vanish', skip: 1, times: 1 });
    const id = client.id(server);
    const statuses = [];
    for (const path of [`${id}/keys`, `${id}/keys`, id]) statuses.push((await azure.arm.get(path)).status);
    assert.deepEqual(statuses, [200, 404, 404]);
  });

  it('ends a compressed answer too early', async () => {
    add({ match: { path: '/keys$' }, behavior: 'gzipShort' });
    const { headers, text } = await list();
    assert.deepEqual([headers['content-encoding'], text.length > 0], ['gzip', true]);
  });

  it('sends a large body', async () => {
    add({ match: { path: '/keys$' }, behavior: 'huge' });
    assert.ok((await list()).text.length > 64 * 2 ** 20);
  });

  it('sends a body that does not end', async () => {
    const { info, emulator, close } = await startEmulator();
    const arm = await armClient(info);
    const fault: Fault = { match: { path: '.' }, behavior: 'drip', times: 1 };
    emulator.faults.push(fault);
    const ended = assert.rejects(arm.get('/subscriptions'), /aborted|ECONNRESET|socket hang up/);
    while (fault.times !== 0) await new Promise(setImmediate);
    await close();
    await ended;
  });

  it('asks to wait for any time', async () => {
    const date = 'Fri, 31 Dec 9999 23:59:59 GMT';
    for (const retryAfter of [-5, 86_400, 3e9, date]) {
      add({ match: { path: '/keys$' }, behavior: 'throttle', retryAfter, times: 1 });
      assert.equal((await list()).headers['retry-after'], String(retryAfter));
    }
  });

  it('refuses a change of an answer that does not exist yet', async () => {
    const body = { match: { path: '.' }, behavior: 'change' };
    assert.equal((await azure.arm.anonymous('PUT', '/emulator/faults', { body })).status, 400);
  });
});

describe('random faults', () => {
  const client = serverClient();
  const statuses = async (): Promise<number[]> => {
    const results: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const answer = await client.azure.arm.get(`${client.id(server)}/keys`).catch(() => undefined);
      results.push(answer?.body.value ? 200 : answer?.body.error ? answer.status : 0);
    }
    return results;
  };
  const setRates = (faultRates: Record<string, number>, faultSeed: number) =>
    client.azure.arm.anonymous('PATCH', '/emulator/options', { body: { faultRates, faultSeed } });

  it('happen at the rate of a resource type, the same for the same seed', async () => {
    await setRates({ 'Microsoft.Sql/servers/keys': 0.5 }, 7);
    const first = await statuses();
    const failed = first.filter((status) => status !== 200).length;
    assert.ok(failed > 3 && failed < 17, String(failed));
    await setRates({ 'Microsoft.Sql/servers/keys': 0.5 }, 7);
    assert.deepEqual(await statuses(), first);
  });

  it('spare other resource types', async () => {
    await setRates({ 'Microsoft.Sql/servers': 1 }, 7);
    assert.deepEqual(new Set(await statuses()), new Set([200]));
  });

  it('end with a reset', async () => {
    await setRates({ 'Microsoft.Sql/servers/keys': 1 }, 7);
    assert.ok((await statuses()).every((status) => status !== 200));
    await client.azure.arm.anonymous('POST', '/emulator/reset');
    assert.deepEqual(new Set(await statuses()), new Set([200]));
  });
});
