import assert from 'node:assert/strict';
import { inventoryNodes, type Node } from '../../src/ui/tree/nodes';
import { revealRow } from '../../src/ui/tree/revealRow';
import { inventoryWith } from '../inventoryWith';

const subscription = { id: 'sub-1', name: 'Contoso', tenantId: 'tenant' };

/** A new object for the same row, as after a refresh. */
function row(): Node {
  const [node] = inventoryNodes(inventoryWith({ subscriptions: [subscription] }), 'subscription');
  assert.ok(node);
  return node;
}

/** A view that has the row only after this many redraws. */
function viewOf(redrawsNeeded: number, reject = false) {
  let redraws = 0;
  const selection: Node[] = [];
  return {
    selection,
    visible: true,
    redraws: () => redraws,
    reveal: () => {
      if (redraws >= redrawsNeeded) selection.push(row());
      else if (reject) return Promise.reject(new Error('no such row'));
      return Promise.resolve();
    },
    redraw: () => {
      redraws += 1;
      return Promise.resolve();
    },
  };
}

const reveal = (view: ReturnType<typeof viewOf>) =>
  revealRow(view, view.redraw, () => Promise.resolve(row()), { focus: false });

describe('showing a row', () => {
  it('takes one attempt if the view has the row', async () => {
    const view = viewOf(0);
    await reveal(view);
    assert.equal(view.redraws(), 0);
  });

  for (const reject of [false, true]) {
    it(`tries again after a redraw if VS Code ${reject ? 'rejects' : 'does nothing'}`, async () => {
      const view = viewOf(2, reject);
      await reveal(view);
      assert.deepEqual([view.redraws(), view.selection.length], [2, 1]);
    });
  }

  it('gives up after three attempts', async () => {
    const view = viewOf(3);
    await reveal(view);
    assert.deepEqual([view.redraws(), view.selection.length], [2, 0]);
    await assert.rejects(reveal(viewOf(3, true)), /no such row/);
  });

  it('does not redraw a hidden view', async () => {
    const view = { ...viewOf(1), visible: false };
    await reveal(view);
    assert.equal(view.redraws(), 0);
  });
});
