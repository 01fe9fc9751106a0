import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Questions } from '../../src/ui/questions';

const never = new Promise<string>(() => undefined);

/** Whether the promise is still pending after some time. */
const isPending = (promise: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  Promise.race([promise.then(() => false), delay(milliseconds, true)]);

describe('open questions', () => {
  it('let work go on if none has been asked since it started', async () => {
    const questions = new Questions();
    void questions.ask(() => never);
    await questions.askedFromNow()();
    assert.equal(questions.isAnyOpen, true);
  });

  it('hold work back until those that were asked since it started are answered or left, and the questions after them', async () => {
    const questions = new Questions();
    const wait = questions.askedFromNow();
    const vault = new EventEmitter();
    const key = new EventEmitter();
    const wizard = questions.ask(() => once(vault, 'answer')).then(() => questions.ask(() => once(key, 'answer')));
    const waiting = wait();
    assert.equal(await isPending(waiting, 20), true);
    vault.emit('answer');
    assert.equal(await isPending(waiting, 600), true);
    key.emit('error', new Error('Esc'));
    await assert.rejects(wizard, /Esc/);
    await waiting;
    assert.equal(questions.isAnyOpen, false);
  });

  it('pass on the answer', async () => {
    assert.equal(await new Questions().ask(() => Promise.resolve('kv-orders')), 'kv-orders');
  });
});
