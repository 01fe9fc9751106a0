import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, viewId } from '../../src/ui/ids';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';

const extensionId = 'sql-server-keys.sql-server-keys';
const emulator = attachEmulator(JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo);

describe('activation', () => {
  it('happens only when the extension is used, and sends no request to Azure', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.equal(extension?.isActive, false);
    await extension.activate();
    assert.deepEqual(await emulator.requests(), []);
  });

  it('tries again to load the rest after that has failed', async () => {
    const { extensionPath = '' } = vscode.extensions.getExtension(extensionId) ?? {};
    const rest = join(extensionPath, 'dist/firstUse.mjs');
    const use = async () => vscode.commands.executeCommand(commandIds.refreshNode);
    renameSync(rest, `${rest}.away`);
    try {
      await assert.rejects(use, /firstUse/);
    } finally {
      renameSync(`${rest}.away`, rest);
    }
    await use();
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    const missing = Object.values(commandIds).filter((id) => !registered.includes(id));
    assert.deepEqual(missing, []);
  });

  it('lists subscriptions and servers with two requests when the view opens', async () => {
    await emulator.clearRequests();
    await vscode.commands.executeCommand(`${viewId}.focus`);
    const deadline = Date.now() + 15_000;
    let asked: string[] = [];
    while (asked.length < 2) {
      assert.ok(Date.now() < deadline, `Azure has received only these requests: ${asked.join(', ')}`);
      asked = (await emulator.requests()).map(({ method, path }) => `${method} ${path}`);
    }
    // Further requests read the keys of the visible servers.
    assert.deepEqual(asked.slice(0, 2), ['GET /subscriptions', 'POST /providers/Microsoft.ResourceGraph/resources']);
  });
});
