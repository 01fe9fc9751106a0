import type { Row } from '../vscode-host/driver/treeRow';
import type { TreeView } from '../vscode-host/driver/treeView';
import { until } from '../vscode-host/driver/until';
import { vsix } from '../vscode';
import { emulator, settings } from './emulator';
import { launchedWith } from './launched';
import { serversWithState } from './treeRows';

/** The workbench that test files of a run share, with the packaged extension. */
export const workbench = launchedWith(() => ({ vsix: [vsix], settings }));

let reads = 0;

/**
 * Opens the tree and reads it again. First makes a read fail, because otherwise the tree looks the same before and after.
 */
export async function openTree(): Promise<TreeView> {
  const tree = await workbench().openView('Azure');
  reads += 1;
  const code = `Read${reads}`;
  await emulator.addFault({ match: { path: '^/subscriptions$' }, status: 403, code, message: '' });
  await tree.titleAction('Refresh');
  const failure = tree.row(`Failed with code ${code}`);
  await failure.state();
  await emulator.clearFaults();
  // Doesn't use Retry: after a reload the extension may read again by itself, and the row of the failure disappears.
  const { length } = await emulator.requests();
  await tree.titleAction('Refresh');
  await failure.gone();
  await tree.row('Contoso Production').state();
  await serversWithState(tree);
  await statesRead(tree, length);
  return settling(tree);
}

/**
 * Waits after each expansion until the rows no longer change. While VS Code draws a row again, it doesn't know the rows below it, and a
 * command in their menus has no row.
 */
function settling(tree: TreeView): TreeView {
  const settled = async (): Promise<void> => {
    let before = '';
    await until('rows that no longer change', async () => {
      const now = JSON.stringify([await tree.rows(), (await emulator.requests()).length]);
      const isSettled = now === before;
      before = now;
      return isSettled;
    });
  };
  const expanding = (row: Row): Row => ({
    ...row,
    async expand() {
      await row.expand();
      await settled();
    },
  });
  return {
    ...tree,
    row: (...path) => expanding(tree.row(...path)),
    async reveal(...path) {
      const row = expanding(await tree.reveal(...path));
      await settled();
      return row;
    },
  };
}

/** Waits until the states of the servers have been read. Until then VS Code keeps replacing their rows. */
async function statesRead(tree: TreeView, requestsBefore: number): Promise<void> {
  let before = '';
  await until('rows that no longer change', async () => {
    const rows = await tree.rows();
    const paths = (await emulator.requests()).slice(requestsBefore).map(({ path }) => path);
    const isRead = (server: string) => paths.some((path) => path.includes(`/${server}/encryptionProtector/`));
    const servers = rows.filter(({ level, description }) => level === 2 && description.includes('CMK'));
    const now = JSON.stringify([rows, paths.length]);
    const isSettled = now === before && servers.every(({ label }) => isRead(label));
    before = now;
    return isSettled && paths.some((path) => path.endsWith('/Microsoft.Authorization/locks'));
  });
}

before(async () => {
  const tree = await workbench().openView('Azure');
  await tree.row('Contoso Production').state();
});
