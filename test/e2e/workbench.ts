import { resolve } from 'node:path';
import { launchWorkbench, type LaunchedWorkbench } from '../vscode-host/driver/launch';
import type { TreeView } from '../vscode-host/driver/treeView';
import { vsix } from '../vscode';
import { emulator, environment, settings } from './emulator';

let launched: LaunchedWorkbench | undefined;

/** The one workbench of a run, with the packaged extension. */
export function workbench(): LaunchedWorkbench {
  if (!launched) {
    throw new Error('The workbench is there from the first test on, not before.');
  }
  return launched;
}

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
  // A server tells its state once its keys are read ahead; until then its row, and those below it, are still replaced.
  await tree.rowsWhen('servers with their state', (rows) =>
    rows.filter(({ level }) => level === 2).every(({ description }) => description.includes(' · ')),
  );
  return tree;
}

before(async function () {
  this.timeout(120_000);
  launched = await launchWorkbench({
    vsix: [vsix],
    settings,
    env: environment,
    screenshots: resolve('out/e2e'),
  });
  const tree = await launched.openView('Azure');
  await tree.row('Contoso Production').state();
});

beforeEach(async () => {
  await emulator.reset();
  await workbench().reset();
});

afterEach(async function () {
  const { currentTest } = this;
  if (currentTest?.state === 'failed') {
    await workbench().screenshot(currentTest.fullTitle().replaceAll(/\W+/g, '-'));
  }
});

after(() => launched?.close());
