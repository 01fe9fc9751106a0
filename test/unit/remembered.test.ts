import assert from 'node:assert/strict';
import { remembered } from '../../src/core/remembered';

/** A load whose end the test controls. */
function controlled() {
  const started: { succeed: (value: string) => void; fail: (error: Error) => void }[] = [];
  const value = remembered(() => new Promise<string>((succeed, fail) => started.push({ succeed, fail })));
  return { value, started };
}

describe('a remembered value', () => {
  it('is loaded once for all callers', async () => {
    const { value, started } = controlled();
    const both = Promise.all([value.get(), value.get()]);
    started[0]?.succeed('a');
    assert.deepEqual(await both, ['a', 'a']);
    assert.equal(await value.get(), 'a');
    assert.equal(started.length, 1);
  });

  it('is loaded again after it is forgotten', async () => {
    const { value, started } = controlled();
    const before = value.get();
    started[0]?.succeed('old');
    assert.equal(await before, 'old');
    value.forget();
    const after = value.get();
    started[1]?.succeed('new');
    assert.equal(await after, 'new');
  });

  it('is the newest value for earlier callers too, whichever load ends first', async () => {
    const { value, started } = controlled();
    const early = value.get();
    value.forget();
    const late = value.get();
    started[1]?.succeed('new');
    assert.equal(await late, 'new');
    started[0]?.succeed('old');
    assert.equal(await early, 'new');
  });

  it('can be looked at without loading it, even after it is forgotten', async () => {
    const { value, started } = controlled();
    assert.equal(value.last(), undefined);
    const first = value.get();
    started[0]?.succeed('a');
    await first;
    value.forget();
    assert.equal(value.last(), 'a');
    const second = value.get();
    started[1]?.fail(new Error('offline'));
    await assert.rejects(second);
    assert.deepEqual([value.last(), started.length], ['a', 2]);
  });

  it('aborts its load when it is forgotten, because nobody waits for it', async () => {
    const signals: AbortSignal[] = [];
    const value = remembered((signal) => {
      signals.push(signal);
      return new Promise<string>((succeed, fail) => {
        if (signals.length > 1) succeed('new');
        signal.addEventListener('abort', () => {
          fail(new Error('aborted'));
        });
      });
    });
    const early = value.get();
    value.forget();
    assert.equal(await early, 'new');
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
  });

  it('does not keep a failure, and ignores the failure of a forgotten load', async () => {
    const { value, started } = controlled();
    const failing = value.get();
    started[0]?.fail(new Error('first'));
    await assert.rejects(failing, /first/);
    const early = value.get();
    value.forget();
    const late = value.get();
    started[1]?.fail(new Error('past'));
    started[2]?.succeed('good');
    assert.deepEqual(await Promise.all([early, late]), ['good', 'good']);
  });
});
