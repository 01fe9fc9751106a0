import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { connectToEmulator, emulator, failureOf, findKey, findServer, resetEmulator, until } from './connection';

describe('creating a server key', () => {
  beforeEach(() => resetEmulator());

  it('sends the documented request, waits for the operation, and reads the server key', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.options({ operationMs: 500, retryAfter: 1 });
    await emulator.clearRequests();
    const created = await azure.serverKeys.create(server, serverKeyRequest({ key }));
    assert.equal(created.name, `kv-billing_tde-billing_${key.version ?? ''}`);
    assert.equal(created.type, 'customerManaged');
    const requests = await emulator.requests();
    assert.deepEqual([requests.at(0)?.method, requests.at(0)?.status], ['PUT', 202]);
    assert.equal(requests.at(0)?.query['api-version'], '2025-01-01');
    assert.deepEqual([requests.at(-1)?.method, requests.at(-1)?.path.endsWith(`/keys/${created.name}`)], ['GET', true]);
    assert.deepEqual(await azure.serverKeys.list(server).then((keys) => keys.map(({ name }) => name)), [
      created.name,
      'ServiceManaged',
    ]);
  });

  for (const failures of ['start', 'poll'] as const) {
    it(`reports the code of a failed ${failures === 'start' ? 'request' : 'operation'}`, async () => {
      await emulator.options({ failures });
      const azure = connectToEmulator();
      const server = await findServer(azure, 'sql-billing-weu');
      const failure = await failureOf(
        azure.serverKeys.create(
          server,
          serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing-disabled') }),
        ),
      );
      assert.equal(failure.code, 'AzureKeyVaultKeyDisabled');
      assert.equal(failure.inResult, failures === 'poll');
      assert.equal(failure.operation?.name, 'create server key');
      assert.match(failure.operation.resource, /\/servers\/sql-billing-weu\/keys\/kv-billing_tde-billing-disabled_/);
      assert.match(failure.requestId ?? '', /^[0-9a-f-]{36}$/);
      assert.match(failure.correlationId ?? '', /^[0-9a-f-]{36}$/);
    });
  }

  it('reports a read-only lock', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-legacy-neu');
    const failure = await failureOf(
      azure.serverKeys.create(server, serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') })),
    );
    assert.deepEqual([failure.code, failure.status], ['ScopeLocked', 409]);
  });

  it('reports a failure of the service at the end of the operation', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.addFault({
      match: { method: 'PUT', path: '/keys/' },
      when: 'poll',
      code: 'OperationTimedOut',
      times: 1,
    });
    const failure = await failureOf(azure.serverKeys.create(server, serverKeyRequest({ key })));
    assert.deepEqual([failure.code, failure.inResult], ['OperationTimedOut', true]);
  });

  it('stops waiting immediately when canceled, and Azure finishes the operation', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.options({ operationMs: 1000 });
    const abort = new AbortController();
    const creating = azure.serverKeys.create(server, serverKeyRequest({ key }), abort.signal);
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    abort.abort();
    await assert.rejects(creating, { name: 'AbortError' });
    const exists = async (): Promise<boolean> => (await azure.serverKeys.list(server)).length === 2;
    assert.equal(await exists(), false);
    await until(exists);
  });

  it('sends no request if it is canceled before it starts', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.clearRequests();
    await assert.rejects(azure.serverKeys.create(server, serverKeyRequest({ key }), AbortSignal.abort()), {
      name: 'AbortError',
    });
    assert.deepEqual(await emulator.requests(), []);
  });
});
