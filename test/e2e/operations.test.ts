import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Change } from '../../src/core/operations/change';
import { until } from '../vscode-host/driver/until';
import { browseTo, browseToSeveral, confirm, openWizard, production } from './createServerKeySteps';
import { emulator, endOperations, holdOperations, serverKeys } from './emulator';
import { killExtensionHost, nextExtensionHost } from './extensionHost';
import { openView, workbench } from './workbench';

const sent = async (wanted: string): Promise<number> =>
  (await emulator.requests()).filter(({ method }) => method === wanted).length;

async function startCreation(): Promise<void> {
  await holdOperations();
  await openWizard();
  await confirm(await browseTo('kv-billing', 'tde-billing'));
  await workbench().waitForToast(/^Creating the server key on "sql-billing-weu"/);
}

describe('operations that are interrupted', () => {
  it('appear in the line above the rows after a reload, until the user opens Show Operations', async () => {
    await startCreation();
    await workbench().reload();
    const tree = await openView();
    await endOperations();
    await tree.messageWhen(/^1 operation ended while you were away · 12 servers/);
    assert.equal((await serverKeys('sql-billing-weu')).length, 1);
    await (await tree.reveal(production, 'sql-billing-weu')).expand();
    await tree.row(production, 'sql-billing-weu', 'kv-billing / tde-billing').state();
    assert.equal(await sent('PUT'), 1);
    assert.deepEqual(await workbench().messages(), []);

    await workbench().palette('SQL Server Keys: Show Operations…');
    const operations = await workbench().quickPick('Select an operation');
    const [first] = await operations.items();
    assert.match(first?.label ?? '', /^Create server key "kv-billing_tde-billing_[0-9a-f]{4}…" on "sql-billing-weu"$/);
    assert.match(first?.detail ?? '', /^done · started /);
    assert.equal(first?.separator, 'new');
    await operations.cancel();
    await tree.messageWhen(/^12 servers/);
  });

  it('continue as a run with the server keys that are missing, after the user has seen them', async () => {
    await holdOperations();
    await openWizard();
    await confirm(await browseToSeveral('tde-billing', 'tde-billing-expiring'));
    await workbench().waitForToast(/^Creating server keys…: 0 of 2$/);
    await until('the first request', async () => (await sent('PUT')) === 1);
    const tree = await openView();
    await nextExtensionHost(killExtensionHost());
    await endOperations();
    await tree.messageWhen(/^1 operation ended while you were away/);
    await workbench().palette('SQL Server Keys: Show Operations…');
    await (await workbench().quickPick('Select an operation')).pick('Create 2 server keys');
    const actions = await workbench().quickPick('What do you want to do?');
    await actions.pick('Continue…');
    const consent = await workbench().modal('Create the missing server key?');
    assert.match(
      consent.detail,
      /^Already there:\n"kv-billing_tde-billing_.*\n\nMissing:\n"kv-billing_tde-billing-expiring_/,
    );
    await consent.choose('Create the Rest');
    await workbench().waitForToast(/^Server key "kv-billing_tde-billing-expiring_.*" is on "sql-billing-weu"\.$/);
    assert.equal(await sent('PUT'), 2);
  });

  it('of another window are waited for, with consent', async () => {
    await openWizard();
    const summary = await browseTo('kv-billing', 'tde-billing');
    const state = await emulator.state();
    const server = state.servers.find(({ name }) => name === 'sql-billing-weu');
    const other = {
      version: 1,
      id: 'other',
      change: { kind: 'assignIdentity', resource: server?.id },
      cloud: emulator.arm,
      owner: { window: 'other', host: hostname(), pid: process.pid },
      started: Date.now(),
      state: 'sent',
    };
    const folder = join(workbench().globalStorage('sql-server-keys.sql-server-keys'), 'operations');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'other.json'), JSON.stringify(other));
    await confirm(summary);
    const wait = await workbench().modal('Another window is changing "sql-billing-weu". Wait until it has finished?');
    assert.equal(wait.detail, 'Assign an identity to "sql-billing-weu".');
    await wait.choose('Wait');
    await workbench().waitForToast(/^Waiting for another window/);
    assert.equal(await sent('PUT'), 0);
    await writeFile(join(folder, 'other.json'), JSON.stringify({ ...other, state: 'succeeded' }));
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
  });
});

describe('Show Operations', () => {
  const show = async () => {
    await workbench().palette('SQL Server Keys: Show Operations…');
    return workbench().quickPick('Select an operation');
  };
  const act = async (action: string) => (await workbench().quickPick('What do you want to do?')).pick(action);

  it('connects, follows a change of an earlier window, and stops on request', async () => {
    await startCreation();
    await workbench().palette('View: Toggle Primary Side Bar Visibility');
    await workbench().reload();
    const operations = await show();
    const [first] = await operations.items();
    assert.match(first?.detail ?? '', /^running · started /);
    await operations.pick(first?.label ?? '');
    await act('Stop Waiting');
    // The list shows the operations as they were when it opened, and the request that runs ends first.
    await until('an operation that is no longer waited for', async () => {
      const list = await show();
      const [stopped] = await list.items();
      await list.cancel();
      return stopped?.detail.startsWith('stopped waiting, result not known · started ');
    });
    assert.equal(await sent('PUT'), 1);
  });

  /** Enters a change of a window that has gone, which is not there. */
  async function enterRefusal(change: Change): Promise<void> {
    const folder = join(workbench().globalStorage('sql-server-keys.sql-server-keys'), 'operations');
    await mkdir(folder, { recursive: true });
    const entry = {
      version: 1,
      id: change.kind,
      change,
      cloud: emulator.arm,
      owner: { window: 'gone', host: hostname(), pid: process.pid },
      started: Date.now(),
      ended: Date.now(),
      state: 'failed',
      failure: { code: 'ChangeNotThere', message: '' },
    };
    await writeFile(join(folder, `${change.kind}.json`), JSON.stringify(entry));
  }

  it('applies a fix again that has not been made, with consent', async () => {
    const vault = (await emulator.state()).vaults.find(({ name }) => name === 'kv-nopurge') ?? assert.fail();
    await enterRefusal({ kind: 'enablePurgeProtection', resource: vault.id });
    await (await show()).pick('Turn on purge protection of "kv-nopurge"');
    await act('Try Again…');
    await (await workbench().modal(/^Turn on purge protection of "kv-nopurge"\?/)).choose('Turn On');
    await workbench().waitForToast(/^Azure has made the change: Turn on purge protection of "kv-nopurge"\.$/);
    assert.equal(await sent('PATCH'), 1);
  });

  it('deletes a server key again that is still there, after the user types the name', async () => {
    const name = `kv-orders_tde-orders-old_${'0123456789abcdef'.repeat(2)}`;
    const state = await emulator.state();
    const server = state.servers.find((one) => one.name === 'sql-orders-weu') ?? assert.fail();
    const [key] = server.keys;
    assert.ok(key);
    const uri = `https://kv-orders.vault.azure.net/keys/tde-orders-old/${name.slice(-32)}`;
    server.keys.push({ ...key, name, uri });
    await emulator.reset(state);
    await enterRefusal({ kind: 'deleteServerKey', resource: `${server.id}/keys/${name}` });
    await emulator.options({ latency: 400 });
    await (await show()).pick('Delete server key "kv-orders_tde-orders-old_0123…" from "sql-orders-weu"');
    await act('Try Again…');
    const input = await workbench().inputBox(/Type "tde-orders-old"/);
    await input.fill('tde-orders-old');
    await input.accept();
    await workbench().waitForToast(/^Server key ".*" is no longer on "sql-orders-weu"\.$/);
    assert.equal(await sent('DELETE'), 1);
  });
});
