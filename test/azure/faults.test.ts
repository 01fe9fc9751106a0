import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { bundleFile } from '../bundles';
import { spawnEmulator } from '../emulator/emulatorProcess';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  findKey,
  findServer,
  listSubscriptions,
  until,
} from './connection';

const anywhere = { path: '.' };

describe('a connection in trouble', () => {
  beforeEach(() => emulator.reset());

  for (const [behaviour, what] of [
    ['throttle', 'throttled (429)'],
    ['unavailable', 'refused for a moment (503)'],
  ] as const) {
    it(`waits as long as Azure says and goes on, when ${what}`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: anywhere, behaviour, retryAfter: 1, times: 1 });
      const began = performance.now();
      assert.equal((await listSubscriptions(azure)).length, 3);
      assert.ok(performance.now() - began >= 1000);
      assert.deepEqual(
        (await emulator.requests()).map(({ status }) => status),
        [behaviour === 'throttle' ? 429 : 503, 200],
      );
    });
  }

  it('waits while a running operation is polled, too', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    await emulator.addFault({ match: { path: 'AzureAsyncOperation' }, behaviour: 'throttle', retryAfter: 1, times: 1 });
    assert.equal((await azure.serverKeys.create(server, key)).type, 'customerManaged');
  });

  it('gives up after a few tries, with the code of the service', async () => {
    const azure = connectToEmulator();
    await emulator.addFault({ match: anywhere, behaviour: 'throttle', retryAfter: 0 });
    const failure = await failureOf(listSubscriptions(azure));
    assert.deepEqual([failure.code, failure.status], ['SubscriptionRequestsThrottled', 429]);
    assert.equal((await emulator.requests()).length, 4);
  });

  it('ends a wait that Azure asked for at once when cancelled', async () => {
    const azure = connectToEmulator();
    await emulator.addFault({ match: anywhere, behaviour: 'throttle', retryAfter: 60 });
    const abort = new AbortController();
    const listing = listSubscriptions(azure, abort.signal);
    await until(async () => (await emulator.requests()).length > 0 && azure.trace.length > 0);
    abort.abort();
    await assert.rejects(listing, { name: 'AbortError' });
  });

  it('does not wait for an answer for ever', async () => {
    const azure = connectToEmulator({ requestTimeoutMs: 200 });
    await emulator.addFault({ match: anywhere, behaviour: 'hang' });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'RequestTimeout');
  });

  it('tells a cut connection from an answer', async () => {
    const azure = connectToEmulator();
    await emulator.addFault({ match: anywhere, behaviour: 'reset' });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ConnectionFailed');
  });

  for (const behaviour of ['html', 'garbage'] as const) {
    it(`recognises that not Azure has answered (${behaviour})`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: anywhere, behaviour, status: 200 });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'UnexpectedAnswer');
    });
  }

  it('says that a certificate is not trusted', async () => {
    const stranger = await spawnEmulator();
    try {
      const azure = connectToEmulator({ cloud: emulatorCloud({ resourceManager: stranger.arm }) });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'CertificateNotTrusted');
    } finally {
      await stranger.stop();
    }
  });

  it('says that nobody answers there', async () => {
    const gone = await spawnEmulator();
    await gone.stop();
    const azure = connectToEmulator({ cloud: emulatorCloud({ resourceManager: gone.arm }) });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ConnectionFailed');
  });

  it('says that a sign-in is needed when no credential is good', () => {
    // In a process of its own: the credential keeps what it found in the environment.
    const url = JSON.stringify(pathToFileURL(bundleFile('azure')));
    const script = `(await import(${url})).connect(${JSON.stringify(emulatorCloud())}, undefined, () => {})
      .subscriptions.list().then(({ failures }) => failures[0].error.code).then(console.log)`;
    const env = { ...process.env, IDENTITY_HEADER: 'wrong' };
    assert.equal(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }).trim(),
      'SignInRequired',
    );
  });

  it('says that a token has expired', async () => {
    await emulator.options({ tokenLifetime: -600 });
    const azure = connectToEmulator({ cloud: emulatorCloud({ scope: 'https://management.azure.com/.default' }) });
    assert.equal((await failureOf(listSubscriptions(azure))).code, 'ExpiredAuthenticationToken');
  });

  it('traces every request and answer, and never a token', async () => {
    const azure = connectToEmulator();
    await listSubscriptions(azure);
    assert.match(azure.trace.join('\n'), /^GET \/subscriptions 200 \d+ ms, request [0-9a-f-]{36}$/);
  });
});
