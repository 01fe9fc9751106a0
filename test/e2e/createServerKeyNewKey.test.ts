import assert from 'node:assert/strict';
import type { State } from '../emulator/base/state';
import type { QuickPick } from '../vscode-host/driver/quickInput';
import { until } from '../vscode-host/driver/until';
import { browseToKeys, byHeading, confirm, focusedLabel, openWizard, quickPick } from './createServerKeySteps';
import { emulator, lagging, serverKeys } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

/** Answers the questions up to the expiration date, with a new key of this name and kind. */
async function newKeyOf(vault: string, name: string, kind: string): Promise<QuickPick> {
  await (await browseToKeys(vault)).pick(`Create key in "${vault}"…`);
  const input = await workbench().inputBox(asks.newKeyName);
  await input.fill(name);
  await input.accept();
  await (await quickPick(asks.newKeyKind)).pick(kind);
  return quickPick(asks.newKeyExpiry);
}

/** Chooses the first rows for the expiration date and the version. */
async function acceptOptions(): Promise<QuickPick> {
  await (await quickPick(asks.newKeyExpiry)).pick('No expiration date');
  await (await quickPick(asks.newKeyVersion)).pick('The first version');
  return quickPick(asks.summary);
}

/** Answers the questions up to the summary, with a new key of this name and kind that doesn't expire. */
async function newKey(vault: string, name: string, kind: string): Promise<QuickPick> {
  await newKeyOf(vault, name, kind);
  return acceptOptions();
}

/** Returns the kinds offered for a new key. */
async function kindsIn(vault: string): Promise<string[]> {
  await (await browseToKeys(vault)).pick(`Create key in "${vault}"…`);
  const input = await workbench().inputBox(asks.newKeyName);
  await input.fill('tde-kinds');
  await input.accept();
  const kinds = await quickPick(asks.newKeyKind);
  const labels = (await kinds.items()).map(({ label, description }) => `${label} ${description}`.trim());
  await kinds.cancel();
  return labels;
}

async function keysOf(vault: string): Promise<State['vaults'][number]['keys']> {
  const { vaults } = await emulator.state();
  return vaults.find(({ name }) => name === vault)?.keys ?? [];
}

async function puts(path: string): Promise<number> {
  const requests = await emulator.requests();
  return requests.filter((request) => request.method === 'PUT' && request.path.includes(path)).length;
}

describe('Create Server Key with a new key', () => {
  it('creates the key and then the server key, but nothing before the user confirms', async () => {
    await openWizard();
    const summary = await newKey('kv-billing', 'tde-2027', 'RSA 3072');
    const rows = await summary.items();
    assert.ok(byHeading(rows).summary?.includes('Key: tde-2027 (RSA 3072), created first'));
    assert.equal(await puts('/'), 0);
    await confirm(summary);
    await workbench().waitForToast(/^Server key "kv-billing_tde-2027_[0-9a-f]{4}…" is on "sql-billing-weu"\.$/);
    const key = (await keysOf('kv-billing')).find(({ name }) => name === 'tde-2027');
    const [version] = key?.versions ?? [];
    assert.deepEqual([version?.kty, version?.keySize], ['RSA', 3072]);
    assert.deepEqual(await serverKeys('sql-billing-weu'), [`kv-billing_tde-2027_${version?.version ?? ''}`]);
  });

  it('creates a key that expires and is rotated, and a versionless server key', async () => {
    await openWizard();
    await (await newKeyOf('kv-billing', 'tde-2027', 'RSA 3072')).pick('Expires in 2 years, with rotation');
    await (await quickPick(asks.newKeyVersion)).pick('Always the latest version');
    const summary = await quickPick(asks.summary);
    const day = `${new Date().getUTCFullYear() + 2}${new Date().toISOString().slice(4, 10)}`;
    const { summary: facts, 'always the latest version': consequences } = byHeading(await summary.items());
    assert.ok(facts?.includes(`Expires on ${day}, with a new version 90 days before`), JSON.stringify(facts));
    assert.equal(consequences?.length, 4);
    await confirm(summary);
    await workbench().waitForToast('Server key "kv-billing_tde-2027" is on "sql-billing-weu".');
    const key = (await keysOf('kv-billing')).find(({ name }) => name === 'tde-2027');
    assert.equal(key?.versions[0]?.exp, Date.parse(day) / 1000);
    assert.equal(key.rotationPolicy?.expiryTime, 'P2Y');
    assert.deepEqual(await serverKeys('sql-billing-weu'), ['kv-billing_tde-2027']);
  });

  it('takes any later day, and keeps it when the user goes back', async () => {
    await openWizard();
    await (await newKeyOf('kv-billing', 'tde-2027', 'RSA 3072')).pick('Expires on a date…');
    const input = await workbench().inputBox(asks.newKeyDay);
    await input.fill('2020-01-01');
    assert.match((await input.validation(/^The earliest date is/)).message, /\d{4}-\d{2}-\d{2}\.$/);
    await input.fill('2040-02-29');
    await input.accept();
    await (await quickPick(asks.newKeyVersion)).back();
    assert.equal(await (await workbench().inputBox(asks.newKeyDay)).value(), '2040-02-29');
    await (await workbench().inputBox(asks.newKeyDay)).accept();
    await (await quickPick(asks.newKeyVersion)).pick('The first version');
    const summary = await quickPick(asks.summary);
    // The row of the date asks for the date again.
    await summary.pick('Expires on 2040-02-29');
    await (await workbench().inputBox(asks.newKeyDay)).accept();
    assert.equal(await focusedLabel(await quickPick(asks.newKeyVersion)), 'The first version');
    await workbench().press('Enter');
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast(/^Server key "kv-billing_tde-2027_/);
    const key = (await keysOf('kv-billing')).find(({ name }) => name === 'tde-2027');
    assert.deepEqual([key?.versions[0]?.exp, key?.rotationPolicy], [Date.UTC(2040, 1, 29) / 1000, undefined]);
  });

  it('validates the name as the user types', async () => {
    await openWizard();
    await (await browseToKeys('kv-billing')).pick('Create key in "kv-billing"…');
    const input = await workbench().inputBox(asks.newKeyName);
    for (const [text, message] of [
      ['tde billing', 'A key name must have 1 to 127 letters, digits, and hyphens.'],
      ['TDE-Billing', '"kv-billing" already has a key with this name.'],
      ['k'.repeat(85), 'The vault name and key name together can have at most 94 characters; these have 95.'],
    ] as const) {
      await input.fill(text);
      assert.equal((await input.validation(message)).severity, 'error', text);
      await input.accept();
    }
    await input.fill('');
    await input.accept();
    assert.equal((await input.validation(/^A key name must have/)).severity, 'error');
    await input.cancel();
  });

  it('offers hardware keys in premium vaults, and only hardware keys in a managed HSM', async () => {
    await openWizard();
    const software = ['RSA 3072 recommended', 'RSA 2048'];
    assert.deepEqual(await kindsIn('kv-billing'), [...software, 'RSA-HSM 3072', 'RSA-HSM 2048']);
    const state = await emulator.state();
    await emulator.reset({ ...state, vaults: state.vaults.map((vault) => ({ ...vault, sku: 'standard' })) });
    await openWizard();
    assert.deepEqual(await kindsIn('kv-billing'), software);
    await openWizard();
    assert.deepEqual(await kindsIn('hsm-contoso'), ['RSA-HSM 3072 recommended', 'RSA-HSM 2048']);
  });

  it('creates a hardware key in a managed HSM', async () => {
    await openWizard();
    await confirm(await newKey('hsm-contoso', 'tde-2027', 'RSA-HSM 3072'));
    await workbench().waitForToast(/^Server key "hsm-contoso_tde-2027_.*" is on "sql-billing-weu"\.$/);
    const key = (await keysOf('hsm-contoso')).find(({ name }) => name === 'tde-2027');
    assert.equal(key?.versions[0]?.kty, 'RSA-HSM');
  });

  it('does not create the key again if only the server key failed', async () => {
    await emulator.options({ operationMs: 1000 });
    await openWizard();
    await emulator.addFault({
      match: { method: 'PUT', path: 'sql-billing-weu/keys/' },
      when: 'poll',
      code: 'OperationTimedOut',
      times: 1,
    });
    await confirm(await newKey('kv-billing', 'tde-2027', 'RSA 2048'));
    await (await workbench().waitForToast(/took too long and was rolled back/)).press('Try Again');
    await workbench().waitForToast(/^Server key "kv-billing_tde-2027_.*" is on "sql-billing-weu"\.$/);
    assert.deepEqual([await puts('kv-billing/keys/'), await puts('sql-billing-weu/keys/')], [1, 2]);
  });

  it("asks for the version of the new key if the cloud doesn't support versionless key identifiers", async () => {
    await emulator.options({ ...lagging, operationMs: 1000 });
    await openWizard();
    await (await newKeyOf('kv-billing', 'tde-2027', 'RSA 3072')).pick('No expiration date');
    await (await quickPick(asks.newKeyVersion)).pick('Always the latest version');
    await confirm(await quickPick(asks.summary));
    const refused = await workbench().waitForToast(/doesn't support versionless key identifiers/);
    await refused.press('Choose Another Version…');
    const versions = await quickPick('Select the version of "tde-2027", newest first');
    const [only, ...others] = await versions.items();
    assert.deepEqual(others, []);
    await versions.pick(only?.label ?? '');
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast(/^Server key "kv-billing_tde-2027_/);
    assert.equal(await puts('kv-billing/keys/'), 1);
  });

  it('stops on Cancel without creating the server key', async () => {
    await openWizard();
    const summary = await newKey('kv-billing', 'tde-2027', 'RSA 2048');
    await emulator.options({ latency: 2000 });
    await confirm(summary);
    const progress = await workbench().waitForToast('Creating the key "tde-2027" in "kv-billing"…');
    await progress.press('Cancel');
    await workbench().waitForToast(
      'Stopped waiting. Azure may still create the key "tde-2027" in "kv-billing", but no server key.',
    );
    await until('the key', async () => (await keysOf('kv-billing')).some(({ name }) => name === 'tde-2027'));
    await emulator.options({ latency: 0 });
    // While the tree is read, a request that must not follow would be sent.
    await openTree();
    assert.equal(await puts('sql-billing-weu/keys/'), 0);
  });

  it('asks for another name if the name has been taken in the meantime', async () => {
    await openWizard();
    const summary = await newKey('kv-billing', 'tde-2027', 'RSA 2048');
    const state = await emulator.state();
    for (const { name, keys } of state.vaults) {
      const [first] = keys;
      if (name === 'kv-billing' && first) keys.push({ ...first, name: 'tde-2027' });
    }
    await emulator.reset(state);
    await confirm(summary);
    const taken = await workbench().waitForToast(/already has a key with this name/);
    await taken.press('Choose Another Name…');
    const input = await workbench().inputBox(asks.newKeyName);
    assert.equal(await input.value(), 'tde-2027');
    await input.fill('tde-2028');
    await input.accept();
    const [kind] = await (await quickPick(asks.newKeyKind)).items();
    assert.deepEqual([kind?.label, kind?.separator], ['RSA 2048', 'previously selected']);
    await (await quickPick(asks.newKeyKind)).pick('RSA 2048');
    await confirm(await acceptOptions());
    await workbench().waitForToast(/^Server key "kv-billing_tde-2028_.*" is on "sql-billing-weu"\.$/);
  });
});
