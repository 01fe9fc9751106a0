import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Redraws } from '../../src/ui/tree/redraws';

describe('a row that has changed', () => {
  const row = {};
  let fired: unknown[] = [];
  let redraws: Redraws<object>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1 });
    fired = [];
    redraws = new Redraws((changed) => fired.push(changed));
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('is drawn again at once', () => {
    redraws.redraw(row);
    redraws.redraw(undefined);
    assert.deepEqual(fired, [row, undefined]);
  });

  it('is drawn again once, after VS Code has received the rows below it', async () => {
    await redraws.deliver(row, async () => {
      redraws.redraw(row);
      await Promise.resolve();
    });
    redraws.redraw(row);
    mock.timers.tick(299);
    assert.deepEqual(fired, []);
    mock.timers.tick(300);
    assert.deepEqual(fired, [row]);
  });

  it('is drawn again too if the rows below it could not be read', async () => {
    await assert.rejects(redraws.deliver(row, () => Promise.reject(new Error('no'))));
    redraws.redraw(row);
    mock.timers.tick(300);
    assert.deepEqual(fired, [row]);
  });
});
