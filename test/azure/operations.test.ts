import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { connectToEmulator, emulator, failureOf, findKey, findServer, resetEmulator, until } from './connection';

describe('the address of an operation', () => {
  beforeEach(() => resetEmulator());

  /** Starts the creation of a server key, which takes this long in Azure, and returns its addresses. */
  async function start(operationMs: number, keyName = 'tde-billing') {
    const urls: string[] = [];
    const accepted = new EventEmitter();
    const azure = connectToEmulator({
      onAccepted: (url) => {
        urls.push(url);
        accepted.emit('url', url);
      },
    });
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', keyName);
    await emulator.options({ operationMs });
    await emulator.clearRequests();
    const created = azure.serverKeys.create(server, serverKeyRequest({ key }));
    created.catch(() => undefined);
    const [url] = (await once(accepted, 'url')) as [string];
    return { azure, created, urls, url };
  }

  it('is reported once, when Azure has accepted the change, and not for a read', async () => {
    const { urls, created } = await start(0);
    await created;
    assert.equal(urls.length, 1);
    assert.match(urls[0] ?? '', /\/serverKeyAzureAsyncOperation\/[0-9a-f-]{36}\?/);
  });

  it('tells whether the operation still runs, has succeeded, or has failed with a code', async () => {
    const running = await start(1000);
    assert.equal(await running.azure.operations.hasSucceeded(running.url), false);
    await until(() => running.azure.operations.hasSucceeded(running.url));
    await emulator.reset();
    const failing = await start(0, 'tde-billing-disabled');
    const failure = await failureOf(failing.azure.operations.hasSucceeded(failing.url));
    assert.deepEqual([failure.code, failure.inResult], ['AzureKeyVaultKeyDisabled', true]);
  });

  it('fails if Azure has forgotten it', async () => {
    const { azure, url, created } = await start(0);
    await created;
    await emulator.reset();
    const failure = await failureOf(azure.operations.hasSucceeded(url));
    assert.deepEqual([failure.code, failure.status], ['OperationIdNotFound', 404]);
  });

  it('is refused if it is on another host or leads to another resource', async () => {
    const { azure, url } = await start(0);
    const elsewhere = url.replace(/^https:\/\/[^/]+/, 'https://elsewhere.example');
    assert.equal((await failureOf(azure.operations.hasSucceeded(elsewhere))).code, 'UnexpectedHost');
    const up = url.replace('/providers/', '/../providers/');
    assert.equal((await failureOf(azure.operations.hasSucceeded(up))).code, 'InvalidAddress');
  });

  it('is not reported if Azure points to another host', async () => {
    const urls: string[] = [];
    const azure = connectToEmulator({ onAccepted: (url) => urls.push(url) });
    const server = await findServer(azure, 'sql-billing-weu');
    await emulator.addFault({
      match: { method: 'PATCH', path: 'sql-billing-weu' },
      behavior: 'change',
      when: 'afterEffect',
      headers: { 'azure-asyncoperation': 'https://elsewhere.example/x', location: 'https://elsewhere.example/x' },
    });
    await azure.sqlServers.assignIdentity(server);
    assert.deepEqual(urls, []);
  });
});
