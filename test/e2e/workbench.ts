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

/** Opens the tree, whose rows are used only when they no longer change. */
export async function openView(): Promise<TreeView> {
  const tree = await workbench().openView('Azure');
  return {
    ...tree,
    row: (...path) => settling(tree, tree.row(...path)),
    reveal: async (...path) => settling(tree, await tree.reveal(...path)),
  };
}

/** Opens the tree, reads it again, and waits until it shows what was read. */
export async function openTree(): Promise<TreeView> {
  const tree = await openView();
  const { length } = await emulator.requests();
  await tree.titleAction('Refresh');
  await settled(tree, (rows, paths) => statesAreRead(rows, paths.slice(length)));
  await tree.row('Contoso Production').state();
  await serversWithState(tree);
  return tree;
}

/** Each use of the row waits until the rows no longer change. */
function settling(tree: TreeView, row: Row): Row {
  const after = <Result>(use: () => Promise<Result>): Promise<Result> => settled(tree).then(use);
  return {
    ...row,
    click: () => after(() => row.click()),
    ctrlClick: () => after(() => row.ctrlClick()),
    menu: () => after(() => row.menu()),
    choose: (title) => after(() => row.choose(title)),
    inlineActions: () => after(() => row.inlineActions()),
    inlineAction: (title) => after(() => row.inlineAction(title)),
    tooltip: () => after(() => row.tooltip()),
  };
}

/**
 * VS Code draws a row again 200 ms after the extension asks for that, which does so up to 300 ms after a change. Until VS Code has read the
 * rows below it, their menus belong to no row.
 */
const redrawMs = 700;

const pollsOperation = /(AzureAsyncOperation|OperationResults)\//;

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
    const paths = (await emulator.requests()).map(({ path }) => path).filter((path) => !pollsOperation.test(path));
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
  const tree = await openView();
  await tree.row('Contoso Production').state();
});
