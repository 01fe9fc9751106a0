import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { type LaunchedWorkbench, launchWorkbench } from './driver/launch';

describe('The workbench driver', function () {
  this.timeout(60_000);
  const scratch = mkdtempSync(join(tmpdir(), 'driver-test-'));
  let workbench: LaunchedWorkbench;

  before(async () => {
    const vsix = join(scratch, 'fixture.vsix');
    await createVSIX({
      cwd: join(__dirname, 'fixture'),
      packagePath: vsix,
      dependencies: false,
      allowMissingRepository: true,
      skipLicense: true,
    });
    workbench = await launchWorkbench({ vsix: [vsix], env: { FIXTURE: 'told' }, theme: 'light', screenshots: scratch });
  });
  beforeEach(() => workbench.reset());
  after(async () => {
    await workbench.close();
    rmSync(scratch, { recursive: true });
  });

  it('reads and opens the rows of a tree', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    const key = await servers.reveal('server-01', 'vault_key_1');
    assert.deepEqual(await key.state(), {
      index: 2,
      level: 2,
      label: 'vault_key_1',
      description: 'TDE protector',
      ariaLabel: 'key vault_key_1',
      expanded: undefined,
      loading: false,
      selected: false,
      icon: 'key',
    });
    assert.equal(await key.tooltip(), 'key vault_key_1');
    await servers.row('server-01').collapse();
    await key.gone();
  });

  it('scrolls to rows that are not visible', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    assert.equal((await servers.row('server-59').state()).index, 59);
    assert.equal((await servers.row('server-00').state()).index, 0);
  });

  it('scrolls to a row that is cut off', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    const server = servers.row('server-00');
    await (await servers.reveal('server-00', 'vault_key_1')).click();
    for (const _ of (await servers.rows()).slice(2)) await workbench.press('ArrowDown');
    await workbench.page.locator('.sidebar .monaco-tree-sticky-row').waitFor();
    await server.collapse();
  });

  it('uses the menus and actions of rows and of the view', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    const server = servers.row('server-03');
    assert.deepEqual(await server.menu(), ['Create Key…', 'Copy Name']);
    assert.deepEqual(await server.inlineActions(), ['Create Key…']);
    await server.choose('Copy Name');
    await workbench.clipboard('server-03');
    await workbench.palette('Fixture: Forget Servers');
    await servers.rowsWhen('none', (rows) => rows.length === 0);
    assert.match(await servers.message(), /No servers\./);
    assert.ok((await servers.titleActions()).includes('Refresh'));
    await servers.titleAction('Refresh');
    await servers.row('server-00').state();
  });

  it('goes through a wizard: pick, input, modal, toast', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    await servers.row('server-02').inlineAction('Create Key…');
    const vault = await workbench.quickPick('Create key (1/2)');
    assert.equal(vault.placeholder, 'Choose a vault');
    assert.deepEqual(await vault.items(), [
      {
        label: 'contoso-kv',
        description: 'westeurope',
        detail: 'Premium, 3 keys',
        separator: 'vaults',
        checked: false,
        focused: true,
      },
      {
        label: 'fabrikam-kv',
        description: 'northeurope',
        detail: 'Standard',
        separator: '',
        checked: false,
        focused: false,
      },
    ]);
    await vault.filter('Standard');
    await vault.pick('fabrikam-kv');
    const name = await workbench.inputBox('Name of the key');
    assert.equal(name.title, 'Create key (2/2)');
    await name.fill('a b');
    assert.deepEqual(await name.validation(), { severity: 'error', message: 'No spaces, please.' });
    await name.fill('ab');
    await name.accept();
    const question = await workbench.modal('Create ab?');
    assert.equal(question.detail, 'On server-02 from fabrikam-kv.');
    assert.deepEqual([...question.buttons].sort(), ['Cancel', 'Create', 'Explain']);
    await question.choose('Create');
    const created = await workbench.waitForToast('Key ab created.');
    assert.deepEqual(created.buttons, ['Show', 'Undo']);
    assert.match(workbench.logText('Fixture Log'), /Activated with FIXTURE=told\n.*\[info\] Create ab\n/);
    assert.match(await workbench.showOutput('Fixture Log'), /\[info\] Create ab/);
    await created.press('Show');
    await created.gone();
  });

  it('goes back in and cancels a quick pick', async () => {
    await workbench.palette('Fixture: Create Key…');
    await (await workbench.quickPick('Choose a vault')).back();
    await (await workbench.waitForToast('Went back.')).close();
    await workbench.palette('Fixture: Create Key…');
    await (await workbench.quickPick('Choose a vault')).cancel();
  });

  it('cancels a progress notification and distinguishes severities', async () => {
    await workbench.palette('Fixture: Wait');
    const progress = await workbench.waitForToast('Waiting for Azure: polling');
    assert.deepEqual([progress.buttons, progress.inProgress], [['Cancel'], true]);
    await progress.press('Cancel');
    await progress.gone();
    assert.equal((await workbench.waitForToast(/^Waiting ended/)).severity, 'warning');
    await workbench.palette('Fixture: Fail…');
    assert.equal((await workbench.waitForToast('Azure said no.')).severity, 'error');
    assert.equal((await workbench.toasts()).length, 2);
  });

  it('reads the opened address, the offered commands, and the focus', async () => {
    await workbench.palette('Fixture: Open Documentation');
    assert.equal(await workbench.openedAddress(), 'https://example.com/docs?a=b');
    assert.deepEqual(await workbench.offered('Fixture: Wa'), ['Fixture: Wait']);
    assert.equal((await workbench.focus()).role, 'input');
    await workbench.press('Escape');
    await (await workbench.openView('Azure', 'Servers')).row('server-04').click();
    assert.deepEqual(await workbench.focus(), { role: 'treeitem', name: 'server server-04, has actions' });
  });

  it('reads the active editor and discards it', async () => {
    await workbench.palette('Fixture: Show Report');
    // VS Code names an unsaved document after its first line.
    assert.equal((await workbench.editor(/Report/)).text, '# Report\n\nAll is well.');
    await workbench.reset();
  });

  it('resets the selection, and waits until earlier toasts no longer count', async () => {
    const servers = await workbench.openView('Azure', 'Servers');
    await servers.row('server-03').click();
    await workbench.palette('Fixture: Fail Three Times');
    await workbench.waitForToast('Azure said no three times.');
    await workbench.reset();
    assert.equal((await servers.row('server-03').state()).selected, false);
    await workbench.palette('Fixture: Fail…');
    await workbench.waitForToast('Azure said no.');
  });

  it('chooses the next command only when VS Code shows its toasts', async () => {
    await workbench.palette('Fixture: Fail Three Times');
    await workbench.waitForToast('Azure said no three times.');
    await workbench.palette('Fixture: Fail…');
    await workbench.waitForToast('Azure said no.');
  });

  it('reloads the window without losing state, and changes its theme', async () => {
    await workbench.palette('Fixture: Remember');
    await workbench.waitForToast('Remembered.');
    await workbench.reload();
    await workbench.palette('Fixture: Recall');
    await workbench.waitForToast('This was remembered.');
    await workbench.setTheme('dark');
    await (await workbench.openView('Azure', 'Servers')).row('server-00').state();
    assert.match(workbench.logText('Fixture Log'), /^[^\n]*Activated[^\n]*\n$/);
    assert.match(await workbench.screenshot('reloaded'), /reloaded\.png$/);
  });
});
