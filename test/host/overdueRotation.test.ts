import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Node } from '../../src/ui/tree/nodes';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { until } from '../vscode-host/driver/until';
import { emulator, makeTree } from './makeTree';

/** The rows of all servers with what VS Code gets about them. */
async function serverRows(tree: ServerKeysTree): Promise<readonly (readonly [Node, vscode.TreeItem])[]> {
  const groups = await tree.getChildren();
  const rows = await Promise.all(groups.map((group) => tree.getChildren(group)));
  return rows.flat().map((row) => [row, tree.getTreeItem(row)]);
}

describe('a server whose automatic rotation is overdue', () => {
  before(async () => {
    await emulator.reset();
    const state = await emulator.state();
    const server = state.servers.find(({ name }) => name === 'sql-orders-weu') ?? assert.fail();
    server.protector = { ...server.protector, serverKeyName: server.keys[0]?.name ?? '', autoRotationEnabled: true };
    // Without access to the key, Azure can't rotate.
    state.roleAssignments = state.roleAssignments.filter(({ principalId }) => principalId !== server.principalId);
    await emulator.reset(state);
  });

  after(() => emulator.reset());

  it('has a tooltip with the reason, for which Azure gets requests only when it is resolved', async () => {
    const tree = makeTree();
    const isOverdue = (item: vscode.TreeItem) => String(item.description).includes('rotation overdue');
    await until('the overdue rotation', async () => (await serverRows(tree)).some(([, item]) => isOverdue(item)));
    const rows = await serverRows(tree);
    const [row, item] = rows.find(([, one]) => isOverdue(one)) ?? assert.fail();
    assert.deepEqual(
      rows.filter(([, one]) => one.tooltip === undefined).map(([, one]) => one.label),
      ['sql-orders-weu'],
    );
    const roles = async () =>
      (await emulator.requests()).filter(({ path }) => path.includes('/roleAssignments')).length;
    assert.equal(await roles(), 0);
    for (const [other, shown] of rows) {
      if (other !== row) assert.equal((await tree.resolveTreeItem(shown, other)).tooltip, shown.tooltip);
    }
    assert.equal(await roles(), 0);
    const { tooltip } = await tree.resolveTreeItem(item, row);
    assert.ok(typeof tooltip === 'string');
    assert.match(tooltip, /^sql-orders-weu\n.*rotation overdue/);
    assert.match(tooltip, /check the key\.\nThe checks find a reason: /);
    assert.ok((await roles()) > 0);
  });
});
