import { spawnEmulator } from './emulator/emulatorProcess';
import { packageSignInExtension } from './signInExtension/package';
import { launchWorkbench, type LaunchedWorkbench } from './vscode-host/driver/launch';
import type { TreeView } from './vscode-host/driver/treeView';
import { machineSignIn, packageExtension, vsix } from './vscode';

const production = 'Contoso Production';

/** `npm run screenshots [-- light]`: makes the pictures of the README anew, from the real thing. */
async function main(theme: 'dark' | 'light', folder: string): Promise<void> {
  const [emulator, signIn] = await Promise.all([
    spawnEmulator({ operationMs: 1500 }),
    packageSignInExtension(),
    packageExtension(),
  ]);
  const workbench = await launchWorkbench({
    vsix: [signIn, vsix],
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
    await takeExplanation(workbench);
    await takeTenants(workbench);
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
  await (await workbench.quickPick('Select the key vault or managed HSM')).pick('kv-billing');
  const keys = await workbench.quickPick('Select the key');
  await keys.items();
  await workbench.screenshot('wizard');
  await keys.back();
  await (await workbench.quickPick('Select the key vault or managed HSM')).pick('kv-noaccess');
  await (await workbench.quickPick('Select the key')).pick('tde-noaccess');
  const versions = await workbench.quickPick(/^Select the version/);
  const newest = (await versions.items()).find(({ label }) => /^[0-9a-f]{32}$/.test(label));
  await versions.pick(newest?.label ?? '');
}

/** What the checks say before, what is true after, and what would mend it. */
async function takeFailure(workbench: LaunchedWorkbench): Promise<void> {
  const summary = await workbench.quickPick(/^Check what is going to happen/);
  const [create] = await summary.items();
  await workbench.screenshot('summary');
  await summary.pick(create?.label ?? '');
  const failure = await workbench.waitForToast(/^Server key not created/);
  await workbench.screenshot('error');
  await failure.press('Grant Access…');
  const consent = await workbench.modal(/^Grant "sql-billing-weu" access/);
  await workbench.screenshot('consent');
  await consent.choose('Cancel');
}

/** A text of Azure CLI, and what it means. */
async function takeExplanation(workbench: LaunchedWorkbench): Promise<void> {
  const text = [
    "(AzureKeyVaultMissingPermissions) The server 'sql-billing-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'.",
    'Code: AzureKeyVaultMissingPermissions',
    '$ az sql server key create -g rg-billing -s sql-billing-weu --kid https://kv-noaccess.vault.azure.net/keys/tde-noaccess',
  ].join('\n');
  await workbench.reset();
  await workbench.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await workbench.palette('SQL Server Keys: Explain Error…');
  await (await workbench.quickPick('Which error?')).pick('Explain what is on the clipboard');
  await workbench.preview(/Found now/);
  await workbench.screenshot('explanation');
}

/** With the accounts of VS Code, in place of which an extension for tests signs in. */
async function takeTenants(workbench: LaunchedWorkbench): Promise<void> {
  await workbench.reset();
  await workbench.palette('SQL Server Keys: Sign In…');
  await (await workbench.modal(/wants to sign in/)).choose('Allow');
  await (await workbench.quickPick('Pick an account')).pick('dba@contoso.example');
  const tree = await workbench.openView('Azure');
  await tree.row('Sign in to "Northwind"').state();
  await tree.row(production).collapse();
  await workbench.reset();
  await workbench.page.mouse.move(900, 500);
  await workbench.screenshot('tenants');
}

const light = process.argv.includes('light');
main(light ? 'light' : 'dark', light ? 'out/screenshots-light' : 'media/screenshots').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
