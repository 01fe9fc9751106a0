import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageSignInExtension } from '../signInExtension/package';
import { machineSignIn, vsix } from '../vscode';
import type { LaunchedWorkbench } from '../vscode-host/driver/launch';
import { cloudSettings, emulator } from './emulator';
import { launchedWith } from './launched';
import { serversWithState } from './treeRows';

const dba = 'dba@contoso.example';
const publicCloud = Object.fromEntries(Object.keys(cloudSettings).map((name) => [name, undefined]));

/** Trust is on, and the folder of this workbench is not trusted: its settings are those of a stranger. */
describe('the settings of a workspace that nobody trusts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'untrusted-'));
  let workbench: LaunchedWorkbench;

  /** Has the folder and the user ask for these settings. */
  async function open(workspace: object, user: Readonly<Record<string, unknown>>) {
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(workspace));
    await workbench.setSettings({ 'sqlServerKeys.signIn': undefined, ...user });
    return workbench.openView('Azure');
  }

  /** What tokens were asked for in the last window that asked for one, and of which provider. */
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

  it('never send a user of the public cloud to another one', async () => {
    const tree = await open(cloudSettings, publicCloud);
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft\.$/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).cancel();
    assert.deepEqual(asked(), ['microsoft: asked for https://management.azure.com/.default']);
    assert.deepEqual(await emulator.requests(), []);
  });

  it("never take a token of the user's cloud to another one", async () => {
    const tree = await open({}, cloudSettings);
    await tree.messageWhen(/^Sign in to see/);
    await tree.pressButton('Sign In with a Microsoft Account');
    await (await workbench.modal(/wants to sign in using Microsoft Sovereign Cloud/)).choose('Allow');
    await (await workbench.quickPick('Pick an account')).pick(dba);
    await tree.row('Contoso Production').state();
    assert.deepEqual(asked(), [`microsoft-sovereign-cloud: asked for ${emulator.arm}/.default`]);

    // Whatever reads the servers asks for tokens too.
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

  it('do not keep anybody from the sign-in of this machine', async () => {
    const hostile = { 'microsoft-sovereign-cloud.environment': 'USGovernment', 'sqlServerKeys.signIn': 'vscode' };
    const tree = await open(hostile, { ...cloudSettings, ...machineSignIn });
    await tree.row('Contoso Production').state();
  });
});
