import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Node } from '../../src/ui/tree/nodes';
import { commandIds } from '../../src/ui/ids';
import { emulator, makeTree } from './makeTree';

const id = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Sql/servers/forged';
const subscription = { id: 's', name: 'forged', tenantId: '/#create/attacker' };
const group = { kind: 'group', by: 'subscription', id: '/subscriptions/s', name: 'forged', subscription, servers: [] };
const server = { kind: 'server', parent: group, server: { id, name: 'forged', subscriptionId: 's' } };
const serverKey = { kind: 'serverKey', parent: server, key: { id: '/any', name: 'forged', uri: 'https://forged' } };
const diagnosis = { code: 'Forged', title: 'Forged', what: '', cause: '', steps: [], link: 'command:forged' };
const forged: readonly unknown[] = [
  group,
  server,
  serverKey,
  { kind: 'failure', diagnosis, others: [] },
  { kind: 'server' },
  'forged',
  7,
  {},
  vscode.Uri.parse('https://forged'),
];

const refusal = /accepts only rows of SQL Server Keys and servers of Azure Resources/;

describe('arguments that the tree did not make', () => {
  for (const command of Object.values(commandIds)) {
    it(`are refused by ${command}`, async () => {
      await emulator.clearRequests();
      const before = vscode.workspace.getConfiguration('sqlServerKeys').get('signIn');
      await vscode.env.clipboard.writeText('before');
      for (const argument of forged) {
        await assert.rejects(Promise.resolve(vscode.commands.executeCommand(command, argument)), refusal);
        const both = vscode.commands.executeCommand(command, argument, [argument]);
        await assert.rejects(Promise.resolve(both), refusal);
      }
      assert.equal(await vscode.env.clipboard.readText(), 'before');
      assert.equal(vscode.workspace.getConfiguration('sqlServerKeys').get('signIn'), before);
      const changes = (await emulator.requests()).filter(({ method }) => method !== 'GET' && method !== 'POST');
      assert.deepEqual(changes, []);
    });
  }
});

describe('the tree', () => {
  it('knows the rows that it made, and neither their copies nor the rows of another tree', async () => {
    await emulator.reset();
    const [tree, other] = [makeTree(), makeTree()];
    const groups = await tree.getChildren();
    const servers = await tree.getChildren(groups[0]);
    const keys = await tree.getChildren(servers[0]);
    const rows: readonly Node[] = [...groups, ...servers, ...keys];
    assert.ok(keys.length > 0);
    for (const row of rows) {
      assert.equal(tree.isRow(row), true);
      assert.equal(tree.isRow({ ...row }), false);
      assert.equal(other.isRow(row), false);
    }
    for (const value of forged) assert.equal(tree.isRow(value), false);
  });
});
