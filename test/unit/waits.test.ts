import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { showWaits, type WaitingWork } from '../../src/ui/waits';

const server = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Sql/servers/sql-orders/keys/k';
const wait = { isLimited: true, path: server, milliseconds: 12_000 };

/** A place that collects what it shows. */
function place() {
  const shown: (string | undefined)[] = [];
  const { signal } = new AbortController();
  return { shown, signal, show: (text: string | undefined) => void shown.push(text) };
}

describe('a wait before a request is sent again', () => {
  for (const [isLimited, path, text] of [
    [true, server, 'Azure is limiting requests for "sql-orders"; trying again in 12 s'],
    [true, '/subscriptions', 'Azure is limiting requests; trying again in 12 s'],
    [false, server, 'A request about "sql-orders" failed; trying again in 12 s'],
    [false, '/providers/Microsoft.ResourceGraph/resources', 'A request to Azure failed; trying again in 12 s'],
  ] as const) {
    it(`is shown until it ends: ${text}`, () => {
      const { shown, show } = place();
      showWaits(new AsyncLocalStorage(), show)({ isLimited, path, milliseconds: 12_000 })();
      assert.deepEqual(shown, [text, undefined]);
    });
  }

  it('counts the seconds down', async () => {
    const { shown, show } = place();
    const end = showWaits(new AsyncLocalStorage(), show)({ ...wait, milliseconds: 2000 });
    const deadline = Date.now() + 5000;
    while (shown.length < 2 && Date.now() < deadline) await setImmediate();
    end();
    const text = (seconds: number) => `Azure is limiting requests for "sql-orders"; trying again in ${seconds} s`;
    assert.deepEqual(shown, [text(2), text(1), undefined]);
  });

  it('is shown where its work shows its progress, even after other work has started', async () => {
    const [tree, first, second] = [place(), place(), place()];
    const places = new AsyncLocalStorage<WaitingWork>();
    const onWait = showWaits(places, tree.show);
    const work = async (path: string) => {
      await setImmediate();
      onWait({ ...wait, path })();
    };
    await Promise.all([
      places.run(first, () => work('/subscriptions')),
      places.run(second, () => work(server)),
      work('/providers'),
    ]);
    assert.deepEqual(first.shown, ['Azure is limiting requests; trying again in 12 s', undefined]);
    assert.deepEqual(second.shown, ['Azure is limiting requests for "sql-orders"; trying again in 12 s', undefined]);
    assert.deepEqual(tree.shown, ['Azure is limiting requests; trying again in 12 s', undefined]);
  });

  it('makes room for the next one when it ends', () => {
    const { shown, show } = place();
    const onWait = showWaits(new AsyncLocalStorage(), show);
    const [first, second] = [onWait(wait), onWait({ ...wait, path: '/subscriptions' })];
    first();
    second();
    assert.deepEqual(shown, [
      'Azure is limiting requests for "sql-orders"; trying again in 12 s',
      'Azure is limiting requests for "sql-orders"; trying again in 12 s',
      'Azure is limiting requests; trying again in 12 s',
      undefined,
    ]);
  });
});
