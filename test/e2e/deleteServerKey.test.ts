import assert from 'node:assert/strict';
import type { Server } from '../emulator/base/state';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { RowState } from '../vscode-host/driver/inPage';
import type { Modal } from '../vscode-host/driver/modal';
import type { TreeView } from '../vscode-host/driver/treeView';
import { emulator, endOperations, holdOperations } from './emulator';
import { openTree, workbench } from './workbench';

const production = 'Contoso Production';
const server = 'sql-orders-weu';
/** A server key that is not the TDE protector. */
const name = `kv-orders_tde-orders-old_${'0123456789abcdef'.repeat(2)}`;
const label = 'kv-orders / tde-orders-old';
/** What the user types to delete it. */
const vaultKey = 'tde-orders-old';

async function changeServer(change: (found: Server) => Server): Promise<void> {
  const state = await emulator.state();
  await emulator.reset({
    ...state,
    servers: state.servers.map((found) => (found.name === server ? change(found) : found)),
  });
}

async function openKeys(): Promise<TreeView> {
  const tree = await openTree();
  await (await tree.reveal(production, server)).expand();
  await tree.row(production, server, label).state();
  return tree;
}

/** Returns the labels of the rows below the server. */
function keyLabels(rows: readonly RowState[]): string[] {
  const below = rows.slice(rows.findIndex((row) => row.label === server) + 1);
  return below
    .slice(
      0,
      below.findIndex(({ level }) => level < 3),
    )
    .map((row) => row.label);
}

async function keyNames(): Promise<string[]> {
  const state = await emulator.state();
  return state.servers.find((found) => found.name === server)?.keys.map((key) => key.name) ?? [];
}

const hasSentDelete = async (): Promise<boolean> =>
  (await emulator.requests()).some(({ method }) => method === 'DELETE');

/** Deletes the server key with the command of its row. */
async function remove(tree: TreeView): Promise<void> {
  await tree.row(production, server, label).choose('Delete Server Key…');
  const input = await workbench().inputBox(/Type "tde-orders-old" to delete the server key/);
  await input.fill(vaultKey);
  await input.accept();
}

describe('Delete Server Key', () => {
  beforeEach(() =>
    changeServer((found) => {
      const [key] = found.keys;
      assert.ok(key);
      const uri = `https://kv-orders.vault.azure.net/keys/tde-orders-old/${name.slice(-32)}`;
      return { ...found, keys: [...found.keys, { ...key, name, uri }] };
    }),
  );

  it('deletes a server key after the user types the name of its key, and removes its row', async () => {
    await emulator.options({ operationMs: 500 });
    const tree = await openKeys();
    await tree.row(production, server, label).choose('Delete Server Key…');
    const input = await workbench().inputBox(
      /Type "tde-orders-old" to delete the server key "kv-orders_tde-orders-old_0123…" from "sql-orders-weu"\./,
    );
    await workbench().screenshot('delete-confirm');
    await input.press('Copy Queries for the Active Log');
    assert.match(await workbench().clipboard(/dm_db_log_info/), /sys\.dm_database_encryption_keys/);
    await input.accept();
    assert.equal((await input.validation(/^Type the whole/)).message, `Type the whole name: ${vaultKey}`);
    await input.fill('something');
    assert.equal((await input.validation(/^This/)).message, `This isn't the name to type: ${vaultKey}`);
    await input.fill(vaultKey.slice(0, 10));
    await input.accept();
    assert.equal((await input.validation(/^Type the whole/)).message, `Type the whole name: ${vaultKey}`);
    await input.fill(vaultKey);
    await input.accept();
    await workbench().waitForToast('Server key "kv-orders_tde-orders-old_0123…" is no longer on "sql-orders-weu".');
    assert.equal((await keyNames()).includes(name), false);
    await tree.rowsWhen('without it', (rows) => !keyLabels(rows).includes(label));
  });

  it('reads again, on request, whether the server key is gone if the result of its deletion is unknown', async () => {
    // VS Code shows at most three toasts within 800 ms.
    await emulator.options({ latency: 400 });
    const tree = await openKeys();
    await tree.row(production, server, label).choose('Delete Server Key…');
    const input = await workbench().inputBox(/Type "tde-orders-old"/);
    await input.fill(vaultKey);
    await emulator.addFault({ match: { method: 'DELETE', path: server }, behavior: 'reset', when: 'afterEffect' });
    await emulator.addFault({ match: { method: 'GET', path: `/${server}/keys$` }, status: 403 });
    await input.accept();
    const unknown = await workbench().waitForToast(/^Azure may have made the change/);
    assert.deepEqual(unknown.buttons, ['Check Again', 'Show Details', 'Open Documentation']);
    await emulator.clearFaults();
    await unknown.press('Check Again');
    await workbench().waitForToast(/^Server key ".*" is no longer on "sql-orders-weu"\.$/);
    assert.equal((await emulator.requests()).filter(({ method }) => method === 'DELETE').length, 1);
  });

  it('offers to register a missing resource provider, and deletes the server key afterwards', async () => {
    const state = await emulator.state();
    for (const { subscriptionId } of state.subscriptions) {
      const scope = `/subscriptions/${subscriptionId}`;
      state.roleAssignments.push({ name: scope, scope, principalId: state.caller, roleId: roles.contributor });
    }
    await emulator.reset(state);
    const tree = await openKeys();
    await emulator.options({ operationMs: 1000 });
    await emulator.addFault({
      match: { method: 'DELETE', path: server },
      code: 'MissingSubscriptionRegistration',
      message: "The subscription is not registered to use namespace 'Microsoft.Sql'.",
      status: 409,
      times: 1,
    });
    await remove(tree);
    const failure = await workbench().waitForToast(/^The resource provider isn't registered in the subscription/);
    await failure.press('Register Resource Provider…');
    const consent = await workbench().modal(/^Register the resource provider "Microsoft\.Sql"\?/);
    await consent.choose('Register');
    await workbench().waitForToast('The resource provider is registered. Run the command again.');
    await remove(tree);
    await workbench().waitForToast(/^Server key ".*" is no longer on "sql-orders-weu"\.$/);
  });

  it('waits, with consent, for an operation that runs on the server, if the account can see it', async () => {
    const tree = await openKeys();
    await emulator.options({ operationMs: 600_000, latency: 400 });
    const [kept = ''] = await keyNames();
    await remove(tree);
    await workbench().waitForToast(/^Deleting the server key/);
    await remove(tree);
    const wait = await workbench().modal('An operation is running. Delete the server key after it has finished?');
    assert.match(wait.detail, /^Running on "sql-orders-weu": /);
    await wait.choose('Cancel');
    await emulator.options({ operationMs: 0 });
    await workbench().waitForToast(/^Server key ".*" is no longer on "sql-orders-weu"\.$/);
    assert.ok((await keyNames()).includes(kept));
    assert.equal((await emulator.requests()).filter(({ method }) => method === 'DELETE').length, 1);
  });

  it('asks for the server and the key when invoked from the palette', async () => {
    await openKeys();
    await workbench().palette('SQL Server Keys: Delete Server Key…');
    const servers = await workbench().quickPick('Select the SQL server');
    await servers.filter(server);
    await servers.pick(server);
    await (await workbench().quickPick('Select the server key of "sql-orders-weu"')).pick(label);
    const input = await workbench().inputBox(
      /^Backups that never expire may need the server key\..*Type "tde-orders-old"/s,
    );
    await input.press('Show What Needs the Key');
    await workbench().preview(/Is server key "kv-orders_tde-orders-old_0123…" of "sql-orders-weu" still needed/);
  });

  it('refuses while a database is inaccessible, because Azure does not show which key it needs', async () => {
    await changeServer(({ databases: [first, ...others], ...found }) => ({
      ...found,
      databases: [...(first ? [{ ...first, status: 'Inaccessible' as const }] : []), ...others],
    }));
    const tree = await openKeys();
    await tree.row(production, server, label).choose('Delete Server Key…');
    const refusal = await workbench().waitForToast(/^Server key ".*" not deleted\. The database ".*" is inaccessible/);
    assert.deepEqual(refusal.buttons, ['Show What Needs the Key']);
    assert.equal(await hasSentDelete(), false);
  });

  it("says that Azure can't find the server if a refresh removes it before the user picks it", async () => {
    const tree = await openKeys();
    await workbench().palette('SQL Server Keys: Delete Server Key…');
    const servers = await workbench().quickPick('Select the SQL server');
    await servers.items();
    const state = await emulator.state();
    await emulator.reset({ ...state, servers: state.servers.filter((found) => found.name !== server) });
    await tree.titleAction('Refresh');
    await tree.row(production, server).gone();
    await servers.filter(server);
    await servers.pick(server);
    await workbench().waitForToast(/^Azure can't find the server "sql-orders-weu"\./);
  });

  it('refuses to delete the service-managed key and the TDE protector, and says why', async () => {
    const tree = await openKeys();
    await tree.row(production, server, 'kv-orders / tde-orders').choose('Delete Server Key…');
    const refusal = await workbench().waitForToast(
      /^This server key can't be deleted because it is the TDE protector of "sql-orders-weu"/,
    );
    await refusal.press('Make Another Key TDE Protector…');
    await (await workbench().quickPick(/^Select the server key of "sql-orders-weu"/)).items();
    await tree.row(production, server, 'Service-managed key').choose('Delete Server Key…');
    await workbench().waitForToast(/^The service-managed key of "sql-orders-weu" can't be deleted/);
    assert.equal(await hasSentDelete(), false);
  });

  it('reads the current TDE protector, and keeps a key that became the protector after the tree was read', async () => {
    const tree = await openKeys();
    await changeServer((found) => ({ ...found, protector: { ...found.protector, serverKeyName: name } }));
    await tree.row(production, server, label).choose('Delete Server Key…');
    await workbench().waitForToast(/it is the TDE protector of "sql-orders-weu"/);
    assert.equal(await hasSentDelete(), false);
  });

  it('shows an error if Azure refuses, and keeps the row', async () => {
    const tree = await openKeys();
    await emulator.addFault({
      match: { method: 'DELETE', path: '/keys/' },
      when: 'poll',
      code: 'AzureKeyVaultKeyInUse',
    });
    await remove(tree);
    const toast = await workbench().waitForToast(/^The server key .* can't be deleted because it is in use\./);
    assert.equal(toast.severity, 'error');
    await tree.rowsWhen('still with it', (rows) => keyLabels(rows).includes(label));
  });

  it('stops waiting on Cancel, and still shows the result', async () => {
    await holdOperations();
    const tree = await openKeys();
    await remove(tree);
    const progress = await workbench().waitForToast(/^Deleting the server key/);
    assert.deepEqual(progress.buttons, ['Cancel']);
    await progress.press('Cancel');
    await workbench().waitForToast(/^Stopped waiting\. Azure may still delete the server key/);
    assert.ok((await keyNames()).includes(name));
    await endOperations();
    await workbench().waitForToast(/is no longer on "sql-orders-weu"\.$/);
    await tree.rowsWhen('without it', (rows) => !keyLabels(rows).includes(label));
  });

  it('asks with a button if the setting says so, also that of Azure Resources', async () => {
    await emulator.options({ operationMs: 1000 });
    const tree = await openKeys();
    const remove = async (): Promise<Modal> => {
      await tree.row(production, server, label).choose('Delete Server Key…');
      return workbench().modal('Delete the server key "kv-orders_tde-orders-old_0123…" from "sql-orders-weu"?');
    };
    try {
      await workbench().setSettings({ 'azureResourceGroups.deleteConfirmation': 'ClickButton' });
      await (await remove()).choose('Cancel');
      await workbench().setSettings({ 'sqlServerKeys.deleteConfirmation': 'clickButton' });
      const consent = await remove();
      assert.match(consent.detail, /The vault key isn't deleted\. To restore backups/);
      assert.ok(consent.buttons.includes('Copy Queries for the Active Log'));
      assert.equal(await hasSentDelete(), false);
      await consent.choose('Delete');
      await workbench().waitForToast('Server key "kv-orders_tde-orders-old_0123…" is no longer on "sql-orders-weu".');
    } finally {
      const names = ['azureResourceGroups.deleteConfirmation', 'sqlServerKeys.deleteConfirmation'];
      await workbench().setSettings(Object.fromEntries(names.map((one) => [one, undefined])));
    }
  });

  it('does nothing on Esc', async () => {
    const tree = await openKeys();
    await tree.row(production, server, label).choose('Delete Server Key…');
    await (await workbench().inputBox(/Type ".*" to delete the server key/)).cancel();
    assert.equal(await hasSentDelete(), false);
    assert.deepEqual(await workbench().messages(), []);
  });
});
