import assert from 'node:assert/strict';
import { browseTo, browseToKeys, confirm, openWizard, paste, production, quickPick } from './createServerKeySteps';
import { emulator, endOperations, holdOperations, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

describe('Create Server Key', () => {
  it('starts from the context menu, shows progress, then selects the new key in the tree', async () => {
    await emulator.options({ operationMs: 1000 });
    const tree = await openTree();
    const server = await tree.reveal(production, 'sql-billing-weu');
    await server.choose('Create Server Key…');
    const summary = await browseTo('kv-billing', 'tde-billing');
    assert.match(summary.title, /^Create Server Key on "sql-billing-weu" \(5\/5\)$/);
    const { label, detail: name } = await confirm(summary);
    assert.equal(label, 'Create server key on "sql-billing-weu"');
    assert.match(name, /^kv-billing_tde-billing_[0-9a-f]{32}$/);
    const progress = await workbench().waitForToast(/Creating the server key on "sql-billing-weu"/);
    assert.deepEqual(progress.buttons, ['Cancel']);

    const done = await workbench().waitForToast(
      /^Server key "kv-billing_tde-billing_[0-9a-f]{4}…" is on "sql-billing-weu"\.$/,
    );
    const created = await tree.row(production, 'sql-billing-weu', 'kv-billing / tde-billing').state();
    assert.equal(created.selected, true);
    assert.match(created.description, /^available · /);
    await done.press('Copy Name');
    assert.equal(await workbench().clipboard(name), name);
  });

  it('starts from the palette, and accepts a pasted key identifier', async () => {
    await openTree();
    await workbench().palette('SQL Server Keys: Create Server Key…');
    await (await quickPick(asks.server)).pick('sql-billing-weu');
    const version = await versionOf('kv-billing', 'tde-billing');
    const summary = await paste(
      `  "https://KV-Billing.vault.azure.net:443/keys/TDE-Billing/${version.toUpperCase()}/"  `,
    );
    const { detail: name } = await confirm(summary);
    assert.equal(name, `kv-billing_tde-billing_${version}`);
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    assert.deepEqual(await serverKeys('sql-billing-weu'), [name]);
  });

  it('stops at a server of a Synapse workspace, and opens the workspace in the portal', async () => {
    const state = await emulator.state();
    const group = state.resourceGroups.find(({ name }) => name === 'rg-hr');
    assert.ok(group);
    group.managedBy = group.id.replace('rg-hr', 'rg-data/providers/Microsoft.Synapse/workspaces/syn-hr');
    await emulator.reset(state);
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-hr-weu')).choose('Create Server Key…');
    const stopped = await workbench().waitForToast(
      'Azure refuses server keys on "sql-hr-weu", because the Synapse workspace "syn-hr" manages it. ' +
        'Change the key of the workspace instead: open it in the portal, then Encryption.',
    );
    await stopped.press('Open Workspace in Portal');
    assert.match(await workbench().openedAddress(), /\/providers\/Microsoft\.Synapse\/workspaces\/syn-hr$/);
  });

  it('validates a key identifier as the user types, and rejects a wrong one', async () => {
    await openWizard();
    await (await quickPick(asks.source)).pick('Paste a key identifier…');
    const input = await workbench().inputBox(asks.paste);
    for (const [text, message] of [
      ['https://kv-billing.vault.azure.net/secrets/password', /^This is the identifier of a secret/],
      ['https://kv-billing.vault.azure.net', /^This address has no key name/],
      [
        `https://kv-billing.vault.azure.net/keys/${'k'.repeat(85)}`,
        /^The vault name and key name together can have at most 94 characters; these have 95\.$/,
      ],
      [
        'https://kv-billing.vault.azure.cn/keys/tde-billing',
        /^The host "kv-billing.vault.azure.cn" belongs to AzureChinaCloud/,
      ],
    ] as const) {
      await input.fill(text);
      assert.equal((await input.validation(message)).severity, 'error');
      await input.accept();
    }
    assert.match((await input.validation()).message, /belongs to AzureChinaCloud/);
    await input.fill('');
    await input.accept();
    assert.equal((await input.validation(/^Enter a key identifier/)).severity, 'error');
    await input.cancel();
    assert.deepEqual(await workbench().messages(), []);
  });

  it("shows which keys TDE can't use, and why", async () => {
    await openWizard();
    const keys = await (await browseToKeys('kv-billing')).items();
    assert.deepEqual(
      keys.map(({ label, detail }) => [label, detail.replaceAll(/\d+ days|\d{4}-\d\d-\d\d/g, 'N')]),
      [
        ['tde-billing', ''],
        ['tde-billing-expiring', 'Allowed; renew the key before then'],
        ['tde-billing-4096', 'Not suitable: RSA 4096 key: TDE needs RSA 2048 or 3072'],
        ['tde-billing-disabled', 'Not suitable: disabled'],
        ['tde-billing-ec', 'Not suitable: EC key: TDE needs RSA 2048 or 3072'],
        ['tde-billing-expired', 'Not suitable: expired N ago'],
        ['tde-billing-future', 'Not suitable: not active until N'],
        ['Create key in "kv-billing"…', ''],
        ['Select several keys…', ''],
      ],
    );
    const described = (name: string) => keys.find(({ label }) => label === name)?.description ?? '';
    assert.match(described('tde-billing'), /^RSA \d+ · no expiration date · created /);
    assert.match(described('tde-billing-expiring'), /^RSA \d+ · expires in \d+ days · created /);
  });

  it('shows a failure and its cause in one sentence, and logs all details', async () => {
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-billing-weu')).choose('Create Server Key…');
    await confirm(await browseTo('kv-billing', 'tde-billing-disabled'));
    const found = '"tde-billing-disabled" is not suitable: disabled';
    const toast = await workbench().waitForToast(`Server key not created: ${found}.`);
    assert.deepEqual([toast.severity, toast.buttons], ['error', ['Choose Another Key…', 'Show Details', 'More…']]);
    assert.deepEqual(await serverKeys('sql-billing-weu'), []);
    await toast.press('Show Details');
    const details = await workbench().preview(/tde-billing-disabled/);
    assert.match(details, /^Failure\s+Key disabled/);
    const log = workbench().logText('SQL Server Keys');
    assert.match(log, /code +AzureKeyVaultKeyDisabled \(in the operation's result\)/);
    assert.match(log, /what +The server "sql-billing-weu" can't use the key because it is disabled\./);
    assert.match(log, new RegExp(`found +${found}`));
    assert.match(log, /IDs +request [0-9a-f-]{36}/);
    await workbench().palette('SQL Server Keys: Copy Diagnostics');
    assert.match(await workbench().clipboard(/AzureKeyVaultKeyDisabled/), new RegExp(`found +${found}`));
    await (await workbench().waitForToast(/^Server key not created/)).press('More…');
    await (await quickPick('What do you want to do?')).cancel();
    await (await workbench().waitForToast(/^Server key not created/)).close();
    await tree.row(production, 'sql-billing-weu').choose('Show Last Failure');
    await (await workbench().waitForToast(/^Server key not created/)).close();
    await workbench().palette('SQL Server Keys: Show Last Failure');
    const shown = await workbench().waitForToast(/^Server key not created/);
    assert.deepEqual(shown.buttons, toast.buttons);
    await shown.press('Choose Another Key…');
    await (await quickPick(asks.key)).cancel();
  });

  it('says that Azure limits requests, and when the extension tries again', async () => {
    await emulator.options({ operationMs: 1000 });
    await openWizard();
    const match = { method: 'PUT', path: '/keys/' };
    await emulator.addFault({ match, behavior: 'throttle', retryAfter: 3, times: 1 });
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    const title = 'Creating the server key on "sql-billing-weu"…';
    await workbench().waitForToast(
      new RegExp(`^${title}: Azure is limiting requests for "sql-billing-weu"; trying again in [23] s$`),
    );
    await workbench().waitForToast(title);
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
  });

  it('retries with the same answers, and opens the documentation', async () => {
    await emulator.options({ operationMs: 500 });
    await openWizard();
    await emulator.addFault({
      match: { method: 'PUT', path: '/keys/' },
      when: 'poll',
      code: 'OperationTimedOut',
      times: 2,
    });
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    await (await workbench().waitForToast(/took too long and was rolled back/)).press('Try Again');
    const second = await workbench().waitForToast(/took too long and was rolled back/);
    const puts = (await emulator.requests()).filter(({ method }) => method === 'PUT').map(({ path }) => path);
    assert.equal(puts.length, 2);
    assert.equal(puts[0], puts[1]);
    await second.press('Open Documentation');
    assert.match(await workbench().openedAddress(), /^https:\/\/learn\.microsoft\.com\//);
  });

  it('stops waiting on Cancel, still shows the result, and keeps the focus', async () => {
    await holdOperations();
    const tree = await openWizard();
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    const progress = await workbench().waitForToast(/Creating the server key/);
    await progress.press('Cancel');
    await progress.gone();
    await workbench().waitForToast(
      'Stopped waiting. Azure may still create the server key; the tree shows the result.',
    );
    assert.deepEqual(await serverKeys('sql-billing-weu'), []);
    const fabrikam = tree.row('Fabrikam Test');
    await fabrikam.click();
    await endOperations();
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    assert.equal((await fabrikam.state()).selected, true);
    await (await tree.reveal(production, 'sql-billing-weu')).expand();
    await tree.row(production, 'sql-billing-weu', 'kv-billing / tde-billing').state();
  });

  it('keeps a question that a button of the success opened, although the row of the key appears only then', async () => {
    await holdOperations();
    const tree = await openWizard();
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    await workbench().waitForToast(/Creating the server key/);
    // The list of server keys arrives two seconds later than the notification.
    await emulator.addFault({
      match: { method: 'GET', path: '/servers/sql-billing-weu/keys$' },
      behavior: 'throttle',
      retryAfter: 2,
      times: 1,
    });
    await endOperations();
    const created = await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    await created.press('Make TDE Protector…');
    const question = await workbench().quickPick(/^Select how/);
    const row = tree.row(production, 'sql-billing-weu', 'kv-billing / tde-billing');
    await row.when('selected', ({ selected }) => selected);
    await question.pick(/^Without automatic rotation/);
    await workbench().modal(/^Make "kv-billing_tde-billing_.*" the TDE protector/);
  });

  it('reports success even if the tree can no longer be read', async () => {
    await holdOperations();
    const tree = await openWizard();
    await confirm(await browseTo('kv-billing', 'tde-billing'));
    await workbench().waitForToast(/Creating the server key/);
    await emulator.addFault({
      match: { path: '^/subscriptions$' },
      status: 403,
      code: 'AuthorizationFailed',
      message: '',
    });
    await tree.titleAction('Refresh');
    await endOperations();
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    assert.ok((await workbench().toasts()).every(({ severity }) => severity === 'info'));
  });
});
