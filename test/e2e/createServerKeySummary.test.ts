import assert from 'node:assert/strict';
import { contoso, subscriptions } from '../emulator/seeds/demoNames';
import type { InputBox } from '../vscode-host/driver/quickInput';
import {
  browseTo,
  browseToKeys,
  byHeading,
  confirm,
  focusedLabel,
  openWizard,
  paste,
  production,
  quickPick,
} from './createServerKeySteps';
import { emulator, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const newKeyName = (): Promise<InputBox> => workbench().inputBox(asks.newKeyName);

describe('Going back in Create Server Key', () => {
  it('offers the earlier choice first at every question', async () => {
    await openTree();
    await workbench().palette('SQL Server Keys: Create Server Key…');
    await (await quickPick(asks.server)).pick('sql-billing-weu');
    const older = /^Select the version of "tde-orders"/;
    await (await browseToKeys('kv-orders')).pick('tde-orders');
    const version = (await (await quickPick(older)).items()).find(({ detail }) => detail === 'Not suitable: disabled');
    await (await quickPick(older)).pick(version?.label ?? '');
    await (await quickPick(asks.summary)).back();
    assert.equal(await focusedLabel(await quickPick(older)), version?.label);
    await (await quickPick(older)).back();
    assert.equal(await focusedLabel(await quickPick(asks.key)), 'tde-orders');
    await (await quickPick(asks.key)).back();
    assert.equal(await focusedLabel(await quickPick(asks.vault)), 'kv-orders');
    await (await quickPick(asks.vault)).back();
    assert.equal(await focusedLabel(await quickPick(asks.source)), 'Browse key vaults…');
    await (await quickPick(asks.source)).back();
    const [server] = await (await quickPick(asks.server)).items();
    assert.deepEqual([server?.label, server?.separator], ['sql-billing-weu', 'previously selected']);
    for (const question of [asks.server, asks.source, asks.vault, asks.key, older]) {
      await (await quickPick(question)).items();
      await workbench().press('Enter');
    }
    const rows = await (await quickPick(asks.summary)).items();
    // The version is disabled and not the newest; one fix resolves both findings.
    assert.equal(rows.filter(({ label }) => label === 'Choose Another Version…').length, 1);
    assert.ok(
      rows.some(({ detail }) => detail === `https://kv-orders.vault.azure.net/keys/tde-orders/${version?.label ?? ''}`),
    );
  });

  it('keeps typed text and the choice to create a key', async () => {
    await openWizard();
    await (await browseToKeys('kv-billing')).pick('Create key in "kv-billing"…');
    await (await newKeyName()).fill('tde-kept');
    await (await newKeyName()).accept();
    await (await quickPick(asks.newKeyKind)).pick('RSA-HSM 3072');
    await (await quickPick(asks.newKeyExpiry)).pick('Expires in 1 year, with rotation');
    await (await quickPick(asks.newKeyVersion)).pick('Always the latest version');
    await (await quickPick(asks.summary)).back();
    assert.equal(await focusedLabel(await quickPick(asks.newKeyVersion)), 'Always the latest version');
    await (await quickPick(asks.newKeyVersion)).back();
    assert.equal(await focusedLabel(await quickPick(asks.newKeyExpiry)), 'Expires in 1 year, with rotation');
    await (await quickPick(asks.newKeyExpiry)).back();
    assert.equal(await focusedLabel(await quickPick(asks.newKeyKind)), 'RSA-HSM 3072');
    await (await quickPick(asks.newKeyKind)).back();
    assert.equal(await (await newKeyName()).value(), 'tde-kept');
    await (await newKeyName()).back();
    assert.equal(await focusedLabel(await quickPick(asks.key)), 'Create key in "kv-billing"…');
    await (await quickPick(asks.key)).back();
    await (await quickPick(asks.vault)).back();
    const address = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    await (await paste(address)).back();
    const input = await workbench().inputBox(asks.paste);
    assert.equal(await input.value(), address);
    await input.back();
    assert.equal(await focusedLabel(await quickPick(asks.source)), 'Paste a key identifier…');
    await (await quickPick(asks.source)).cancel();
    assert.deepEqual(await workbench().messages(), []);
  });
});

describe('The summary of Create Server Key', () => {
  it('goes back to the question of a row, or copies its value if the question was not asked', async () => {
    await openWizard();
    const summary = await browseTo('kv-billing', 'tde-billing');
    const rows = await summary.items();
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description.split(' · ').at(-1)]),
      [
        ['Create server key on "sql-billing-weu"', '17 passed'],
        ['17 checks passed', 'choose to show'],
        ['Check Again', ''],
        ['Server: sql-billing-weu', 'choose to copy'],
        ['Key vault: kv-billing', 'choose to change'],
        ['Key: tde-billing', 'choose to change'],
        ['Server key name', 'choose to copy'],
        ['Copy or Save…', 'creates nothing'],
      ],
    );
    await summary.pick('Server: sql-billing-weu');
    assert.equal(await workbench().clipboard('sql-billing-weu'), 'sql-billing-weu');
    await (await quickPick(asks.summary)).pick('Copy or Save…');
    await workbench().screenshot('summary-copy-or-save');
    await (await quickPick(/^Select what to copy the change as/)).pick('Terraform');
    await workbench().clipboard(/"azapi_resource" "step1"[^]*kv-billing_tde-billing_/);
    await (await quickPick(asks.summary)).pick('Key vault: kv-billing');
    await (await quickPick(asks.vault)).pick('kv-orders');
    await (await quickPick(asks.key)).pick('tde-orders-next');
    await (await quickPick(/^Select the version/)).pick(await versionOf('kv-orders', 'tde-orders-next'));
    await (await quickPick(asks.summary)).pick('Key: tde-orders-next');
    await (await quickPick(/^Select the version of "tde-orders-next"/)).pick('Always the latest version');
    const { detail } = await confirm(await quickPick(asks.summary));
    assert.equal(detail, 'kv-orders_tde-orders-next');
    await workbench().waitForToast('Server key "kv-orders_tde-orders-next" is on "sql-billing-weu".');
  });

  it('shows problems with their fixes, and every check on request', async () => {
    await openWizard();
    const summary = await browseTo('kv-nopurge', 'tde-nopurge');
    const rows = await summary.items();
    assert.deepEqual(byHeading(rows).checks, [
      'Purge protection of "kv-nopurge" is off',
      'Turn On Purge Protection…',
      '16 checks passed',
      'Check Again',
    ]);
    const [create] = rows;
    const createLabel = 'Create server key on "sql-billing-weu"';
    assert.deepEqual([create?.label, create?.description], [createLabel, '1 warning, 16 passed']);
    await summary.pick('16 checks passed');
    const all = await (await quickPick(asks.summary)).items('"sql-billing-weu" exists and is ready');
    assert.equal(byHeading(all).checks?.[0], 'Purge protection of "kv-nopurge" is off');
    const focused = all.findIndex((row) => row.focused);
    assert.equal(all[focused - 1]?.label, 'Turn On Purge Protection…', 'the first check that was hidden has the focus');
    await summary.pick('Purge protection of "kv-nopurge" is off');
    const whole = await workbench().modal(/^Purge protection of "kv-nopurge" is off/);
    assert.match(whole.detail, /It has been seen to accept such a key\.$/);
    await whole.choose('Cancel');
    // The page has only the visible rows.
    await summary.filter('Check Again');
    await summary.pick('Check Again');
    await (await quickPick(asks.summary)).items('16 checks passed');
  });

  it('fixes a problem with consent, then repeats the checks', async () => {
    await openWizard();
    const summary = await browseTo('kv-nopurge', 'tde-nopurge');
    await summary.pick('Turn On Purge Protection…');
    await (await workbench().modal(/^Turn on purge protection of "kv-nopurge"/)).choose('Turn On');
    const again = await quickPick(asks.summary);
    const [create] = await again.items('Create server key on "sql-billing-weu"');
    assert.equal(create?.description, '17 passed');
    await confirm(again);
    await workbench().waitForToast(/^Server key "kv-nopurge_tde-nopurge_.*" is on "sql-billing-weu"\.$/);
  });

  it('checks a pasted key if the account can see its vault', async () => {
    await openWizard();
    const summary = await paste('https://kv-billing.vault.azure.net/keys/tde-billing-expired');
    assert.match(
      byHeading(await summary.items()).checks?.join() ?? '',
      /^"tde-billing-expired" is not suitable: expired/,
    );
    await summary.back();
    await (await workbench().inputBox(asks.paste)).fill('https://kv-billing.vault.azure.net/keys/tde-none');
    await (await workbench().inputBox(asks.paste)).accept();
    const missing = await (await quickPick(asks.summary)).items();
    assert.equal(byHeading(missing).checks?.[0], '"kv-billing" has no key "tde-none"');
    await (await quickPick(asks.summary)).back();
    await (await workbench().inputBox(asks.paste)).fill('https://kv-elsewhere.vault.azure.net/keys/tde');
    await (await workbench().inputBox(asks.paste)).accept();
    const unknown = await (await quickPick(asks.summary)).items();
    assert.equal(
      byHeading(unknown).checks?.[0],
      'No vault at "kv-elsewhere.vault.azure.net" is visible to your account',
    );
    assert.ok(unknown.some(({ description }) => description === 'could not be checked · choose to change'));
  });

  it('finds the vault of a pasted key in a subscription that the view hides', async () => {
    const setting = 'sqlServerKeys.selectedSubscriptions';
    try {
      const tree = await openTree();
      await workbench().setSettings({ [setting]: [`${contoso}/${subscriptions.development}`] });
      await tree.messageWhen(/filtered/);
      await (await tree.reveal('Contoso Development', 'sql-dev-weu')).inlineAction('Create Server Key…');
      await emulator.clearRequests();
      const rows = await (await paste('https://kv-billing.vault.azure.net/keys/tde-billing')).items();
      const vault = rows.find(({ label }) => label === 'Key vault: kv-billing');
      const key = rows.find(({ label }) => label.startsWith('Key: tde-billing'));
      assert.ok(vault);
      assert.match(key?.description ?? '', /^RSA \d+/);
      const reads = (await emulator.requests()).filter(({ path }) => path.endsWith('/kv-billing/keys/tde-billing'));
      // The first question also reads recently used keys.
      assert.ok(reads.length > 0);
    } finally {
      await workbench().setSettings({ [setting]: undefined });
    }
  });

  it('creates nothing if the server already has the key, and selects its row', async () => {
    const tree = await openWizard('sql-hr-weu');
    const summary = await browseTo('hsm-contoso', 'tde-hr');
    const { label } = await confirm(summary);
    assert.equal(label, 'Nothing to create: every server key already exists');
    const toast = await workbench().waitForToast(/^Server key "hsm-contoso_tde-hr_.*" is already on "sql-hr-weu"\.$/);
    assert.deepEqual([toast.severity, toast.buttons], ['info', ['Make TDE Protector…', 'Copy Name']]);
    assert.equal((await tree.row(production, 'sql-hr-weu', 'hsm-contoso / tde-hr').state()).selected, true);
    assert.ok((await emulator.requests()).every(({ method }) => method !== 'PUT'));
  });

  it("continues if a server can't be read, and succeeds if that server already has the key", async () => {
    await openWizard('sql-hr-weu');
    await emulator.addFault({
      match: { method: 'GET', path: 'sql-hr-weu/keys$' },
      status: 403,
      code: 'AuthorizationFailed',
    });
    const summary = await browseTo('hsm-contoso', 'tde-hr');
    assert.equal(byHeading(await summary.items()).checks?.[0], 'Could not be checked: server keys of "sql-hr-weu"');
    await emulator.clearFaults();
    await emulator.addFault({
      match: { method: 'PUT', path: 'sql-hr-weu/keys/' },
      status: 409,
      code: 'ServerKeyUriAlreadyExists',
    });
    await confirm(summary);
    await workbench().waitForToast(/^Server key "hsm-contoso_tde-hr_.*" is already on "sql-hr-weu"\.$/);
    assert.equal((await serverKeys('sql-hr-weu')).length, 1);
  });
});
