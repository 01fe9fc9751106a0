import type { RowState } from '../vscode-host/driver/inPage';
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
  await settled(tree, (rows, paths) => statesAreRead(rows, paths.slice(length)));
  return settling(tree);
}

/** Waits after each expansion until the rows no longer change. */
function settling(tree: TreeView): TreeView {
  const expanding = (row: Row): Row => ({
    ...row,
    async expand() {
      await row.expand();
      await settled(tree);
    },
  });
  return {
    ...tree,
    row: (...path) => expanding(tree.row(...path)),
    async reveal(...path) {
      const row = expanding(await tree.reveal(...path));
      await settled(tree);
      return row;
    },
  };
}

/**
 * VS Code draws a row again 200 ms after the extension asks for that, which does so up to 300 ms after a change. Until VS Code has read the
 * rows below it, their menus belong to no row.
 */
const redrawMs = 700;

/**
 * Waits until nothing is read and no row changes anymore.
 * @param isRead whether everything has been read, by the paths of all requests since the emulator was reset
 */
async function settled(
  tree: TreeView,
  isRead: (rows: readonly RowState[], paths: readonly string[]) => boolean = () => true,
): Promise<void> {
  let before = '';
  let since = Date.now();
  await until('rows that no longer change', async () => {
    const rows = await tree.rows();
    const paths = (await emulator.requests()).map(({ path }) => path);
    const now = JSON.stringify([rows, paths.length]);
    if (now !== before) since = Date.now();
    before = now;
    return Date.now() - since > redrawMs && isRead(rows, paths);
  });
}

/** The states of the servers have been read. */
function statesAreRead(rows: readonly RowState[], paths: readonly string[]): boolean {
  const isRead = (server: string) => paths.some((path) => path.includes(`/${server}/encryptionProtector/`));
  const servers = rows.filter(({ level, description }) => level === 2 && description.includes('CMK'));
  return (
    servers.every(({ label }) => isRead(label)) && paths.some((path) => path.endsWith('/Microsoft.Authorization/locks'))
  );
}

before(async () => {
  const tree = await workbench().openView('Azure');
  await tree.row('Contoso Production').state();
});
