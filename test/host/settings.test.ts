import assert from 'node:assert/strict';
import { resolveCloud } from '../../src/core/clouds';
import { configuredCloud, ignoredSettings, selectedSubscriptions, signInMethod } from '../../src/ui/configuration';
import { emulator, info, makeTree } from './makeTree';

/** The settings of the workspace that run.ts makes; VS Code itself ignores those of ours, which are not for workspaces. */
const ignored = [
  'microsoft-sovereign-cloud.environment',
  'microsoft-sovereign-cloud.customEnvironment',
  'azureResourceGroups.selectedSubscriptions',
];

describe('a workspace with hostile settings', () => {
  beforeEach(() => emulator.reset());

  it('chooses neither the cloud, the sign-in nor the subscriptions', () => {
    const users = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
    assert.deepEqual({ cloud: configuredCloud() }, users);
    assert.equal(signInMethod(), 'azureIdentity');
    assert.deepEqual(selectedSubscriptions(), []);
  });

  it('is named in the line above the rows', async () => {
    let message = '';
    const tree = makeTree({ setMessage: (text) => (message = text) });
    await tree.getChildren();
    assert.deepEqual([...ignoredSettings()].sort(), [...ignored].sort());
    assert.ok(message.startsWith(`workspace settings ignored: ${ignored.join(', ')} · 12 servers · `), message);
  });
});
