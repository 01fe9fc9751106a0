import assert from 'node:assert/strict';
import { emulator, settings } from './emulator';
import { chooseIn } from '../vscode-host/driver/menu';
import { openTree, openView, workbench } from './workbench';

describe('the SQL Server Keys tree', () => {
  it('lists subscriptions and their servers in the Azure sidebar', async () => {
    const tree = await openTree();
    const rows = await tree.rowsWhen(
      'three subscriptions',
      (shown) => shown.filter(({ level }) => level === 1).length === 3,
    );
    assert.deepEqual(
      rows.filter(({ level }) => level === 1).map(({ label, description }) => `${label}: ${description}`),
      [
        'Contoso Development: 2 servers',
        'Contoso Production: 9 servers · 3 managed instances',
        'Fabrikam Test: 1 server',
      ],
    );
  });

  it('shows the keys of an expanded server, and labels the TDE protector', async () => {
    const tree = await openTree();
    const server = await tree.reveal('Contoso Production', 'sql-orders-weu');
    await server.expand();
    await server.when('its state', ({ description }) => description.startsWith('CMK · auto'));
    const rows = await tree.rowsWhen('three keys', (shown) => shown.filter(({ level }) => level === 3).length === 3);
    const keys = rows.filter(({ level }) => level === 3);
    assert.match(keys[0]?.ariaLabel ?? '', /^kv-orders \/ tde-orders, protector, [0-9a-f]{4}…[0-9a-f]{4}$/);
    assert.deepEqual(
      keys.map(({ icon }) => icon),
      ['shield', 'key', 'key'],
    );
    assert.equal(keys.at(-1)?.label, 'Service-managed key');
  });

  it('shows a row with the reason if reading fails, and reads again on Retry', async () => {
    const tree = await openTree();
    const message =
      "The client does not have authorization to perform action 'Microsoft.Sql/servers/keys/read' over scope '/x'";
    await emulator.addFault({ match: { path: 'sql-dev-weu/keys' }, status: 403, code: 'AuthorizationFailed', message });
    const server = await tree.reveal('Contoso Development', 'sql-dev-weu');
    await server.choose('Refresh');
    await server.expand();
    const failure = tree.row('Contoso Development', 'sql-dev-weu', 'Your account lacks a permission');
    assert.equal((await failure.state()).description, "Can't list the server keys");
    assert.match(
      await failure.tooltip(),
      /Your account lacks the permission "Microsoft\.Sql\/servers\/keys\/read" on the resource "sql-dev-weu"\./,
    );
    assert.deepEqual(await failure.menu(), [
      'Retry',
      'Show Last Failure',
      'Explain Error…',
      'Copy Diagnostics',
      'Show Log',
    ]);

    await failure.click();
    const shown = await workbench().waitForToast(
      /^Your account lacks the permission "Microsoft\.Sql\/servers\/keys\/read"/,
    );
    assert.deepEqual(shown.buttons, ['Retry', 'Show Details', 'Open Documentation']);
    await emulator.clearFaults();
    await shown.press('Retry');
    await failure.gone();
    await tree.row('Contoso Development', 'sql-dev-weu', 'Service-managed key').state();
  });

  it('says that there are no subscriptions, and reads again on Refresh', async () => {
    const tree = await openTree();
    await emulator.reset({ ...(await emulator.state()), subscriptions: [] });
    await tree.titleAction('Refresh');
    await tree.rowsWhen('no row', (rows) => rows.length === 0);
    await tree.messageWhen(/^No subscriptions found for this account\./);
    await emulator.reset();
    await tree.pressButton('Refresh');
    await tree.row('Contoso Production').state();
  });

  it("says why it can't list the subscriptions, keeps the rows and their time, and reads again on Retry", async () => {
    const tree = await openTree();
    await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior: 'html', status: 407 });
    await tree.titleAction('Refresh');
    const failure = tree.row('Unexpected response');
    assert.equal((await failure.state()).description, "Can't list the subscriptions");
    await tree.messageWhen(/^12 servers · 3 managed instances · (1 needs attention · )?as of .+ · refresh failed: /);
    await tree.row('Contoso Production').state();
    await emulator.clearFaults();
    await failure.inlineAction('Retry');
    await failure.gone();
    await tree.messageWhen(/^12 servers · 3 managed instances · (1 needs attention · )?as of [^·]+$/);
  });

  it('never runs the command of a row that it reads again on another row', async () => {
    const tree = await openTree();
    await tree.row('Contoso Production', 'sql-billing-weu').click();
    await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior: 'throttle', retryAfter: 3, times: 1 });
    await tree.titleAction('Refresh');
    const { page } = workbench();
    const row = page.locator('.sidebar .monaco-list-row', { hasText: 'sql-hr-weu' });
    await page.locator('.sidebar .monaco-progress-container.active').waitFor();
    await chooseIn(page, 'menu of the row', () => row.click({ button: 'right' }), 'Copy Name');
    await workbench().waitForToast('The view is reading this row again. Open its menu again in a moment.');
  });

  it('says above the rows that Azure limits requests, and when the extension tries again', async () => {
    const tree = await openTree();
    await emulator.addFault({ match: { path: '^/subscriptions$' }, behavior: 'throttle', retryAfter: 3, times: 1 });
    await tree.titleAction('Refresh');
    await tree.messageWhen(/^Azure is limiting requests; trying again in [23] s$/);
    await tree.messageWhen(/12 servers · /);
  });

  it('keeps the last failure for Copy Diagnostics from the palette, even if no row is selected', async () => {
    await emulator.addFault({ match: { path: '^/subscriptions$' }, status: 403, code: 'ReadingFailed', message: '' });
    const tree = await openView();
    await tree.titleAction('Refresh');
    await tree.row('Failed with code ReadingFailed').state();
    await workbench().palette('SQL Server Keys: Copy Diagnostics');
    await workbench().clipboard(/code +ReadingFailed/);
  });

  it('explains incomplete cloud settings, and reads everything once they are corrected', async () => {
    const tree = await openTree();
    await tree.row('Contoso Production').state();
    await workbench().setSettings({ ...settings, 'microsoft-sovereign-cloud.customEnvironment': { name: 'Empty' } });
    const failure = await tree.rowsWhen('one failure', (rows) => rows.length === 1);
    assert.match(failure[0]?.description ?? '', /customEnvironment must include resourceManagerEndpointUrl/);
    await workbench().setSettings(settings);
    await tree.row('Contoso Production').state();
  });
});
