import assert from 'node:assert/strict';
import type { TreeView } from '../vscode-host/driver/treeView';
import { browseTo, browseToVersions, confirm, openWizard, production, quickPick } from './createServerKeySteps';
import { emulator } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const server = 'sql-billing-weu';
const changes = ['Create Server Key…', 'Delete Server Key…'];

/** Opens the setting by its ID, as a user finds it. */
async function openSetting(): Promise<void> {
  await workbench().palette('Preferences: Open Settings (UI)');
  await workbench().page.locator('.settings-editor .suggest-input-container').click();
  await workbench().page.keyboard.type('@id:sqlServerKeys.readOnly');
}

const toggle = () => workbench().page.getByRole('checkbox', { name: 'sqlServerKeys.readOnly' }).click();

/** The changes that the view and the Command Palette offer. */
async function offeredChanges(tree: TreeView): Promise<Record<string, string[]>> {
  const places = {
    title: await tree.titleActions(),
    row: await tree.row(production, server).menu(),
    palette: await workbench().offered('SQL Server Keys: '),
  };
  const changesIn = (titles: string[]) => changes.filter((change) => titles.some((title) => title.includes(change)));
  return Object.fromEntries(Object.entries(places).map(([place, titles]) => [place, changesIn(titles)]));
}

const writes = async () => (await emulator.requests()).filter(({ method }) => method === 'PUT').length;

describe('sqlServerKeys.readOnly', () => {
  const everything = { title: ['Create Server Key…'], row: ['Create Server Key…'], palette: changes };

  it('hides and refuses every change from one moment to the next, without a reload', async () => {
    await emulator.options({ operationMs: 1000 });
    const tree = await openWizard(server);
    await emulator.addFault({ match: { method: 'PUT', path: '/keys/' }, when: 'poll', code: 'OperationTimedOut' });
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    const failure = await workbench().waitForToast(/took too long and was rolled back/);
    assert.deepEqual(await offeredChanges(tree), everything);

    await openSetting();
    await toggle();
    await tree.messageWhen(/read-only · 12 servers · /);
    assert.deepEqual(await offeredChanges(tree), { title: [], row: [], palette: [] });
    await failure.press('Try Again');
    const refusal = await workbench().waitForToast(
      /^The extension is set to read-only, so it changes nothing in Azure/,
    );
    assert.deepEqual([refusal.severity, refusal.buttons], ['warning', ['Open Settings']]);
    assert.equal(await writes(), 1);

    await refusal.press('Open Settings');
    await toggle();
    await tree.messageWhen(/^(?!.*read-only).*12 servers · /);
    assert.deepEqual(await offeredChanges(tree), everything);
  });

  it('offers the commands of the fixes instead of the fixes', async () => {
    const tree = await openTree();
    await openSetting();
    await toggle();
    await tree.messageWhen(/read-only · /);
    await tree.row(production, server).choose('Check Key for Server…');
    const versions = await browseToVersions('kv-noaccess', 'tde-noaccess');
    const newest = (await versions.items()).find(({ label }) => /^[0-9a-f]{32}$/.test(label));
    await versions.pick(newest?.label ?? '');
    const summary = await quickPick(asks.checks);
    const labels = (await summary.items()).map(({ label }) => label);
    assert.ok(!labels.includes('Grant Access…'), labels.join('\n'));
    await summary.pick('How to Fix This');
    await (await workbench().modal(/lacks get, wrapKey, unwrapKey/)).choose('Copy Command');
    await workbench().clipboard(/^az role assignment create /);
    await (await quickPick(asks.checks)).pick('Close');
    // The setting is still open.
    await toggle();
    await tree.messageWhen(/^(?!.*read-only).*12 servers · /);
  });
});
