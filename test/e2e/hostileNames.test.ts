import assert from 'node:assert/strict';
import type { State } from '../emulator/base/state';
import type { TreeView } from '../vscode-host/driver/treeView';
import { emulator, endOperations, holdOperations } from './emulator';
import { serversWithState } from './treeRows';
import { openTree, workbench } from './workbench';

const link = '[x](command:workbench.action.quit)';
const row = /^\[x\] ?\(command:workbench\.action\.quit\)$/;
const icon = '$(bug) bugs';
/** A server key that is not the TDE protector. */
const keyName = `kv-orders_tde-orders-old_${'0123456789abcdef'.repeat(2)}`;

/** The server and the subscription of the production servers have names that VS Code could take for a link. */
function hostile(state: State): State {
  const { servers, subscriptions, ...others } = JSON.parse(
    JSON.stringify(state).replaceAll('sql-orders-weu', link),
  ) as State;
  const names: Readonly<Record<string, string>> = { 'Contoso Production': link, 'Contoso Development': icon };
  return {
    ...others,
    subscriptions: subscriptions.map((each) => ({ ...each, displayName: names[each.displayName] ?? each.displayName })),
    servers: servers.map((server) => {
      const uri = `https://kv-orders.vault.azure.net/keys/tde-orders-old/${keyName.slice(-32)}`;
      const [key] = server.keys;
      return key && server.name === link
        ? { ...server, keys: [...server.keys, { ...key, name: keyName, uri }] }
        : server;
    }),
  };
}

const links = (selector: string) => workbench().page.locator(`${selector} a`).count();

describe('a name that looks like a link or an icon', () => {
  let tree: TreeView;
  beforeEach(async () => {
    tree = await openTree();
    await emulator.reset(hostile(await emulator.state()));
    await tree.titleAction('Refresh');
    await tree.row(row).state();
  });

  it('is text in a notification', async () => {
    await tree.row(row).click();
    await workbench().palette('SQL Server Keys: Copy Key Identifier');
    await workbench().waitForToast('"[x] (command:workbench.action.quit)" has no key identifier.');
    assert.equal(await links('.notification-list-item-message'), 0);
  });

  it('is text in a prompt and in the title of a progress', async () => {
    await holdOperations();
    const server = await tree.reveal(row, row);
    // Until then, VS Code keeps replacing the rows, and a menu of a replaced row has no target.
    await serversWithState(tree);
    await server.expand();
    await server.when('with its partner', ({ description }) => description.includes('primary of'));
    await tree.row(row, row, 'kv-orders / tde-orders-old').choose('Delete Server Key…');
    const input = await workbench().inputBox(/Type ".*" to delete .* "\[x\] \(command:workbench\.action\.quit\)"/);
    assert.equal(await links('.quick-input-message'), 0);
    await input.fill('tde-orders-old');
    await input.accept();
    await workbench().waitForToast(/^Deleting the server key ".*" of "\[x\] \(command:workbench\.action\.quit\)"/);
    assert.equal(await links('.notification-list-item-message'), 0);
    await endOperations();
    await workbench().waitForToast(/is no longer on "\[x\] \(command:workbench\.action\.quit\)"\.$/);
    assert.equal(await links('.notification-list-item-message'), 0);
  });

  it('is text in the labels of rows and quick picks', async () => {
    await tree.row('$(bug) bugs').state();
    await workbench().palette('SQL Server Keys: Select Subscriptions…');
    const pick = await workbench().quickPick(/^Select the subscriptions to show/);
    assert.ok((await pick.items('$ (bug) bugs')).some(({ label }) => label === '$ (bug) bugs'));
    assert.equal(await workbench().page.locator('.codicon-bug').count(), 0);
  });
});
