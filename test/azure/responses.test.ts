import assert from 'node:assert/strict';
import { connectToEmulator, emulator, failureOf, listSubscriptions, resetEmulator, until } from './connection';

const anywhere = { path: '.' };

describe('a response that does not end', () => {
  beforeEach(() => resetEmulator());

  for (const behavior of ['gzipStall', 'gzipDrip', 'hang']) {
    it(`ends with the timeout (${behavior})`, async () => {
      const azure = connectToEmulator({ limits: { responseMs: 200 } });
      await emulator.addFault({ match: anywhere, behavior });
      assert.equal((await failureOf(listSubscriptions(azure))).code, 'RequestTimeout');
    });

    it(`ends immediately when cancelled (${behavior})`, async () => {
      const azure = connectToEmulator();
      await emulator.addFault({ match: anywhere, behavior, times: 1 });
      const abort = new AbortController();
      const listing = listSubscriptions(azure, abort.signal);
      await until(async () => (await emulator.faults()).every(({ times }) => times === 0));
      const began = performance.now();
      abort.abort();
      await assert.rejects(listing, { name: 'AbortError' });
      assert.ok(performance.now() - began < 1000);
    });
  }
});

describe('a response that breaks', () => {
  beforeEach(() => resetEmulator());

  for (const [behavior, code] of [
    ['gzipReset', 'ConnectionFailed'],
    ['truncated', 'ConnectionFailed'],
    ['gzipGarbage', 'UnexpectedAnswer'],
    ['gzipBomb', 'UnexpectedAnswer'],
  ] as const) {
    it(`is reported (${behavior})`, async () => {
      const azure = connectToEmulator({ limits: { retryMs: 10 } });
      await emulator.addFault({ match: anywhere, behavior });
      assert.equal((await failureOf(listSubscriptions(azure))).code, code);
    });
  }
});
