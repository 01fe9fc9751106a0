import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { badgeOf } from '../../src/ui/tree/badge';
import { severityDecorations } from '../../src/ui/tree/decorations';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { until } from '../vscode-host/driver/until';
import { emulator, makeTree } from './makeTree';

const badgeSetting = () => vscode.workspace.getConfiguration('sqlServerKeys');

/** Waits until the number of urgent servers is known. */
async function urgentTree(): Promise<ServerKeysTree> {
  const counts: number[] = [];
  const tree = makeTree({ setBadge: (count) => counts.push(count) });
  await tree.getChildren();
  await until('an urgent server', () => Promise.resolve(counts.at(-1) === 1));
  return tree;
}

async function shownServers(tree: ServerKeysTree): Promise<readonly (string | vscode.TreeItemLabel | undefined)[]> {
  const groups = await tree.getChildren();
  const rows = await Promise.all(groups.map((group) => tree.getChildren(group)));
  return rows.flat().map((row) => tree.getTreeItem(row).label);
}

async function itemOf(tree: ServerKeysTree, name: string): Promise<vscode.TreeItem> {
  for (const group of await tree.getChildren()) {
    for (const row of await tree.getChildren(group)) {
      const item = tree.getTreeItem(row);
      if (item.label === name) return item;
    }
  }
  throw new Error(`The tree does not show the server "${name}".`);
}

describe('what needs attention', () => {
  beforeEach(() => emulator.reset());

  it('is counted by the badge, and is all that the filter shows, until all servers are shown again', async () => {
    const tree = await urgentTree();
    assert.equal((await shownServers(tree)).length, 15);
    await tree.showOnlyAttention(true);
    await until('only the server with the outage', async () => {
      const shown = await shownServers(tree);
      return shown.length === 1 && shown[0] === 'sql-archive-neu';
    });
    await tree.showOnlyAttention(false);
    assert.equal((await shownServers(tree)).length, 15);
  });

  it('is kept with the rows if a refresh fails', async () => {
    const counts: number[] = [];
    const tree = makeTree({ setBadge: (count) => counts.push(count) });
    await tree.getChildren();
    const outage = 'key disabled · 2 databases inaccessible · CMK';
    const isShown = async () => (await itemOf(tree, 'sql-archive-neu')).description === outage;
    await until('an outage', isShown);
    // Azure asks to wait for longer than the extension waits.
    await emulator.addFault({ match: { path: 'ResourceGraph' }, behavior: 'throttle', retryAfter: 3600 });
    tree.refresh();
    assert.ok(await isShown());
    assert.equal(counts.at(-1), 1);
  });

  it('is no longer counted when nothing could be read', async () => {
    const counts: number[] = [];
    const lines: string[] = [];
    let isRead = true;
    const tree = makeTree({
      setBadge: (count) => counts.push(count),
      setMessage: (text) => lines.push(text),
      inventory(real) {
        if (isRead) return real;
        throw new Error('Nobody is signed in');
      },
    });
    await tree.getChildren();
    await until('an urgent server', () => Promise.resolve(counts.at(-1) === 1));
    isRead = false;
    tree.refresh();
    assert.equal((await tree.getChildren()).length, 1);
    assert.equal(counts.at(-1), 0);
    assert.doesNotMatch(lines.at(-1) ?? '', /attention/);
  });

  it('has a color and a mark, which the setting for the badge turns off too', async () => {
    const tree = await urgentTree();
    const { resourceUri } = await itemOf(tree, 'sql-archive-neu');
    assert.ok(resourceUri);
    const { token } = new vscode.CancellationTokenSource();
    const decoration = await severityDecorations.provideFileDecoration(resourceUri, token);
    assert.equal(decoration?.badge, '!');
    assert.deepEqual(decoration.color, new vscode.ThemeColor('sqlServerKeys.errorForeground'));
    assert.equal((await itemOf(tree, 'sql-billing-weu')).resourceUri, undefined);
    assert.equal(badgeOf(1)?.tooltip, "1 server whose TDE protector expires soon or can't be used");
    await badgeSetting().update('badge', false, true);
    try {
      assert.equal((await itemOf(tree, 'sql-archive-neu')).resourceUri, undefined);
      assert.equal(badgeOf(1), undefined);
    } finally {
      await badgeSetting().update('badge', undefined, true);
    }
  });
});
