import assert from 'node:assert/strict';
import { machineSignIn } from '../vscode';
import { emulator } from './emulator';
import { workbench } from './workbench';

/** The VS Code of the tests comes without its Microsoft sign-in. */
describe('a VS Code without Microsoft sign-in', () => {
  after(() => workbench().setSettings(machineSignIn));

  it('says so in words, and asks Azure nothing', async () => {
    await workbench().setSettings({ 'sqlServerKeys.signIn': undefined });
    const tree = await workbench().openView('Azure');
    const { description } = await tree.row('Sign-in not available').state();
    assert.match(description, /^VS Code offers no sign-in to this cloud/);
    assert.deepEqual(await emulator.requests(), []);
  });
});
