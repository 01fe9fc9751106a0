import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundleFile } from '../bundles';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  findKey,
  findServer,
  listSubscriptions,
  resetEmulator,
  until,
} from './connection';

const anywhere = { path: '.' };

describe('a failing connection', () => {
  beforeEach(() => resetEmulator());

  for (const [behavior, reason] of [
    ['throttle', 'Azure throttles the request (429)'],
    ['unavailable', 'Azure is unavailable (503)'],
  ] as const) {
    it(`waits for Retry-After and continues when ${reason}`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior, retryAfter: 1, times: 1 });
      const began = performance.now();
      assert.equal((await listSubscriptions(azure)).length, 3);
      assert.ok(performance.now() - began >= 1000);
      const sent = (await emulator.requests()).filter(({ path }) => path === '/subscriptions');
      assert.deepEqual(
        sent.map(({ status }) => status),
        [behavior === 'throttle' ? 429 : 503, 200],
      );
    });
  }

  it('waits for Retry-After when a poll is throttled', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.addFault({ match: { path: 'AzureAsyncOperation' }, behavior: 'throttle', retryAfter: 1, times: 1 });
    assert.equal((await azure.serverKeys.create(server, serverKeyRequest({ key }))).type, 'customerManaged');
  });

  it('fails with the code of the service after a few attempts', async () => {
    const azure = connectToEmulator({ limits: { retryMs: 10 } });
    await emulator.addFault({ match: anywhere, behavior: 'throttle' });
    const failure = await failureOf(listSubscriptions(azure));
    assert.deepEqual([failure.code, failure.status], ['SubscriptionRequestsThrottled', 429]);
    assert.equal((await emulator.requests()).length, 4);
  });

  it('stops waiting for Retry-After immediately when canceled', async () => {
    const azure = connectToEmulator();
    await emulator.addFault({ match: anywhere, behavior: 'throttle', retryAfter: 60 });
    const abort = new AbortController();
    const listing = listSubscriptions(azure, abort.signal);
    await until(async () => (await emulator.requests()).length > 0 && azure.trace.length > 0);
    abort.abort();
    await assert.rejects(listing, { name: 'AbortError' });
  });

  it('stops waiting for an answer after the timeout', async () => {
    const azure = connectToEmulator({ limits: { responseMs: 200 } });
    await emulator.addFault({ match: anywhere, behavior: 'hang' });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'RequestTimeout');
  });

  it('reports a broken connection', async () => {
    const azure = connectToEmulator({ limits: { retryMs: 10 } });
    await emulator.addFault({ match: anywhere, behavior: 'reset' });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ConnectionFailed');
  });

  for (const behavior of ['html', 'garbage'] as const) {
    it(`reports an answer that is not from Azure (${behavior})`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: anywhere, behavior, status: 200 });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'UnexpectedAnswer');
    });
  }

  it('reports a certificate that is not trusted', async () => {
    for (const fault of ['untrusted', 'expired', 'wrongName'] as const) {
      const azure = connectToEmulator({ cloud: emulatorCloud({ resourceManager: await emulator.openPort(fault) }) });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'CertificateNotTrusted');
    }
    assert.deepEqual(await emulator.requests(), []);
  });

  it('reports a server that is not reachable', async () => {
    const cloud = emulatorCloud({ resourceManager: await emulator.openPort() });
    await resetEmulator();
    const azure = connectToEmulator({ cloud, limits: { retryMs: 10 } });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ConnectionFailed');
  });

  it('reports that a sign-in is required if no credential is valid', () => {
    // A separate process, because the credential caches the environment.
    const url = JSON.stringify(pathToFileURL(bundleFile('azure')));
    const script = `(await import(${url})).connect(${JSON.stringify(emulatorCloud())}, undefined, { log: { trace() {}, info() {} } })
      .subscriptions.list().then(({ failures }) => failures[0].error.code).then(console.log)`;
    const env = { ...process.env, IDENTITY_HEADER: 'wrong' };
    assert.equal(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }).trim(),
      'SignInRequired',
    );
  });

  it('reports an expired token', async () => {
    await emulator.options({ tokenLifetime: -600 });
    const azure = connectToEmulator({ cloud: emulatorCloud({ scope: 'https://management.azure.com/.default' }) });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ExpiredAuthenticationToken');
  });

  it('traces every request and answer without tokens', async () => {
    const azure = connectToEmulator();
    await listSubscriptions(azure);
    assert.match(azure.trace.join('\n'), /^GET \/subscriptions 200 \d+ ms, request [0-9a-f-]{36}$/);
  });
});
