import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import sharp from 'sharp';
import { asks } from './e2e/questions';
import { spawnEmulator } from './emulator/emulatorProcess';
import { packageSignInExtension } from './signInExtension/package';
import { launchWorkbench, type LaunchedWorkbench } from './vscode-host/driver/launch';
import type { TreeView } from './vscode-host/driver/treeView';
import { until } from './vscode-host/driver/until';
import { machineSignIn, packageExtension, vsix } from './vscode';

const production = 'Contoso Production';

const light = process.argv.includes('light');
const folder = light ? 'out/screenshots-light' : 'media/screenshots';

/** Takes a picture of one part of the workbench. 64 colors keep it small and are enough for a theme. */
async function take(name: string, part: Locator): Promise<void> {
  const picture = await part.screenshot({ animations: 'disabled' });
  await sharp(picture)
    .png({ palette: true, colors: 64, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}

const sidebar = ({ page }: LaunchedWorkbench): Locator => page.locator('.part.sidebar');
const quickInput = ({ page }: LaunchedWorkbench): Locator => page.locator('.quick-input-widget');

/** `npm run screenshots [-- light]`: takes the pictures of the documentation from the real extension. */
async function main(): Promise<void> {
  const [emulator, signIn] = await Promise.all([
    spawnEmulator({ operationMs: 1500 }),
    packageSignInExtension(),
    packageExtension(),
  ]);
  const workbench = await launchWorkbench({
    vsix: [signIn, vsix],
    settings: { ...emulator.info.settings, ...machineSignIn, 'workbench.tree.indent': 12 },
    env: emulator.info.environment,
    theme: light ? 'light' : 'dark',
    screenshots: folder,
    size: { width: 1200, height: 560 },
  });
  try {
    const tree = await workbench.openView('Azure');
    await widenSidebar(workbench, tree);
    await takeTree(workbench, tree);
    await takeWizard(workbench, tree);
    await takeFailure(workbench);
    await takeExplanations(workbench);
    await takeTenants(workbench);
  } finally {
    await workbench.close();
    await emulator.stop();
  }
}

/** Makes room for the descriptions of the rows, by keyboard. */
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
  await tree.row(production, 'sql-payroll-weu', 'Your account lacks a permission').state();
  await workbench.page.mouse.move(900, 500);
  await take('tree', sidebar(workbench));
}

async function takeWizard(workbench: LaunchedWorkbench, tree: TreeView): Promise<void> {
  await tree.row(production, 'sql-billing-weu').choose('Create Server Key…');
  await (await workbench.quickPick(asks.source)).pick('Browse key vaults…');
  await (await workbench.quickPick(asks.vault)).pick('kv-billing');
  const keys = await workbench.quickPick(asks.key);
  await keys.items();
  await take('wizard', quickInput(workbench));
  await keys.back();
  await (await workbench.quickPick(asks.vault)).pick('kv-noaccess');
  await (await workbench.quickPick(asks.key)).pick('tde-noaccess');
  const versions = await workbench.quickPick(/^Select the version/);
  const newest = (await versions.items()).find(({ label }) => /^[0-9a-f]{32}$/.test(label));
  await versions.pick(newest?.label ?? '');
}

/** The checks before the creation, the cause after it, and the fix. */
async function takeFailure(workbench: LaunchedWorkbench): Promise<void> {
  const summary = await workbench.quickPick(asks.summary);
  await summary.items();
  await take('summary', quickInput(workbench));
  await summary.filter('anyway');
  await summary.pick('Create server key on "sql-billing-weu" anyway');
  const failure = await workbench.waitForToast(/^Server key not created/);
  await take('error', workbench.page.locator('.notifications-toasts'));
  await failure.press('Grant Access…');
  const consent = await workbench.modal(/^Grant "sql-billing-weu" access/);
  await take('consent', workbench.page.locator('.monaco-dialog-box'));
  await consent.choose('Cancel');
}

/** A line of Azure CLI output and an error of a database client, and their explanations. */
async function takeExplanations(workbench: LaunchedWorkbench): Promise<void> {
  const refused = [
    "(AzureKeyVaultMissingPermissions) The server 'sql-billing-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'.",
    'Code: AzureKeyVaultMissingPermissions',
    '$ az sql server key create -g rg-billing -s sql-billing-weu --kid https://kv-noaccess.vault.azure.net/keys/tde-noaccess',
  ].join('\n');
  const outage = [
    'Es kann keine Verbindung mit sql-archive-neu.database.windows.net hergestellt werden.',
    '',
    "Database 'archive' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server, Fehler: 40981)",
  ].join('\n');
  for (const [name, text] of Object.entries({ explanation: refused, outage })) {
    await workbench.reset();
    await workbench.page.evaluate(`focus(); navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await workbench.palette('SQL Server Keys: Explain Error…');
    await (await workbench.quickPick('Select the error to explain')).pick('Explain the copied text');
    await workbench.preview(/Found now/);
    await until('end of the progress', async () => (await workbench.toasts()).length === 0);
    await take(name, workbench.page.locator('.part.editor'));
  }
}

/** Uses VS Code's accounts, which a test extension provides. */
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
  await take('tenants', sidebar(workbench));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
