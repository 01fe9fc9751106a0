import assert from 'node:assert/strict';
import { resolveCloud } from '../../src/core/clouds';
import { configuredCloud, ignoredSettings, selectedSubscriptions, signInMethod } from '../../src/ui/configuration';
import { emulator, info, makeTree } from './makeTree';

/** The workspace settings of run.ts, without those of this extension: VS Code itself ignores them, because of their scope. */
const ignored = [
  'microsoft-sovereign-cloud.environment',
  'microsoft-sovereign-cloud.customEnvironment',
  'azureResourceGroups.selectedSubscriptions',
];

describe('a workspace with hostile settings', () => {
  beforeEach(() => emulator.reset());

  it("doesn't change the cloud, the sign-in method, or the subscriptions", () => {
    const users = resolveCloud('custom', info.settings['microsoft-sovereign-cloud.customEnvironment']);
    assert.deepEqual({ cloud: configuredCloud() }, users);
    assert.equal(signInMethod(), 'azureIdentity');
    assert.deepEqual(selectedSubscriptions(), []);
  });

  it('has its ignored settings listed above the rows', async () => {
    let message = '';
    const tree = makeTree({ setMessage: (text) => (message = text) });
    await tree.getChildren();
    assert.deepEqual([...ignoredSettings()].sort(), [...ignored].sort());
    assert.ok(message.startsWith(`workspace settings ignored: ${ignored.join(', ')} · 12 servers · `), message);
  });
});
