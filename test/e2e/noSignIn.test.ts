import assert from 'node:assert/strict';
import { machineSignIn } from '../vscode';
import { emulator } from './emulator';
import { openTree, workbench } from './workbench';

/** VS Code has no Microsoft sign-in in tests, except for the test extension. */
describe('VS Code without its Microsoft sign-in', () => {
  after(() => workbench().setSettings(machineSignIn));

  it('is reported in the view, and Azure receives no request', async () => {
    // Once the tree is open, no more requests follow.
    await openTree();
    await emulator.clearRequests();
    await workbench().setSettings({ 'sqlServerKeys.signIn': undefined });
    const tree = await workbench().openView('Azure');
    const { description } = await tree.row('Sign-in not available').state();
    assert.match(description, /^VS Code can't sign in to this cloud/);
    assert.deepEqual(await emulator.requests(), []);
  });
});
