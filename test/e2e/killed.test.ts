import assert from 'node:assert/strict';
import type { TreeView } from '../vscode-host/driver/treeView';
import { until } from '../vscode-host/driver/until';
import { browseTo, browseToSeveral, confirm, production, quickPick } from './createServerKeySteps';
import { emulator, serverKeys } from './emulator';
import { killExtensionHost, nextExtensionHost } from './extensionHost';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

/** The server that gets a server key, the one that loses one, and those of the run. */
const creating = 'sql-billing-weu';
const deleting = 'sql-orders-weu';
const running = ['sql-run-1', 'sql-run-2', 'sql-run-3', 'sql-run-4'];

const created = 'kv-billing / tde-billing';
const deleted = 'kv-orders / tde-orders-old';
const deletedName = `kv-orders_tde-orders-old_${'0123456789abcdef'.repeat(2)}`;

/** Adds the servers of the run, copies of one whose identity can use the key, and the server key to delete. */
async function prepare(): Promise<void> {
  const state = await emulator.state();
  const original = state.servers.find(({ name }) => name === 'sql-dev-weu') ?? assert.fail();
  const copies = running.map((name) => ({ ...original, name, id: original.id.replace('sql-dev-weu', name) }));
  const { keys } = state.servers.find(({ name }) => name === deleting) ?? assert.fail();
  const uri = `https://kv-orders.vault.azure.net/keys/tde-orders-old/${deletedName.slice(-32)}`;
  keys.push({ name: deletedName, uri, thumbprint: '00', creationDate: new Date().toISOString() });
  await emulator.reset({ ...state, servers: [...state.servers, ...copies] });
}

/** Starts a deletion, a creation, and a run of four. */
async function startAll(tree: TreeView): Promise<void> {
  await (await tree.reveal(production, deleting, deleted)).choose('Delete Server Key…');
  const input = await workbench().inputBox(/Type "tde-orders-old"/);
  await input.fill('tde-orders-old');
  await input.accept();
  await tree.row(production, creating).inlineAction('Create Server Key…');
  await confirm(await browseTo('kv-billing', 'tde-billing'));
  await workbench().palette('SQL Server Keys: Create Server Key…');
  const servers = await quickPick(asks.server);
  await servers.filter('several');
  await servers.pick('Select several servers…');
  await (await quickPick(/^Select the SQL servers/)).pickMany(...running);
  await confirm(await browseToSeveral('tde-billing'));
}

/** What Show Operations says about the operations of this test: the heading above them and their states. */
async function shownOperations(): Promise<string[]> {
  await workbench().palette('SQL Server Keys: Show Operations…');
  const list = await quickPick('Select an operation');
  const three = (await list.items()).slice(0, 3);
  await list.cancel();
  const states = three.map(({ label, detail }) => `${label.replace(/ "kv.*/, '')}: ${detail.replace(/ · .*/, '')}`);
  return [three[0]?.separator ?? '', ...states];
}

/** All changes are in Azure or none, the tree shows the same, and each request has been sent once. */
async function assertChanges(tree: TreeView, areMade: boolean): Promise<void> {
  for (const server of [creating, ...running]) assert.equal((await serverKeys(server)).length, areMade ? 1 : 0, server);
  assert.equal((await serverKeys(deleting)).includes(deletedName), !areMade);
  for (const server of [creating, deleting, ...running.slice(-1)]) {
    await tree.row(server).expand();
    await tree.row(server, 'Service-managed key').state();
    const shown = (await tree.rows()).map(({ label }) => label);
    const label = server === deleting ? deleted : created;
    assert.equal(shown.includes(label), areMade === (server !== deleting), `${label} of ${server}`);
    await tree.row(server).collapse();
  }
  const changes = (await emulator.requests()).filter(({ method }) => method === 'PUT' || method === 'DELETE');
  assert.equal(changes.length, 6);
  assert.equal(new Set(changes.map(({ path }) => path)).size, 6);
}

/** The questions to Azure how an operation has ended. */
const polls = async () => (await emulator.requests()).filter(({ path }) => path.includes('AzureAsyncOperation/'));
const lastConnection = async () => Math.max(...(await polls()).map(({ connection }) => connection));

const threeEnded = '3 operations ended while you were away · 16 servers';
/** Waits until the extension reports how the operations ended. On a busy machine, VS Code restarts slowly. */
const endsReported = (tree: TreeView, meanwhile?: () => Promise<void>): Promise<boolean> =>
  until(
    'three ends',
    async () => {
      await meanwhile?.();
      return (await tree.message()).startsWith(threeEnded);
    },
    60_000,
  );
const allDone = ['new', 'Create 4 server keys: done', 'Create server key: done', 'Delete server key: done'];

describe('an extension host that is killed', () => {
  let tree: TreeView;
  beforeEach(async () => {
    await prepare();
    tree = await openTree();
  });

  it('before its requests have an effect, has changed nothing, and says so', async () => {
    await emulator.addFault([
      { match: { method: 'PUT', path: '' }, behavior: 'hang', times: 5 },
      { match: { method: 'DELETE', path: '' }, behavior: 'hang', times: 1 },
    ]);
    await startAll(tree);
    await until('six requests', async () => (await emulator.faults()).every(({ times }) => times === 0));
    await nextExtensionHost(killExtensionHost());
    await endsReported(tree);
    assert.deepEqual(await shownOperations(), [
      'new',
      'Create 4 server keys: not complete',
      "Create server key: not done: the change isn't there",
      "Delete server key: not done: the change isn't there",
    ]);
    await assertChanges(tree, false);
  });

  it('while Azure makes its changes, waits for their ends after the restart, and tells them', async () => {
    await emulator.options({ operationMs: 600_000 });
    await startAll(tree);
    await until('six operations', async () => new Set((await polls()).map(({ path }) => path)).size === 6);
    const killed = killExtensionHost();
    const before = await lastConnection();
    await nextExtensionHost(killed);
    await until('question of the next extension host', async () => (await lastConnection()) > before, 60_000);
    assert.deepEqual(await shownOperations(), [
      'running',
      'Create 4 server keys: running',
      'Create server key: running',
      'Delete server key: running',
    ]);
    await emulator.options({ operationMs: 0 });
    await endsReported(tree);
    assert.deepEqual(await shownOperations(), allDone);
    await assertChanges(tree, true);
  });

  it('after Azure has made its changes, but before it has read the result, tells that all are done', async () => {
    const reads = 'AzureAsyncOperation|OperationResults|/servers/sql-(billing-weu|run-\\d)/keys/';
    await emulator.addFault({ match: { method: 'GET', path: reads }, behavior: 'hang' });
    await startAll(tree);
    await until('six changes', async () => {
      const keys = await Promise.all([creating, ...running].map(serverKeys));
      return keys.every(({ length }) => length === 1) && !(await serverKeys(deleting)).includes(deletedName);
    });
    killExtensionHost();
    await emulator.clearFaults();
    // VS Code starts an extension host again by itself, but not the third within five minutes.
    const restart = workbench().page.getByRole('button', { name: 'Restart Remote Extension Host' });
    await endsReported(tree, async () => {
      if (await restart.isVisible()) await restart.click();
    });
    assert.deepEqual(await shownOperations(), allDone);
    await assertChanges(tree, true);
  });
});
