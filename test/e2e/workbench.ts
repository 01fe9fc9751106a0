import type { TreeView } from '../vscode-host/driver/treeView';
import { vsix } from '../vscode';
import { emulator, settings } from './emulator';
import { launchedWith } from './launched';
import { serversWithState } from './treeRows';

/** The one workbench of a run, with the packaged extension. */
export const workbench = launchedWith(() => ({ vsix: [vsix], settings }));

let reads = 0;

/**
 * The tree, just read, as for a user who has opened it. It goes through a failure, because a tree that looks as before would
 * not tell when it has been read.
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
  // Not Retry: after a reload VS Code may read by itself, and the failure's row goes.
  await tree.titleAction('Refresh');
  await tree.row('Contoso Production').state();
  // Until then a server's row, and those below it, are still replaced.
  await serversWithState(tree);
  return tree;
}

before(async () => {
  const tree = await workbench().openView('Azure');
  await tree.row('Contoso Production').state();
});
