import type { TreeView } from '../vscode-host/driver/treeView';
import { vsix } from '../vscode';
import { emulator, settings } from './emulator';
import { launchedWith } from './launched';
import { serversWithState } from './treeRows';

/** The workbench that test files of a run share, with the packaged extension. */
export const workbench = launchedWith(() => ({ vsix: [vsix], settings }));

let reads = 0;

/**
 * Opens the tree and reads it again. First makes a read fail, because otherwise the tree would look the same before and after.
 */
export async function openTree(): Promise<TreeView> {
  const tree = await workbench().openView('Azure');
  reads += 1;
  const message = `Read ${reads}`;
  await emulator.addFault({ match: { path: '^/subscriptions$' }, status: 403, code: 'ReadAnew', message });
  await tree.titleAction('Refresh');
  const failure = tree.row("Can't list the subscriptions");
  await failure.when('of this read', ({ description }) => description === message);
  await emulator.clearFaults();
  // Not Retry, because after a reload the extension may read by itself, and the row of the failure disappears.
  await tree.titleAction('Refresh');
  await tree.row('Contoso Production').state();
  // Until then VS Code still replaces the rows of servers.
  await serversWithState(tree);
  return tree;
}

before(async () => {
  const tree = await workbench().openView('Azure');
  await tree.row('Contoso Production').state();
});
