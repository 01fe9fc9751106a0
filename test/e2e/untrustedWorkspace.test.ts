import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageSignInExtension } from '../signInExtension/package';
import { machineSignIn, vsix } from '../vscode';
import type { LaunchedWorkbench } from '../vscode-host/driver/launch';
import type { TreeView } from '../vscode-host/driver/treeView';
import { cloudSettings, emulator, serverKeys, versionOf } from './emulator';
import { launchedWith } from './launched';
import { asks } from './questions';
import { rootsWhen, serversWithState } from './treeRows';

const server = 'sql-billing-weu';
const dba = 'dba@contoso.example';

/** The address of a workbench that opens this folder. */
function withFolder(address: string, folder: string): string {
  const url = new URL(address);
  url.searchParams.set('folder', folder);
  return url.href;
}

/** Workspace trust is on, and the folder of this workbench isn't trusted. */
describe('an untrusted workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'untrusted-'));
  let workbench: LaunchedWorkbench;

  function writeWorkspace(workspaceSettings: object): void {
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(workspaceSettings));
  }

  /** Reloads the window with these workspace and user settings. */
  async function open(workspace: object, user: Readonly<Record<string, unknown>>) {
    writeWorkspace(workspace);
    await workbench.reload({ 'sqlServerKeys.signIn': undefined, ...user });
    return workbench.openView('Azure');
  }

  /** Creates a server key from a pasted key identifier. */
  async function createServerKey(tree: TreeView): Promise<void> {
    await (await tree.reveal('Contoso Production', server)).choose('Create Server Key…');
    await (await workbench.quickPick(asks.source)).pick('Paste a key identifier…');
    const input = await workbench.inputBox(asks.paste);
    await input.fill(
      `https://kv-billing.vault.azure.net/keys/tde-billing/${await versionOf('kv-billing', 'tde-billing')}`,
    );
    await input.accept();
    const summary = await workbench.quickPick(asks.summary);
    await summary.pick(`Create server key on "${server}"`);
    await workbench.waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    assert.equal((await serverKeys(server)).length, 1);
  }

  /** The providers and scopes of the tokens that the last window with a token request has requested. */
  const asked = (): string[] => [...new Set(workbench.logText('Test Sign-In').match(/[\w-]+: asked for .*/g))];

  const launched = launchedWith(async () => {
    // The first test doesn't reload the window. Its user has the public cloud.
    writeWorkspace(cloudSettings);
    return {
      vsix: [await packageSignInExtension(), vsix],
      folder,
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    };
  });

  before(async () => {
    workbench = launched();
    await workbench.page
      .getByRole('button', { name: /^Restricted Mode/ })
      .first()
      .waitFor();
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('never makes a user of the public cloud sign in to another one', async () => {
    const tree = await workbench.openView('Azure');
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft\.$/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).cancel();
    assert.deepEqual(asked(), ['microsoft: asked for https://management.azure.com/.default']);
    assert.deepEqual(await emulator.requests(), []);
  });

  it("gets only tokens of the user's cloud when the user signs in, reads, and makes a change", async () => {
    const tree = await open({}, cloudSettings);
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft Sovereign Cloud/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).pick(dba);
    await tree.row('Contoso Production').state();
    assert.deepEqual(asked(), [`microsoft-sovereign-cloud: asked for ${emulator.arm}/.default`]);

    // Reading the servers and changing one request tokens, too.
    await serversWithState(tree);
    await createServerKey(tree);
    const users = `microsoft-sovereign-cloud: asked for ${emulator.arm}/.default`;
    assert.ok(
      asked().every((line) => line.startsWith(users)),
      asked().join('\n'),
    );
  });

  it("never gets a token of the user's cloud if it names another cloud", async () => {
    const log = workbench.logText('Test Sign-In');
    for (const hostile of [
      { 'microsoft-sovereign-cloud.environment': 'USGovernment' },
      { 'microsoft-sovereign-cloud.customEnvironment': { activeDirectoryEndpointUrl: 'https://login.evil.example' } },
    ]) {
      const [setting = ''] = Object.keys(hostile);
      const refused = await open(hostile, cloudSettings);
      const { description } = await refused.row('Cloud set by the workspace').state();
      assert.ok(description.includes(setting), description);
      assert.equal(workbench.logText('Test Sign-In'), log);
    }
  });

  it("doesn't affect the use of this machine's credentials, and the view lists the ignored settings", async () => {
    const hostile = {
      'microsoft-sovereign-cloud.environment': 'USGovernment',
      'azureResourceGroups.selectedSubscriptions': ['another-tenant/another-subscription'],
    };
    const workspace = { ...hostile, 'sqlServerKeys.signIn': 'vscode' };
    const tree = await open(workspace, { ...cloudSettings, ...machineSignIn });
    await rootsWhen(tree, 'Contoso Development', 'Contoso Production', 'Fabrikam Test');
    const message = await tree.message();
    const ignored = Object.keys(hostile).join(', ');
    assert.ok(message.startsWith(`workspace settings ignored: ${ignored} · 12 servers · `), message);
    await createServerKey(tree);
  });

  it('works in a virtual workspace, too', async () => {
    const url = JSON.stringify(withFolder(workbench.page.url(), 'virtual:/project'));
    await workbench.page.evaluate(`history.replaceState(undefined, '', ${url})`);
    await workbench.reload({ ...cloudSettings, ...machineSignIn });
    const tree = await workbench.openView('Azure');
    await rootsWhen(tree, 'Contoso Development', 'Contoso Production', 'Fabrikam Test');
    await createServerKey(tree);
  });
});
