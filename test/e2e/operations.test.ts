import assert from 'node:assert/strict';
import { browseTo, confirm, openWizard, production } from './createServerKeySteps';
import { emulator, serverKeys } from './emulator';
import { killExtensionHost } from './extensionHost';
import { workbench } from './workbench';
import { until } from '../vscode-host/driver/until';

const sent = async (wanted: string, part = ''): Promise<number> =>
  (await emulator.requests()).filter(({ method, path }) => method === wanted && path.includes(part)).length;

async function startCreation(operationMs: number): Promise<void> {
  await emulator.options({ operationMs });
  await openWizard();
  await confirm(await browseTo('kv-billing', 'tde-billing'));
  await workbench().waitForToast(/^Creating the server key on "sql-billing-weu"/);
}

describe('operations that are interrupted', () => {
  it('are told in the line above the rows after a reload, until Show Operations has been opened', async () => {
    await startCreation(4000);
    await workbench().reload();
    const tree = await workbench().openView('Azure');
    await tree.messageWhen(/^1 operation ended while you were away · 12 servers/);
    assert.equal((await serverKeys('sql-billing-weu')).length, 1);
    await (await tree.reveal(production, 'sql-billing-weu')).expand();
    await tree.row(production, 'sql-billing-weu', 'kv-billing / tde-billing').state();
    assert.equal(await sent('PUT'), 1);
    assert.deepEqual(await workbench().toasts(), []);

    await workbench().palette('SQL Server Keys: Show Operations…');
    const operations = await workbench().quickPick('Select an operation');
    const [first] = await operations.items();
    assert.match(first?.label ?? '', /^Create server key "kv-billing_tde-billing_[0-9a-f]{4}…" on "sql-billing-weu"$/);
    assert.deepEqual([first?.description, first?.separator], ['done', 'ended while you were away']);
    await operations.cancel();
    await tree.messageWhen(/^12 servers/);
  });

  it('are never sent again after the extension host has been killed', async () => {
    await startCreation(60_000);
    killExtensionHost();
    const polls = await sent('GET', 'AzureAsyncOperation/');
    await emulator.options({ operationMs: 0 });
    await workbench().reload();
    await workbench().openView('Azure');
    await until(
      'question to Azure about the operation',
      async () => (await sent('GET', 'AzureAsyncOperation/')) > polls,
    );
    await workbench().palette('SQL Server Keys: Show Operations…');
    const operations = await workbench().quickPick('Select an operation');
    const [first] = await operations.items();
    assert.deepEqual([first?.description, first?.separator], ['running', 'running']);
    await operations.cancel();
    assert.equal(await sent('PUT'), 1);
  });
});
