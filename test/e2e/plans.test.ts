import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../vscode-host/driver/until';
import { emulator } from './emulator';
import { addReplicaVault, changesIn, inOrder, primary, replica, replicaVault } from '../failoverPair';
import { serverKey } from '../emulator/seeds/parts';
import { savedPlan } from '../../src/core/plan/savedPlan';
import type { SavedRestore } from '../../src/core/plan/savedRestore';
import type { ChangePlan } from '../../src/core/plan/singleStep';
import { openTree, openView, workbench } from './workbench';

/** Operations end before their first poll, because the second one comes after 2 s, and requests take longer than toasts. */
const quick = { operationMs: 0, latency: 60 };
const production = 'Contoso Production';
const version = 'fedcba9876543210'.repeat(2);

/** Adds a version to the key of the failover pair. */
async function addVersion(): Promise<void> {
  const state = await emulator.state();
  const { keys } = state.vaults.find(({ name }) => name === 'kv-orders') ?? assert.fail();
  const { versions } = keys.find(({ name }) => name === 'tde-orders') ?? assert.fail();
  const last = versions.at(-1) ?? assert.fail();
  versions.push({ ...last, version, created: Date.now(), updated: Date.now(), thumbprint: '0F'.repeat(20) });
  await emulator.reset(state);
}

const changesSent = async (): Promise<string[]> => changesIn(await emulator.requests());

/** Makes a plan that rotates the pair to the new version. */
async function makePlan(): Promise<void> {
  await addVersion();
  const tree = await openTree();
  await emulator.options(quick);
  await (await tree.reveal(production, primary)).choose('Plan Key Rotation…');
  await (await workbench().quickPick('Select the new TDE protector')).pick('kv-orders / tde-orders');
  await workbench().preview(/Plan: rotate the TDE protector/);
}

/** Runs the plan from the list of recent plans. */
async function chooseToRun(): Promise<void> {
  await workbench().palette('SQL Server Keys: Run Plan…');
  await (await workbench().quickPick('Select the plan to run')).pick(`Rotate "${primary}"`);
}

/** The operation that began last. */
async function lastOperation() {
  await workbench().palette('SQL Server Keys: Show Operations…');
  const list = await workbench().quickPick('Select an operation');
  const [{ label, detail } = assert.fail()] = await list.items();
  assert.equal(label, `Rotate the TDE protector of "${primary}"`);
  return { list, label, detail };
}

const productionTag = 'sqlServerKeys.productionTag';

describe('a rotation plan', () => {
  it('can be copied, and runs for a failover pair after consent: first the server keys, then the TDE protectors, replicas first', async () => {
    await makePlan();
    const offered = `Plan for "${primary}" with 5 steps. Nothing has changed yet.`;
    const offer = await workbench().waitForToast(offered);
    await offer.press('Copy As…');
    await (await workbench().quickPick('Select what to copy the plan as')).pick('Azure PowerShell');
    await workbench().waitForToast(/^Copied for Azure PowerShell/);
    assert.match(
      await workbench().clipboard(/Add-AzSqlServerKeyVaultKey/),
      /Set-AzSqlServerTransparentDataEncryptionProtector .*-ServerName sql-orders-weu /,
    );
    // The offer comes back after copying, and after Esc.
    await (await workbench().waitForToast(offered)).press('Copy As…');
    await (await workbench().quickPick('Select what to copy the plan as')).cancel();
    await (await workbench().waitForToast(offered)).press('Run Plan…');
    const consent = await workbench().modal(`Rotate the TDE protector of "${primary}"?`);
    assert.match(consent.detail, /^1\. Create server key .* on "sql-orders-neu"\n2\. /);
    await workbench().screenshot('run-plan-consent');
    await consent.choose('Run Plan');
    await workbench().waitForToast(
      `Plan finished: "kv-orders_tde-orders_fedc…" is the TDE protector of "${replica}", "${primary}".`,
    );
    assert.deepEqual(await changesSent(), inOrder);
  });

  it('stops at the first failure, and resumes with the next step, also from the list of recent plans', async () => {
    await makePlan();
    const path = `/servers/${primary}/keys/`;
    await emulator.addFault({ match: { method: 'PUT', path }, status: 409, code: 'OperationInterrupted', times: 1 });
    await (await workbench().waitForToast(/^Plan for/)).press('Run Plan…');
    await (await workbench().modal(/^Rotate/)).choose('Run Plan');
    const failure = await workbench().waitForToast(/^Plan stopped after 1 of 5 steps: /);
    assert.deepEqual(failure.buttons, ['Resume', 'Show Plan', 'Copy As…']);
    await failure.press('Show Plan');
    await workbench().preview(/1 of 5 steps are done\./);
    await workbench().screenshot('plan-stopped');
    await (await workbench().waitForToast(/^Plan stopped after 1 of 5 steps: /)).press('Copy As…');
    await (await workbench().quickPick('Select what to copy the plan as')).pick('Azure CLI');
    const commands = await workbench().clipboard(/^az sql server key create .* -s sql-orders-weu /m);
    assert.doesNotMatch(commands, /key create .* -s sql-orders-neu /);
    await chooseToRun();
    const consent = await workbench().modal(`Resume the rotation of the TDE protector of "${primary}"?`);
    assert.match(consent.detail, /^1 of 5 steps are done\. The others:\n2\. /);
    await consent.choose('Resume Plan');
    await workbench().waitForToast(/^Plan finished: /);
    assert.deepEqual(await changesSent(), [...inOrder.slice(0, 2), ...inOrder.slice(1)]);
  });

  it('is one operation, which a window that is reloaded between two changes continues without sending any again', async () => {
    await makePlan();
    await emulator.options({ operationMs: 3000 });
    await (await workbench().waitForToast(/^Plan for/)).press('Run Plan…');
    await (await workbench().modal(/^Rotate/)).choose('Run Plan');
    await until('the second change', async () => (await changesSent()).length === 2);
    await workbench().reload();
    const tree = await openView();
    await tree.messageWhen(/^1 operation ended while you were away/);
    await emulator.options(quick);
    const operation = await lastOperation();
    assert.match(operation.detail, /^not complete · started /);
    await operation.list.pick(operation.label);
    await (await workbench().quickPick('What do you want to do?')).pick('Continue…');
    const consent = await workbench().modal(`Resume the rotation of the TDE protector of "${primary}"?`);
    assert.match(consent.detail, /^2 of 5 steps are done\. The others:\n3\. Compare /);
    await consent.choose('Resume Plan');
    await workbench().waitForToast(/^Plan finished: /);
    assert.deepEqual(await changesSent(), inOrder);
    assert.match((await lastOperation()).detail, /^done · started /);
  });

  it('moves a failover pair to two vaults, one for each server', async () => {
    const state = await emulator.state();
    addReplicaVault(state);
    await emulator.reset(state);
    const tree = await openTree();
    await emulator.options(quick);
    await (await tree.reveal(production, primary)).choose('Move to Another Vault…');
    await (await workbench().quickPick(/^Select the key vault .* for "sql-orders-weu"/)).pick('kv-orders');
    await (await workbench().quickPick(/^Select the key for "sql-orders-weu"/)).pick('tde-orders-next');
    await (await workbench().quickPick(/^Select the vault for "sql-orders-neu"/)).pick('A key in another vault…');
    await (await workbench().quickPick(/^Select the key vault .* for "sql-orders-neu"/)).pick(replicaVault);
    await (await workbench().quickPick(/^Select the key for "sql-orders-neu"/)).pick('tde-orders-next');
    await (
      await workbench().waitForToast(`Plan for "${primary}" with 8 steps. Nothing has changed yet.`)
    ).press('Run Plan…');
    await workbench().screenshot('plan-two-vaults');
    await (await workbench().modal(/^Rotate/)).choose('Run Plan');
    await workbench().waitForToast(`Plan finished: "${replica}", "${primary}" have their new TDE protectors.`);
    const { servers } = await emulator.state();
    const protectors = [replica, primary].map(
      (name) => servers.find((one) => one.name === name)?.protector.serverKeyName,
    );
    assert.match(protectors.join(), /^kv-orders-neu_tde-orders-next_.*,kv-orders_tde-orders-next_/);
  });
});

describe('a saved rotation plan', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plans-'));
  const noPlan = 'empty.tde-plan.json';
  before(() => {
    writeFileSync(join(folder, noPlan), '{}');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Enters the path of a file in VS Code's own dialog. */
  const enterFile = async (title: string, file: string): Promise<void> => {
    const dialog = await workbench().quickPick(title);
    // The dialog replaces its path when it has read the first folder, and can accept a path when it has read that one's folder.
    await dialog.items();
    await dialog.filter(join(folder, file));
    await dialog.items(noPlan);
    await workbench().press('Enter');
  };

  const open = async (file: string): Promise<void> => {
    await workbench().palette('SQL Server Keys: Run Plan…');
    await (await workbench().quickPick('Select the plan to run')).pick('Open a Saved Plan…');
    await enterFile('Open Plan', file);
  };

  it('runs from its file, unless the file has no plan for this cloud and for the servers as they are', async () => {
    await makePlan();
    await (await workbench().waitForToast(/^Plan for/)).press('Save Plan…');
    await enterFile('Save Plan', 'orders.tde-plan.json');
    await workbench().waitForToast('Plan saved. "Run Plan…" opens it again.');
    const text = readFileSync(join(folder, 'orders.tde-plan.json'), 'utf8');
    writeFileSync(join(folder, 'cloud.tde-plan.json'), text.replace(/"cloud": "[^"]*"/, '"cloud": "https://other"'));
    await open(noPlan);
    await workbench().waitForToast("The file isn't a plan of this extension.");
    await open('cloud.tde-plan.json');
    await workbench().waitForToast('The plan is for the cloud at https://other, but the settings choose another one.');
    const planned = await emulator.state();
    const changed = structuredClone(planned);
    const { protector, keys } = changed.servers.find(({ name }) => name === primary) ?? assert.fail();
    protector.serverKeyName = keys[0]?.name ?? assert.fail();
    await emulator.reset(changed);
    await emulator.options(quick);
    await open('orders.tde-plan.json');
    const refusal = await workbench().waitForToast(
      `Plan stopped before its first step: The TDE protector of "${primary}" is another key now. Create a new plan.`,
    );
    assert.deepEqual(refusal.buttons, ['Show Plan']);
    assert.deepEqual(await changesSent(), []);
    await emulator.reset(planned);
    await emulator.options(quick);
    await open('orders.tde-plan.json');
    await (await workbench().modal(`Rotate the TDE protector of "${primary}"?`)).choose('Run Plan');
    await workbench().waitForToast(/^Plan finished: /);
    assert.deepEqual(await changesSent(), inOrder);
  });

  it('is also what a change of one server is saved as, and runs later with the questions of its command', async () => {
    const hr = 'sql-hr-weu';
    const useServiceManaged = async () => {
      const tree = await openTree();
      await tree.row(production, hr).choose('Use Service-Managed Key…');
      return workbench().modal(`Make the service-managed key the TDE protector of "${hr}"?`);
    };
    await (await useServiceManaged()).choose('Copy or Save…');
    await workbench().screenshot('copy-or-save');
    await (await workbench().quickPick('Select what to copy the change as, or save it')).pick('Save as Plan…');
    await enterFile('Save Plan', 'hr.tde-plan.json');
    await workbench().waitForToast('Plan saved. "Run Plan…" opens it again.');
    const planned = await emulator.state();
    const changed = structuredClone(planned);
    const server = changed.servers.find(({ name }) => name === hr) ?? assert.fail();
    const vault = changed.vaults.find(({ name }) => name === 'kv-billing') ?? assert.fail();
    const key = serverKey(vault, 'tde-billing', 1, new Date());
    server.keys.push(key);
    server.protector.serverKeyName = key.name;
    await emulator.reset(changed);
    await emulator.options(quick);
    await open('hr.tde-plan.json');
    await workbench().waitForToast(`The TDE protector of "${hr}" is another key now. Create a new plan.`);
    assert.deepEqual(await changesSent(), []);
    await emulator.reset(planned);
    await emulator.options(quick);
    await open('hr.tde-plan.json');
    await (
      await workbench().modal(`Make the service-managed key the TDE protector of "${hr}"?`)
    ).choose('Use Service-Managed Key');
    await workbench().waitForToast(/is the service-managed key\.$/);
    assert.equal((await changesSent()).length, 1);
  });

  it('opens with the questions of its command, whatever was saved', async () => {
    const { servers } = await emulator.state();
    const [hr, inventory] = ['sql-hr-weu', 'sql-inventory-weu'].map(
      (name) => servers.find((one) => one.name === name) ?? assert.fail(),
    );
    assert.ok(hr && inventory);
    const place = ({ id, name }: typeof hr) => ({ id, name, resourceGroup: '', subscriptionId: '' });
    const uri = hr.keys.find((key) => key.uri)?.uri ?? assert.fail();
    const ofDatabase = { server: place(inventory), database: 'suppliers' };
    const head = { id: '5b1a6e0e-0000-4000-8000-000000000004', cloud: emulator.info.arm, created: new Date() };
    const needed = [{ id: '', name: 'x', type: 'customerManaged', uri: uri.replace(/tde-hr/, 'other') } as const];
    const saved = (name: string, plan: Omit<ChangePlan, 'id'> | Omit<SavedRestore, 'id'>) => {
      writeFileSync(join(folder, `${name}.tde-plan.json`), savedPlan({ ...head, ...plan }));
      return open(`${name}.tde-plan.json`);
    };
    const change = (step: ChangePlan['step']) => saved(step.kind, { ...head, step });
    await change({ kind: 'createServerKeys', servers: [place(inventory)], keys: [uri] });
    const summary = await workbench().quickPick(/^Review, then create/);
    assert.match((await summary.items()).map(({ label }) => label).join(), /Server: sql-inventory-weu/);
    await summary.cancel();
    await change({ kind: 'revalidateProtector', server: place(hr) });
    await (await workbench().modal(/^Revalidate the TDE protector of "sql-hr-weu"/)).choose('Cancel');
    await change({ kind: 'deleteServerKey', server: place(hr), keyIdentifier: uri });
    await workbench().waitForToast(/TDE protector/);
    await change({ kind: 'revalidateDatabase', ...ofDatabase });
    await (await workbench().modal(/^Revalidate the key of the database "suppliers"/)).choose('Cancel');
    await saved('restore', { ...head, source: place(hr), target: place(inventory), times: {}, needed });
    await workbench().waitForToast('"sql-inventory-weu" lacks 1 of 1 keys that the restore may need.');
    assert.deepEqual(await changesSent(), []);
  });
});

describe('a rotation plan in production', () => {
  after(() => workbench().setSettings({ [productionTag]: undefined }));

  it('is what Make TDE Protector offers for a server that replicates, and asks for the name of a production server', async () => {
    const state = await emulator.state();
    const { keys } = state.servers.find(({ name }) => name === primary) ?? assert.fail();
    const vault = state.vaults.find(({ name }) => name === 'kv-orders') ?? assert.fail();
    keys.push(serverKey(vault, 'tde-orders-next', 1, new Date()));
    await emulator.reset(state);
    await workbench().setSettings({ [productionTag]: 'team=orders' });
    const tree = await openTree();
    await emulator.options(quick);
    await (await tree.reveal(production, primary, 'kv-orders / tde-orders-next')).choose('Make TDE Protector…');
    await (await workbench().quickPick(/^Select how/)).pick(/^With automatic rotation/);
    await (
      await workbench().waitForToast(`Plan for "${primary}" with 4 steps. Nothing has changed yet.`)
    ).press('Run Plan…');
    await (await workbench().modal(/^Rotate/)).choose('Run Plan');
    const input = await workbench().inputBox(/"sql-orders-neu" is a production server \(tag team=orders\)/);
    assert.deepEqual(await changesSent(), []);
    await input.fill(replica);
    await input.accept();
    await workbench().waitForToast(/^Plan finished: "kv-orders_tde-orders-next_/);
    const [createOnReplica, , ...others] = inOrder;
    assert.deepEqual(await changesSent(), [createOnReplica, ...others]);
  });
});
