import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, viewId } from '../../src/ui/ids';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

const extensionId = 'sql-server-keys.sql-server-keys';
const emulator = attachEmulator(JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo);

describe('activation', () => {
  it('does not happen before somebody uses the extension, and asks nothing of Azure', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.equal(extension?.isActive, false);
    await extension.activate();
    assert.deepEqual(await emulator.requests(), []);
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    const missing = Object.values(commandIds).filter((id) => !registered.includes(id));
    assert.deepEqual(missing, []);
  });

  it('lists subscriptions and servers with two requests, once the view is opened', async () => {
    await emulator.clearRequests();
    await vscode.commands.executeCommand(`${viewId}.focus`);
    const deadline = Date.now() + 15_000;
    let asked: string[] = [];
    while (asked.length < 2) {
      assert.ok(Date.now() < deadline, `Azure was only asked for ${asked.join(', ')}`);
      asked = (await emulator.requests()).map(({ method, path }) => `${method} ${path}`);
    }
    // What comes after is the keys of the servers in sight.
    assert.deepEqual(asked.slice(0, 2), ['GET /subscriptions', 'POST /providers/Microsoft.ResourceGraph/resources']);
  });
});
