import assert from 'node:assert/strict';
import { TaskQueue } from '../../src/core/taskQueue';

/** A queue for two tasks at a time, and tasks whose end the test controls. */
function controlled() {
  const queue = new TaskQueue(2);
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers>();
  const add = (name: string): void => {
    queue.add(() => {
      started.push(name);
      return new Promise<void>((succeed, fail) => ends.set(name, { succeed, fail }));
    });
  };
  return { queue, started, ends, add };
}

interface PromiseWithResolvers {
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('a task queue', () => {
  it('runs tasks in order, up to its limit at a time, even after one has failed', async () => {
    const { started, ends, add } = controlled();
    for (const name of ['a', 'b', 'c', 'd']) add(name);
    assert.deepEqual(started, ['a', 'b']);
    ends.get('b')?.fail(new Error('b'));
    await nextTurn();
    assert.deepEqual(started, ['a', 'b', 'c']);
    ends.get('a')?.succeed();
    await nextTurn();
    assert.deepEqual(started, ['a', 'b', 'c', 'd']);
  });

  it('drops the waiting tasks when it is cleared, and continues with new ones', async () => {
    const { queue, started, ends, add } = controlled();
    for (const name of ['a', 'b', 'c']) add(name);
    queue.clear();
    add('d');
    ends.get('a')?.succeed();
    await nextTurn();
    assert.deepEqual(started, ['a', 'b', 'd']);
  });
});
