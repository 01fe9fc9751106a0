import { spawnEmulator } from './emulator/emulatorProcess';
import { launchWorkbench, type LaunchedWorkbench } from './vscode-host/driver/launch';
import type { TreeView } from './vscode-host/driver/treeView';
import { machineSignIn, packageExtension, vsix } from './vscode';

const production = 'Contoso Production';

/** `npm run screenshots [-- light]`: makes the pictures of the README anew, from the real thing. */
async function main(theme: 'dark' | 'light', folder: string): Promise<void> {
  const [emulator] = await Promise.all([spawnEmulator({ operationMs: 1500 }), packageExtension()]);
  const workbench = await launchWorkbench({
    vsix: [vsix],
    settings: { ...emulator.info.settings, ...machineSignIn, 'workbench.tree.indent': 12 },
    env: emulator.info.environment,
    theme,
    screenshots: folder,
    size: { width: 1200, height: 640 },
  });
  try {
    const tree = await workbench.openView('Azure');
    await widenSidebar(workbench, tree);
    await takeTree(workbench, tree);
    await takeWizard(workbench, tree);
    await takeFailure(workbench);
  } finally {
    await workbench.close();
    await emulator.stop();
  }
}

/** Room for what the rows say: by keyboard, from a row of the tree. */
async function widenSidebar(workbench: LaunchedWorkbench, tree: TreeView): Promise<void> {
  for (let step = 0; step < 4; step += 1) {
    await tree.row('Fabrikam Test').click();
    await workbench.palette('Increase Current View Size');
  }
  await tree.row('Fabrikam Test').collapse();
}

async function takeTree(workbench: LaunchedWorkbench, tree: TreeView): Promise<void> {
  await (await tree.reveal('Contoso Development')).collapse();
  for (const server of ['sql-orders-weu', 'sql-payroll-weu']) {
    await (await tree.reveal(production, server)).expand();
  }
  await tree.row(production, 'sql-orders-weu', 'Service-managed key').state();
  await tree.row(production, 'sql-payroll-weu', "Can't list the server keys").state();
  await workbench.page.mouse.move(900, 500);
  await workbench.screenshot('tree');
}

async function takeWizard(workbench: LaunchedWorkbench, tree: TreeView): Promise<void> {
  await tree.row(production, 'sql-billing-weu').choose('Create Server Key…');
  await (await workbench.quickPick('Where is the key?')).pick('Browse key vaults…');
  await (await workbench.quickPick('Select the subscription of the key vault')).pick(production);
  await (await workbench.quickPick('Select the key vault or managed HSM')).pick('kv-billing');
  const keys = await workbench.quickPick('Select the key');
  await keys.items();
  await workbench.screenshot('wizard');
  await keys.pick('tde-billing-disabled');
}

async function takeFailure(workbench: LaunchedWorkbench): Promise<void> {
  const versions = await workbench.quickPick(/^Select the version/);
  const [newest] = await versions.items();
  await versions.pick(newest?.label ?? '');
  const summary = await workbench.quickPick(/^Check the name/);
  const [create] = await summary.items();
  await summary.pick(create?.label ?? '');
  const failure = await workbench.waitForToast(/because it is disabled/);
  await workbench.screenshot('error');
  await failure.press('Show Details');
  await workbench.palette('View: Toggle Maximized Panel');
  await workbench.outputText('SQL Server Keys');
  await workbench.screenshot('log');
}

const light = process.argv.includes('light');
main(light ? 'light' : 'dark', light ? 'out/screenshots-light' : 'media/screenshots').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
