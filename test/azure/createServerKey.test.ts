import assert from 'node:assert/strict';
import { connectToEmulator, emulator, failureOf, findKey, findServer, until } from './connection';

describe('creating a server key', () => {
  beforeEach(() => emulator.reset());

  it('sends what the documentation asks for, waits for the end and reads the key back', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.clearRequests();
    const created = await azure.serverKeys.create(server, key);
    assert.equal(created.name, `kv-billing_tde-billing_${key.version ?? ''}`);
    assert.equal(created.type, 'customerManaged');
    const requests = await emulator.requests();
    assert.deepEqual([requests.at(0)?.method, requests.at(0)?.status], ['PUT', 202]);
    assert.equal(requests.at(0)?.query['api-version'], '2023-08-01');
    assert.deepEqual([requests.at(-1)?.method, requests.at(-1)?.path.endsWith(`/keys/${created.name}`)], ['GET', true]);
    assert.deepEqual(await azure.serverKeys.list(server).then((keys) => keys.map(({ name }) => name)), [
      created.name,
      'ServiceManaged',
    ]);
  });

  for (const failures of ['start', 'poll'] as const) {
    it(`says which condition failed, when Azure says so in the ${failures === 'start' ? 'answer' : "operation's result"}`, async () => {
      await emulator.options({ failures });
      const azure = connectToEmulator();
      const server = await findServer(azure, 'sql-billing-weu');
      const failure = await failureOf(
        azure.serverKeys.create(server, await findKey(azure, 'kv-billing', 'tde-billing-disabled')),
      );
      assert.equal(failure.code, 'AzureKeyVaultKeyDisabled');
      assert.equal(failure.inResult, failures === 'poll');
      assert.equal(failure.operation?.name, 'create server key');
      assert.match(failure.operation.resource, /\/servers\/sql-billing-weu\/keys\/kv-billing_tde-billing-disabled_/);
      assert.match(failure.requestId ?? '', /^[0-9a-f-]{36}$/);
      assert.match(failure.correlationId ?? '', /^[0-9a-f-]{36}$/);
    });
  }

  it('says that a read-only lock is in the way', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-legacy-neu');
    const failure = await failureOf(azure.serverKeys.create(server, await findKey(azure, 'kv-billing', 'tde-billing')));
    assert.deepEqual([failure.code, failure.status], ['ScopeLocked', 409]);
  });

  it('passes on a fault of the service that only shows in the result', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.addFault({
      match: { method: 'PUT', path: '/keys/' },
      when: 'poll',
      code: 'OperationTimedOut',
      times: 1,
    });
    const failure = await failureOf(azure.serverKeys.create(server, key));
    assert.deepEqual([failure.code, failure.inResult], ['OperationTimedOut', true]);
  });

  it('stops waiting at once when cancelled, while Azure finishes', async () => {
    await emulator.options({ operationMs: 3000 });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    const abort = new AbortController();
    const creating = azure.serverKeys.create(server, key, abort.signal);
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    abort.abort();
    await assert.rejects(creating, { name: 'AbortError' });
    const isThere = async (): Promise<boolean> => (await azure.serverKeys.list(server)).length === 2;
    assert.equal(await isThere(), false);
    await until(isThere);
  });

  it('asks nothing of Azure when cancelled before', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.clearRequests();
    await assert.rejects(azure.serverKeys.create(server, key, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(await emulator.requests(), []);
  });
});
