import assert from 'node:assert/strict';
import { rereadWhenOld } from '../../src/ui/tree/rereadOld';

const minute = 60_000;

/** A view that was read at 0, and how often it was read again. */
function view() {
  const state = { isSeen: true, now: 0, asOf: new Date(0) as Date | undefined, reads: 0 };
  const look = rereadWhenOld(
    () => state.isSeen,
    () => state.asOf && { asOf: state.asOf },
    () => (state.reads += 1),
    () => state.now,
  );
  const at = (minutes: number): number => {
    state.now = minutes * minute;
    look();
    return state.reads;
  };
  return { state, at };
}

describe('a view that the user looks at again', () => {
  it('is read again if its rows are older than ten minutes', () => {
    const { at } = view();
    assert.deepEqual([at(9), at(11)], [0, 1]);
  });

  it('is read again once, also if the read takes long or fails', () => {
    const { at } = view();
    assert.deepEqual([at(11), at(11), at(20), at(22)], [1, 1, 1, 2]);
  });

  it('is not read again if it is hidden, or before it was read at all', () => {
    const { state, at } = view();
    state.isSeen = false;
    assert.equal(at(60), 0);
    Object.assign(state, { isSeen: true, asOf: undefined });
    assert.equal(at(60), 0);
  });
});
