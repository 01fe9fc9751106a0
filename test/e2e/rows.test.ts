import assert from 'node:assert/strict';
import { waitForAccessible, waitForAccessibleDocument } from './accessibility';
import { emulator } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const production = 'Contoso Production';

const stateOf = async (server: string) => (await emulator.state()).servers.find(({ name }) => name === server);

describe('the rows of the tree', () => {
  it('offer commands for servers and server keys', async () => {
    const tree = await openTree();
    const server = await tree.reveal(production, 'sql-orders-weu');
    assert.deepEqual(await server.menu(), [
      'Create Server Key…',
      'Check Key for Server…',
      'Show All Diagnostics of Server',
      'Plan Key Rotation…',
      'Move to Another Vault…',
      'Check for New Key Versions',
      'Find Keys for a Restore…',
      'Make TDE Protector…',
      'Use Service-Managed Key…',
      'Outage Guide',
      'Revalidate Protector…',
      'Copy Name',
      'Copy Resource ID',
      'Copy Alert Rule…',
      'Open in Portal',
      'View as JSON',
      'Refresh',
    ]);
    await server.expand();
    assert.deepEqual(await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').menu(), [
      'Create Server Key…',
      'Check Key for Server…',
      'Show All Diagnostics of Server',
      'Plan Key Rotation…',
      'Make TDE Protector…',
      'Turn Off Automatic Rotation…',
      'Revalidate Protector…',
      'Show Servers of This Vault…',
      'Which Servers Use This Key or Vault…',
      'Add Standby Key…',
      'Check Whether Key Is Still Needed',
      'Delete Server Key…',
      'Copy Name',
      'Copy Key Identifier',
      'Copy Resource ID',
      'Open in Portal',
      'View as JSON',
      'Refresh',
    ]);
  });

  it('offer for a managed instance and its keys only the commands that support it', async () => {
    const tree = await openTree();
    const instance = await tree.reveal(production, 'sqlmi-orders-weu');
    assert.deepEqual(await instance.menu(), [
      'Create Server Key…',
      'Check Key for Server…',
      'Check for New Key Versions',
      'Make TDE Protector…',
      'Use Service-Managed Key…',
      'Revalidate Protector…',
      'Copy Name',
      'Copy Resource ID',
      'Open in Portal',
      'View as JSON',
      'Refresh',
    ]);
    await instance.expand();
    assert.deepEqual(await tree.row(production, 'sqlmi-orders-weu', 'kv-orders / tde-orders').menu(), [
      'Create Server Key…',
      'Check Key for Server…',
      'Make TDE Protector…',
      'Turn On Automatic Rotation…',
      'Revalidate Protector…',
      'Show Servers of This Vault…',
      'Which Servers Use This Key or Vault…',
      'Delete Server Key…',
      'Copy Name',
      'Copy Key Identifier',
      'Copy Resource ID',
      'Open in Portal',
      'View as JSON',
      'Refresh',
    ]);
    await tree.row(production, 'sqlmi-orders-weu').click();
    await workbench().palette('SQL Server Keys: Outage Guide');
    await workbench().waitForToast('This command doesn\'t support managed instances such as "sqlmi-orders-weu".');
  });

  it('show the state of every visible server before it is expanded', async () => {
    const tree = await openTree();
    await tree.reveal(production, 'sql-orders-weu');
    for (const [server, state] of [
      ['sql-archive-neu', /^key disabled · 2 databases inaccessible · CMK$/],
      ['sql-billing-weu', /^service-managed$/],
      ['sql-legacy-neu', /^service-managed · locked$/],
      ['sql-orders-weu', /^CMK · auto( · |$)/],
      ['sql-payroll-weu', /^service-managed$/],
    ] as const) {
      await tree.row(production, server).when('with its state', ({ description }) => state.test(description));
    }
    await tree.messageWhen(/^12 servers · 3 managed instances · 1 needs attention · as of \d/);
    const servers = (count: number) =>
      tree.rowsWhen(`${count} servers`, (rows) => rows.filter(({ level }) => level === 2).length === count);
    const { length } = (await tree.rows()).filter(({ level }) => level === 2);
    await tree.moreAction('Show What Needs Attention');
    await servers(1);
    await tree.titleAction('Show All Servers');
    await servers(length);
  });

  it('meet the rules of axe in every theme, also in a question and a document about them', async () => {
    const tree = await openTree();
    const server = await tree.reveal(production, 'sql-archive-neu');
    await server.when('with its state', ({ description }) => description.startsWith('key disabled'));
    const { page } = workbench();
    for (const theme of ['dark', 'high contrast', 'light'] as const) {
      await workbench().setTheme(theme);
      await waitForAccessible(page, '.part.sidebar .pane-body');
    }
    await server.choose('Check Key for Server…');
    await (await workbench().quickPick(asks.source)).items();
    // VS Code draws the details of a focused item with less contrast.
    await waitForAccessible(page, '.quick-input-widget', 'color-contrast');
    await workbench().press('Escape');
    await server.choose('Show All Diagnostics of Server');
    await workbench().preview(/Diagnostics of/);
    await waitForAccessibleDocument(page, 'Diagnostics of');
  });

  it('copy their name, key identifier, and resource ID', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    const key = tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders');
    const server = await stateOf('sql-orders-weu');
    const protector = server?.keys.find(({ name }) => name === server.protector.serverKeyName);
    await key.choose('Copy Name');
    await workbench().clipboard(protector?.name);
    await key.choose('Copy Key Identifier');
    await workbench().clipboard(protector?.uri);
    await key.choose('Copy Resource ID');
    await workbench().clipboard(`${server?.id ?? ''}/keys/${protector?.name ?? ''}`);
    await tree.row(production).choose('Copy Resource ID');
    await workbench().clipboard('/subscriptions/ba214c7d-00e0-4482-8431-60216cb143e9');
  });

  it("open in the cloud's portal, in the tenant of the subscription", async () => {
    const tree = await openTree();
    const server = await tree.reveal(production, 'sql-orders-weu');
    await server.choose('Open in Portal');
    const { id = '' } = (await stateOf('sql-orders-weu')) ?? {};
    const tenant = '5cab62bd-0c45-47ac-8c2e-5e7dfba83251';
    assert.equal(new URL(await workbench().openedAddress()).hash, `#@${tenant}/resource${id}`);
    await server.expand();
    await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').choose('Open in Portal');
    assert.match(
      await workbench().openedAddress(),
      /\/asset\/Microsoft_Azure_KeyVault\/Key\/https:\/\/kv-orders\.vault\.azure\.net\/keys\/tde-orders\/[0-9a-f]{32}$/,
    );
  });

  it('show the raw response of Azure in a read-only document', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').choose('View as JSON');
    const { text } = await workbench().editor('kv-orders_tde-orders.json');
    assert.match(text, /"kind": "azurekeyvault"/);
    await workbench().press('x');
    assert.equal((await workbench().editor()).text, text);
    await tree.row(production).choose('View as JSON');
    assert.match((await workbench().editor('Contoso_Production.json')).text, /"displayName": "Contoso Production"/);
  });

  it('show the thumbprint, the identifier, and the uses of a server key on hover', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-neu')).expand();
    await tree.row(production, 'sql-orders-neu', 'kv-orders / tde-orders').state();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    const tooltip = await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').tooltip();
    assert.match(tooltip, /Key identifier\s+https:\/\/kv-orders\.vault\.azure\.net\/keys\/tde-orders\/[0-9a-f]{32}/);
    assert.match(tooltip, /Thumbprint\s+[0-9A-F]{40}/);
    assert.match(tooltip, /Created\s+\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    assert.match(tooltip, /Protects\s+databases with TDE on, except those with database-level keys, of: orders/);
    assert.match(tooltip, /Still needed\s+in use as the TDE protector/);
    assert.match(tooltip, /Also on\s+sql-orders-neu/);
  });

  it('show what still needs a server key, and until when', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').choose('Check Whether Key Is Still Needed');
    const text = await workbench().preview(/still needed\?/);
    assert.match(text, /The server key is in use\.\s+Verdict: in use\./);
    assert.match(text, /Every backup made while it is the TDE protector needs it/);
    assert.match(text, /sys\.dm_db_log_info/);
  });

  it('show which servers need a vault, and which would lose access after a switch of its permission model', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    await tree
      .row(production, 'sql-orders-weu', 'kv-orders / tde-orders')
      .choose('Which Servers Use This Key or Vault…');
    const pick = await workbench().quickPick('Select the key or the vault that you want to change');
    await pick.pick('kv-orders.vault.azure.net');
    const text = await workbench().preview(/Which servers use kv-orders\.vault\.azure\.net\?/);
    assert.match(text, /The databases of these servers need it now: .*"sql-orders-weu"/);
    assert.match(text, /sql-orders-weu\s+kv-orders_tde-orders_[0-9a-f]{4}….*\s+yes: TDE protector\s+has access/);
    assert.match(text, /After a switch to access policies, these servers lose access: .*"sql-orders-weu"/);
  });

  it('show the steps of a rotation for all replicas', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).choose('Plan Key Rotation…');
    await (await workbench().quickPick('Select the new TDE protector')).pick('kv-orders / tde-orders');
    const text = await workbench().preview(/Plan: rotate the TDE protector/);
    assert.match(
      text,
      /Make .* the TDE protector of "sql-orders-neu"[^]*Make .* the TDE protector of "sql-orders-weu"/,
    );
    assert.match(text, /az sql server tde-key set -g rg-orders -s sql-orders-neu/);
  });

  it('can be grouped by resource group instead of subscription', async () => {
    const tree = await openTree();
    await workbench().palette('SQL Server Keys: Group by Resource Group');
    const group = await tree.reveal('rg-orders');
    assert.match((await group.state()).description, /^Contoso Production · 2 servers · 2 managed instances$/);
    await tree.row('rg-orders', 'sql-orders-weu').state();
    await workbench().palette('SQL Server Keys: Group by Subscription');
    await tree.row(production, 'sql-orders-weu').state();
  });

  it('can be found by name in a collapsed group', async () => {
    const tree = await openTree();
    await tree.row(production).collapse();
    await tree.titleAction('Find Server, Key, or Vault…');
    const find = await workbench().quickPick('Type part of the name of a server, key, or vault, or a key identifier');
    await find.filter('payroll');
    await find.pick('sql-payroll-weu');
    const row = await tree.row(production, 'sql-payroll-weu').when('selected and open', ({ selected }) => selected);
    assert.equal(row.expanded, true);
  });

  it('can be found by the key and the vault that they use', async () => {
    const tree = await openTree();
    await tree.titleAction('Find Server, Key, or Vault…');
    const find = await workbench().quickPick(/^Type part of the name of a server, key, or vault/);
    await find.filter('tde-orders');
    await find.pick('kv-orders / tde-orders');
    const all = ['sql-orders-neu', 'sql-orders-weu', 'sqlmi-orders-neu', 'sqlmi-orders-weu'];
    const users = await workbench().quickPick(/^Includes all TDE protectors/);
    assert.deepEqual(
      (await users.items()).map(({ label }) => label),
      all,
    );
    await users.pick('sql-orders-neu');
    await tree.row(production, 'sql-orders-neu').when('selected and open', ({ selected }) => selected);
    await tree.reveal(production, 'sql-orders-neu');
    await tree.row(production, 'sql-orders-neu', 'kv-orders / tde-orders').choose('Show Servers of This Vault…');
    const ofVault = await workbench().quickPick(/^Includes all TDE protectors/);
    assert.deepEqual(
      (await ofVault.items()).map(({ label }) => label),
      all,
    );
  });

  it('provide the target of palette commands: the selected row, or one that the user picks', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-reports-weu')).click();
    await workbench().palette('SQL Server Keys: Copy Name');
    await workbench().clipboard('sql-reports-weu');
    await workbench().reset();
    await workbench().palette('SQL Server Keys: Copy Name');
    const servers = await workbench().quickPick('Select the SQL server');
    assert.equal(servers.title, 'Copy Name');
    await servers.pick('sql-hr-weu');
    const rows = await workbench().quickPick('Select the server or one of its keys');
    await rows.pick('hsm-contoso / tde-hr');
    const name = (await stateOf('sql-hr-weu'))?.keys[0]?.name;
    await workbench().clipboard(name);
  });
});
