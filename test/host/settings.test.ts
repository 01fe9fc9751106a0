import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { resolveCloud } from '../../src/core/clouds';
import {
  configuredCloud,
  ignoredSettings,
  isReadOnly,
  selectedSubscriptions,
  signInMethod,
} from '../../src/ui/configuration';
import { commandIds, viewId } from '../../src/ui/ids';
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
    assert.equal(isReadOnly(), false);
  });

  it('has its ignored settings listed above the rows', async () => {
    let message = '';
    const tree = makeTree({ setMessage: (text) => (message = text) });
    await tree.getChildren();
    assert.deepEqual([...ignoredSettings()].sort(), [...ignored].sort());
    assert.ok(message.startsWith(`workspace settings ignored: ${ignored.join(', ')} · 12 servers · `), message);
  });
});

describe('sqlServerKeys.readOnly', () => {
  const { createServerKey, deleteServerKey, copyDiagnostics } = commandIds;
  const set = (value: unknown) => vscode.workspace.getConfiguration('sqlServerKeys').update('readOnly', value, true);
  const lastFailure = async () => {
    await vscode.commands.executeCommand(copyDiagnostics);
    return /code +(\w+)/.exec(await vscode.env.clipboard.readText())?.[1];
  };

  after(() => set(undefined));

  it('makes the commands that change something refuse to run, at once', async () => {
    for (const id of [createServerKey, deleteServerKey]) {
      await set(true);
      await vscode.commands.executeCommand(id);
      assert.equal(await lastFailure(), 'ExtensionReadOnly');
      await set(false);
      const command = { isRunning: true };
      void vscode.commands.executeCommand(id).then(() => (command.isRunning = false));
      // The command asks for a server.
      while (command.isRunning) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    }
  });

  it('stays on if its value is a mistake', async () => {
    await set('yes');
    assert.equal(isReadOnly(), true);
    await set(undefined);
    assert.equal(isReadOnly(), false);
  });
});

describe('Copy Diagnostics', () => {
  it('adds versions, settings, and counts, without names, IDs, or addresses', async () => {
    await vscode.commands.executeCommand(`${viewId}.focus`);
    let text: string;
    do {
      await vscode.commands.executeCommand(commandIds.copyDiagnostics);
      text = await vscode.env.clipboard.readText();
    } while (!/servers +15$/m.test(text));
    const [, surroundings = ''] = /^(SQL Server Keys \d[\s\S]*)/m.exec(text) ?? [];
    const shown = surroundings.split('\n').map((line) => line.trim().replace(/ {2,}/, ': '));
    const extension = vscode.extensions.getExtension<unknown>('sql-server-keys.sql-server-keys');
    const { version } = (extension?.packageJSON ?? {}) as { readonly version?: string };
    assert.deepEqual(shown.slice(0, -1), [
      `SQL Server Keys ${String(version)}`,
      `VS Code: ${vscode.version}`,
      `host: remote, web, ${process.platform} ${process.arch}`,
      'cloud: custom',
      'sign-in: azureIdentity',
      'read-only: off',
      'filter: off',
      'accounts: 1',
      'tenants: 1',
      'subscriptions: 3',
      'servers: 15',
    ]);
    assert.match(shown.at(-1) ?? '', /^as of: \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  });
});
