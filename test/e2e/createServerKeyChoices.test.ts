import assert from 'node:assert/strict';
import {
  browseTo,
  browseToVersions,
  byHeading,
  confirm,
  openWizard,
  paste,
  production,
  quickPick,
} from './createServerKeySteps';
import { copyKey } from './copyKey';
import { emulator, info, lagging, serverKeys, versionOf } from './emulator';
import { until } from '../vscode-host/driver/until';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const always = 'Always the latest version';
describe('Create Server Key offers', () => {
  it('likely keys at once, so that the right click, the key, and Create are the only choices', async () => {
    const tree = await openWizard('sql-orders-weu');
    const own = await (await quickPick(asks.source)).items(/^kv-orders/);
    assert.deepEqual([own[0]?.label, own[0]?.focused], ['kv-orders / tde-orders', true]);
    assert.equal(own[0]?.separator, 'likely keys, newest version');
    const partner = 'TDE protector of the replication partner "sql-orders-neu"';
    await until('the partner', async () =>
      (await (await quickPick(asks.source)).items()).some(({ detail }) => detail === partner),
    );
    await (await quickPick(asks.source)).cancel();
    await tree.row(production, 'sql-billing-weu').click();
    await tree.row(production, 'sql-billing-weu', 'Service-managed key').state();
    await emulator.options({ latency: 500 });
    await tree.row(production, 'sql-billing-weu').choose('Create Server Key…');
    const source = await quickPick(asks.source);
    const rows = await source.items(/^kv-orders/);
    assert.deepEqual(byHeading(rows)['all keys'], ['Browse key vaults…', 'Paste a key identifier…']);
    const [nearby] = rows;
    assert.deepEqual(
      [nearby?.description, nearby?.detail],
      ['', 'TDE protector of "sql-orders-neu" and 3 other servers'],
      'nothing waits for the keys',
    );
    const read = await until('the keys', async () => {
      const likely = (await source.items()).slice(0, 3);
      return likely.some(({ detail }) => detail.includes('Not suitable')) && likely;
    });
    assert.equal(read[0]?.description, 'RSA 2048 · no expiration date');
    const { label, detail } = read[2] ?? {};
    assert.deepEqual(
      [label, detail],
      ['kv-billing / tde-billing-disabled', 'TDE protector of "sql-archive-neu" · Not suitable: disabled'],
    );
    await emulator.options({ latency: 0 });
    await source.pick('kv-orders / tde-orders');
    const { detail: name } = await confirm(await quickPick(asks.summary));
    assert.equal(name, `kv-orders_tde-orders_${await versionOf('kv-orders', 'tde-orders')}`);
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
  });

  it("key vaults and managed HSMs of all subscriptions, those in the server's subscription first", async () => {
    await openWizard('sql-hr-weu');
    await (await quickPick(asks.source)).pick('Browse key vaults…');
    const vaults = await (await quickPick(asks.vault)).items();
    const facts = new Map(vaults.map(({ label, description, detail }) => [label, `${description} | ${detail}`]));
    assert.match(facts.get('kv-fabrikam') ?? '', / · in another tenant \|/);
    assert.equal(facts.get('hsm-contoso'), 'westeurope · managed HSM | Contoso Production, resource group rg-hr');
    assert.equal(
      facts.get('kv-nopurge'),
      'westeurope · purge protection is off, but TDE requires it | Contoso Production, resource group rg-keys',
    );
    const headings = Object.keys(byHeading(vaults)).filter((heading) => heading !== 'recently used');
    assert.deepEqual(headings, ['subscription of the server: Contoso Production', 'subscription: Fabrikam Test']);
  });

  it('the keys of a managed HSM', async () => {
    await openWizard();
    const { detail: name } = await confirm(await browseTo('hsm-contoso', 'tde-hsm'));
    assert.equal(name, `hsm-contoso_tde-hsm_${await versionOf('hsm-contoso', 'tde-hsm')}`);
    await workbench().waitForToast(/^Server key "hsm-contoso_tde-hsm_.*" is on "sql-billing-weu"\.$/);
    assert.deepEqual(await serverKeys('sql-billing-weu'), [name]);
  });

  it('the most recently used vault first', async () => {
    await openWizard();
    await confirm(await browseTo('kv-orders', 'tde-orders'));
    await workbench().waitForToast(/^Server key .* is on "sql-billing-weu"\.$/);
    await openWizard();
    await (await quickPick(asks.source)).pick('Browse key vaults…');
    const [first] = await (await quickPick(asks.vault)).items();
    assert.deepEqual([first?.label, first?.separator, first?.focused], ['kv-orders', 'recently used', true]);
  });

  it('a row with the reason if listing the vaults fails, which opens the log, and Retry', async () => {
    await openWizard();
    await emulator.addFault({
      match: { path: 'Microsoft.ResourceGraph' },
      status: 403,
      code: 'RequestDisallowedByPolicy',
      message: 'Resource Graph is off.',
    });
    await (await quickPick(asks.source)).pick('Browse key vaults…');
    const vaults = await quickPick(asks.vault);
    const [row, ...others] = await vaults.items();
    assert.deepEqual([row?.label, others.map(({ label }) => label)], ["Can't list the key vaults", ['Retry']]);
    assert.match(row?.detail ?? '', /policy/);
    await vaults.pick("Can't list the key vaults");
    assert.match(await workbench().outputText('SQL Server Keys'), /RequestDisallowedByPolicy/);
    await emulator.clearFaults();
    await (await quickPick(asks.vault)).pick('Retry');
    await (await quickPick(asks.vault)).items('kv-orders');
  });

  it('always the latest version, shows the consequences, and creates a versionless server key', async () => {
    await openWizard();
    const versions = await browseToVersions('kv-billing', 'tde-billing');
    const [first] = await versions.items();
    assert.deepEqual([first?.label, first?.focused], [always, true]);
    await versions.pick(always);
    const summary = await quickPick(asks.summary);
    const groups = byHeading(await summary.items());
    assert.ok(groups.summary?.includes('Key: tde-billing, always the latest version'));
    assert.deepEqual(groups['always the latest version'], [
      'A new version of the key needs no new server key; the TDE protector uses it only with automatic rotation',
      "The server's identity needs the get permission on the key, in addition to wrapKey and unwrapKey",
      'Geo-replicas need the same key from the same vault',
      "For Azure SQL Database only; some clouds don't support it yet",
    ]);
    await confirm(summary);
    await workbench().waitForToast('Server key "kv-billing_tde-billing" is on "sql-billing-weu".');
    assert.deepEqual(await serverKeys('sql-billing-weu'), ['kv-billing_tde-billing']);
  });

  it("another version if the cloud doesn't support versionless key identifiers, and keeps the other answers", async () => {
    await emulator.options(lagging);
    await openWizard();
    await (await browseToVersions('kv-billing', 'tde-billing')).pick(always);
    await confirm(await quickPick(asks.summary));
    const refused = await workbench().waitForToast(/doesn't support versionless key identifiers/);
    assert.deepEqual(refused.buttons, ['Choose Another Version…', 'Show Details', 'Open Documentation']);
    await refused.press('Choose Another Version…');
    const versions = await quickPick('Select the version of "tde-billing", newest first');
    assert.ok((await versions.items()).every(({ label }) => /^[0-9a-f]{32}$/.test(label)));
    await versions.pick(await versionOf('kv-billing', 'tde-billing'));
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast(/^Server key "kv-billing_tde-billing_.*" is on "sql-billing-weu"\.$/);
  });

  it('the pasted versionless key identifier for editing if the cloud requires a version', async () => {
    await emulator.options(lagging);
    await openWizard();
    const address = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    const summary = await paste(address);
    const rows = await summary.items();
    assert.ok(rows.some(({ label, detail }) => label.endsWith('always the latest version') && detail === address));
    await confirm(summary);
    const refused = await workbench().waitForToast(/doesn't support versionless key identifiers/);
    await refused.press('Choose Another Version…');
    const input = await workbench().inputBox(asks.paste);
    assert.equal(await input.value(), address);
    await input.accept();
    assert.match((await input.validation()).message, /^After the key name, add a slash and the version\./);
    await emulator.options({ apiVersions: {} });
    await input.fill(`${address}/${await versionOf('kv-billing', 'tde-billing')}`);
    await input.accept();
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast(/^Server key "kv-billing_tde-billing_.*" is on "sql-billing-weu"\.$/);
  });

  it("keys that TDE can't use after all others, and explains why Azure refuses one", async () => {
    await openWizard();
    const versions = await browseToVersions('kv-billing', 'tde-billing-ec');
    const offered = await versions.items();
    assert.equal(offered.at(-1)?.label, always);
    assert.match(offered.at(-1)?.detail ?? '', /^Not suitable: EC key/);
    await versions.pick(await versionOf('kv-billing', 'tde-billing-ec'));
    const summary = await quickPick(asks.summary);
    const reason = '"tde-billing-ec" is not suitable: EC key: TDE needs RSA 2048 or 3072';
    assert.deepEqual(byHeading(await summary.items()).checks, [
      reason,
      'Choose Another Key…',
      '17 checks passed',
      'Check Again',
    ]);
    const rows = await summary.items();
    assert.equal(rows.find(({ focused }) => focused)?.label, 'Choose Another Key…');
    assert.equal(rows.at(-1)?.label, 'Create server key on "sql-billing-weu" anyway');
    await summary.pick('Choose Another Key…');
    const others = await (await quickPick(asks.key)).items();
    assert.equal(others.find(({ focused }) => focused)?.label, 'tde-billing');
    const keys = others.filter(({ label }) => label.startsWith('tde-'));
    assert.equal(keys.at(-1)?.label, 'tde-billing-ec');
    await (await quickPick(asks.key)).pick('tde-billing-ec');
    await (await quickPick(/^Select the version/)).pick(await versionOf('kv-billing', 'tde-billing-ec'));
    await confirm(await quickPick(asks.summary));
    const toast = await workbench().waitForToast(`Server key not created: ${reason}.`);
    assert.deepEqual([toast.severity, toast.buttons], ['error', ['Choose Another Key…', 'Show Details', 'More…']]);
  });
});

describe('Add Standby Key', () => {
  it('shows how to copy the key, waits until the second vault has it, and compares the thumbprints', async () => {
    const state = await emulator.state();
    const { principalId } = state.servers.find(({ name }) => name === 'sql-orders-weu') ?? assert.fail();
    for (const vault of state.vaults.filter(({ name }) => name === 'kv-orders' || name === 'kv-billing')) {
      vault.rbac = false;
      vault.accessPolicies = [principalId ?? '', state.caller].map((objectId) => ({
        tenantId: vault.tenantId,
        objectId,
        permissions: { keys: ['all'], secrets: [], certificates: [] },
      }));
    }
    await emulator.reset(state);
    // VS Code shows at most three toasts within 800 ms.
    await emulator.options({ operationMs: 1000 });
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).expand();
    await tree.row(production, 'sql-orders-weu', 'kv-orders / tde-orders').choose('Add Standby Key…');
    await (await quickPick(/^Select the second vault/)).pick('kv-billing');
    const text = await workbench().preview(/Standby key for "sql-orders-weu" in "kv-billing"/);
    assert.match(text, /az rest --method post .*kv-orders\.vault\.azure\.net\/keys\/tde-orders\/backup/);
    const first = await workbench().waitForToast(/^Run the command to copy the key "tde-orders" to "kv-billing"/);
    await first.press('Continue');
    const second = await workbench().waitForToast(/^"kv-billing" doesn't have the key "tde-orders" yet/);
    assert.equal((await copyKey(info, 'kv-orders', 'tde-orders', 'kv-billing')).status, 200);
    await second.press('Continue');
    await confirm(await quickPick(asks.summary));
    const created = await workbench().waitForToast(/^Server key "kv-billing_tde-orders_.*" is on "sql-orders-weu"\.$/);
    assert.deepEqual(created.buttons, ['Copy Name']);
    await workbench().waitForToast(
      '"sql-orders-weu" has a standby key in "kv-billing": both server keys have the same thumbprint.',
    );
    const row = tree.row(production, 'sql-orders-weu', 'kv-billing / tde-orders');
    await row.when('a standby key', ({ description }) => description.startsWith('standby'));
  });
});
