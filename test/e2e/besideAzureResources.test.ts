import assert from 'node:assert/strict';
import { packageAzureResourcesStandIn } from '../azureResourcesStandIn/package';
import { contoso, subscriptions } from '../emulator/seeds/demoNames';
import type { LaunchedWorkbench } from '../vscode-host/driver/launch';
import type { Row } from '../vscode-host/driver/treeRow';
import type { TreeView } from '../vscode-host/driver/treeView';
import { vsix } from '../vscode';
import { emulator, serverKeys, settings, versionOf } from './emulator';
import { launchedWith } from './launched';
import { asks } from './questions';
import { rootsWhen } from './treeRows';

const production = 'Contoso Production';
const development = 'Contoso Development';
const hidden = '2 subscriptions not shown';
const ourSetting = 'sqlServerKeys.selectedSubscriptions';
const theirSetting = 'azureResourceGroups.selectedSubscriptions';
const asksForSubscriptions = /^Select the subscriptions to show/;
const entries = ['Create Server Key…', 'Check Key for Server…', 'Show Server Keys'];

/** Runs in its own workbench, with a stand-in for Azure Resources that has the same container, nodes, and setting. */
describe('with Azure Resources installed', () => {
  let workbench: LaunchedWorkbench;
  let theirs: TreeView;
  let ours: TreeView;

  const launched = launchedWith(async () => ({ vsix: [await packageAzureResourcesStandIn(), vsix], settings }));

  before(async () => {
    workbench = launched();
    theirs = await workbench.openView('Azure', 'Resources');
    ours = await workbench.openView('Azure', 'SQL Server Keys');
    await ours.row(production).state();
  });

  const theirServer = (name: string): Promise<Row> => theirs.reveal(production, 'SQL servers', name);
  const theirNewServer = (): Promise<Row> => theirs.reveal(development, 'rg-dev', 'sql-dev-new');

  it('shares one Azure icon, and shows each view once', async () => {
    assert.equal(await workbench.page.locator('.activitybar .action-label[aria-label^="Azure"]').count(), 1);
    const sections = await workbench.page.locator('.sidebar .pane-header h3').allInnerTexts();
    assert.deepEqual(sections.map((text) => text.trim()).sort(), ['Resources', 'SQL Server Keys']);
  });

  it('adds its commands to SQL servers only, above the general ones', async () => {
    for (const row of [await theirServer('sql-billing-weu'), await theirNewServer()]) {
      const menu = await row.menu();
      assert.deepEqual(menu.slice(0, entries.length), entries);
      assert.deepEqual(
        menu.slice(entries.length).filter((title) => title !== ''),
        ['Edit Tags…', 'View Properties', 'Open in Portal', 'Refresh'],
      );
    }
    for (const row of [
      await theirs.reveal(production, 'Key vaults', 'kv-billing'),
      theirs.row(production, 'SQL servers'),
      theirs.row(development, 'rg-dev'),
    ]) {
      const menu = await row.menu();
      assert.ok(menu.includes('Refresh'));
      assert.ok(!menu.some((title) => entries.includes(title)));
    }
  });

  it('adds its commands in the Focused Resources view too', async () => {
    await theirs.row(production).expand();
    await theirs.row(production, 'SQL servers').inlineAction('Focus Group');
    const focused = await workbench.openView('Azure', 'Focused Resources');
    const server = await focused.reveal('SQL servers', 'sql-billing-weu');
    assert.deepEqual((await server.menu()).slice(0, entries.length), entries);
    await focused.titleAction('Unfocus Group');
  });

  it('creates a server key on the server that the command was invoked on', async () => {
    await (await theirServer('sql-billing-weu')).choose('Create Server Key…');
    const source = await workbench.quickPick(asks.source);
    assert.match(source.title, /^Create Server Key on "sql-billing-weu"/);
    await source.pick('Paste a key identifier…');
    const input = await workbench.inputBox(asks.paste);
    const version = await versionOf('kv-billing', 'tde-billing');
    await input.fill(`https://kv-billing.vault.azure.net/keys/tde-billing/${version}`);
    await input.accept();
    const summary = await workbench.quickPick(asks.summary);
    const [create] = await summary.items();
    await summary.pick(create?.label ?? '');
    await workbench.waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    assert.deepEqual(await serverKeys('sql-billing-weu'), [`kv-billing_tde-billing_${version}`]);
    assert.equal((await ours.row(production, 'sql-billing-weu', 'kv-billing / tde-billing').state()).selected, true);
  });

  it('works on all servers selected in the Resources view', async () => {
    await (await theirServer('sql-billing-weu')).click();
    await workbench.page.keyboard.down('Control');
    await (await theirServer('sql-orders-weu')).click();
    await workbench.page.keyboard.up('Control');
    await (await theirServer('sql-orders-weu')).choose('Create Server Key…');
    assert.match((await workbench.quickPick(asks.source)).title, /^Create Server Keys on 2 Servers/);
    await workbench.reset();
    await (await theirServer('sql-billing-weu')).click();
  });

  it('shows the keys of a server from the Resources view in its own view', async () => {
    await ours.row(production).collapse();
    await (await theirServer('sql-orders-weu')).choose('Show Server Keys');
    await ours.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').state();
    assert.equal((await ours.row(production, 'sql-orders-weu').state()).selected, true);
    assert.match((await workbench.focus()).name, /^sql-orders-weu/);
  });

  it('finds a server that was created after the last refresh, and shows a message if there is none', async () => {
    await (await theirNewServer()).choose('Create Server Key…');
    const toast = await workbench.waitForToast('The server "sql-dev-new" wasn\'t found for this account.');
    assert.deepEqual(toast.buttons, ['Sign In…']);
    const state = await emulator.state();
    const servers = state.servers.flatMap((server) =>
      server.name === 'sql-dev-weu'
        ? [server, { ...server, id: server.id.replace(/[^/]+$/, 'sql-dev-new'), name: 'sql-dev-new' }]
        : [server],
    );
    await emulator.reset({ ...state, servers });
    await (await theirNewServer()).choose('Show Server Keys');
    await ours.row(development, 'sql-dev-new', 'Service-managed key').state();
  });

  describe('the subscription filter', () => {
    const chooseInAzureResources = async (label: string): Promise<void> => {
      await workbench.palette('Azure: Select Subscriptions...');
      await (await workbench.quickPick(/^Select Subscriptions/)).pickOnly(label);
    };

    it('follows a change in Azure Resources immediately', async () => {
      await chooseInAzureResources(development);
      await rootsWhen(ours, development, hidden);
      await ours.messageWhen(/^2 servers · filtered · as of /);
    });

    it('is saved in the setting of Azure Resources, as an empty list if all are chosen', async () => {
      await ours.moreAction('Select Subscriptions…');
      await (await workbench.quickPick(asksForSubscriptions)).pickOnly(production);
      await rootsWhen(ours, production, hidden);
      assert.deepEqual(workbench.savedSettings()[theirSetting], [`${contoso}/${subscriptions.production}`]);
      assert.equal(workbench.savedSettings()[ourSetting], undefined);

      await ours.moreAction('Select Subscriptions…');
      await (await workbench.quickPick(asksForSubscriptions)).pickOnly(/./);
      await ours.messageWhen(/^12 servers · 3 managed instances · (1 needs attention · )?as of /);
      assert.deepEqual(workbench.savedSettings()[theirSetting], []);
    });

    it('shows a message if it hides a server from the Resources view, and offers to change the choice', async () => {
      await chooseInAzureResources(development);
      await rootsWhen(ours, development, hidden);
      await (await theirServer('sql-billing-weu')).choose('Show Server Keys');
      const toast = await workbench.waitForToast('The subscription filter hides the server "sql-billing-weu".');
      await toast.press('Select Subscriptions…');
      await (await workbench.quickPick(asksForSubscriptions)).pickOnly(production);
      await rootsWhen(ours, production, hidden);
      await (await theirServer('sql-billing-weu')).choose('Show Server Keys');
      await ours.row(production, 'sql-billing-weu', 'Service-managed key').state();
    });
  });
});
