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
  await keysRead(tree, length);
  await serversWithState(tree);
  return tree;
}

/** Waits until the keys of all visible servers have been read. Until then VS Code keeps replacing their rows. */
const keysRead = (tree: TreeView, requestsBefore: number): Promise<boolean> =>
  until('servers whose keys have been read', async () => {
    const paths = (await emulator.requests()).slice(requestsBefore).map(({ path }) => path);
    const servers = (await tree.rows()).filter(({ level }) => level === 2);
    const isRead = (server: string) => paths.some((path) => path.includes(`/servers/${server}/encryptionProtector/`));
    return servers.length > 0 && servers.every(({ label }) => isRead(label));
  });

before(async () => {
  const tree = await workbench().openView('Azure');
  await tree.row('Contoso Production').state();
});
