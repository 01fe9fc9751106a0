import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageSignInExtension } from '../signInExtension/package';
import { machineSignIn, vsix } from '../vscode';
import type { LaunchedWorkbench } from '../vscode-host/driver/launch';
import { cloudSettings, emulator } from './emulator';
import { launchedWith } from './launched';
import { rootsWhen, serversWithState } from './treeRows';

const dba = 'dba@contoso.example';
const publicCloud = Object.fromEntries(Object.keys(cloudSettings).map((name) => [name, undefined]));

/** Workspace trust is on, and the folder of this workbench isn't trusted. */
describe('an untrusted workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'untrusted-'));
  let workbench: LaunchedWorkbench;

  /** Reloads the window with these workspace and user settings. */
  async function open(workspace: object, user: Readonly<Record<string, unknown>>) {
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(workspace));
    await workbench.setSettings({ 'sqlServerKeys.signIn': undefined, ...user });
    return workbench.openView('Azure');
  }

  /** The providers and scopes of the tokens that the last window with a token request has requested. */
  const asked = (): string[] => [...new Set(workbench.logText('Test Sign-In').match(/[\w-]+: asked for .*/g))];

  const launched = launchedWith(async () => ({
    vsix: [await packageSignInExtension(), vsix],
    folder,
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  }));

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
    const tree = await open(cloudSettings, publicCloud);
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft\.$/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).cancel();
    assert.deepEqual(asked(), ['microsoft: asked for https://management.azure.com/.default']);
    assert.deepEqual(await emulator.requests(), []);
  });

  it("never gets a token of the user's cloud", async () => {
    const tree = await open({}, cloudSettings);
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft Sovereign Cloud/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).pick(dba);
    await tree.row('Contoso Production').state();
    assert.deepEqual(asked(), [`microsoft-sovereign-cloud: asked for ${emulator.arm}/.default`]);

    // Reading the servers requests tokens, too.
    await serversWithState(tree);
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
    assert.ok(message.startsWith(`workspace settings ignored: ${ignored} · 12 servers · as of `), message);
  });
});
