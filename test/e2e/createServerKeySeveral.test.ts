import assert from 'node:assert/strict';
import type { QuickPick } from '../vscode-host/driver/quickInput';
import {
  browseToSeveral,
  browseToVersions,
  confirm,
  openWizard,
  paste,
  production,
  quickPick,
} from './createServerKeySteps';
import { emulator, endOperations, holdOperations, lagging, serverKeys, versionOf } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

/** Answers all questions up to the summary: tde-billing for sql-billing-weu and sql-dev-weu. */
async function browseWithTwoServers(): Promise<QuickPick> {
  await openTree();
  await workbench().palette('SQL Server Keys: Create Server Key…');
  const servers = await quickPick(asks.server);
  await servers.filter('several');
  await servers.pick('Select several servers…');
  await (await quickPick(/^Select the SQL servers/)).pickMany();
  await (await quickPick(/^No server is selected/)).pickMany('sql-billing-weu', 'sql-dev-weu');
  return browseToSeveral('tde-billing');
}

/** Adds a server key for the newest version of a key in kv-billing. */
async function addServerKey(server: string, key: string): Promise<void> {
  const version = await versionOf('kv-billing', key);
  const state = await emulator.state();
  for (const { name, keys } of state.servers) {
    if (name !== server) continue;
    const uri = `https://kv-billing.vault.azure.net/keys/${key}/${version}`;
    keys.push({ name: `kv-billing_${key}_${version}`, uri, thumbprint: '00', creationDate: new Date().toISOString() });
  }
  await emulator.reset(state);
}

const countRequests = async (expectedMethod: string, pathPart: string): Promise<number> =>
  (await emulator.requests()).filter(({ method, path }) => method === expectedMethod && path.includes(pathPart)).length;
const countPuts = (server: string): Promise<number> => countRequests('PUT', server);

describe('Create Server Keys', () => {
  it('creates keys on the servers selected in the tree, and lists all results with the failures first', async () => {
    await addServerKey('sql-billing-weu', 'tde-billing');
    await emulator.options({ operationMs: 300 });
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-legacy-neu')).click();
    await tree.row(production, 'sql-billing-weu').ctrlClick();
    await tree.row(production, 'sql-billing-weu').choose('Create Server Key…');
    const summary = await browseToSeveral('tde-billing', 'tde-billing-expiring');
    assert.match(summary.title, /^Create Server Keys on 2 Servers /);
    const rows = await summary.items();
    const labels = rows.map(({ label }) => label);
    assert.ok(labels.includes('2 servers') && labels.includes('1 of 4 server keys already exist'));
    await emulator.clearRequests();
    assert.match((await confirm(summary)).label, /^Create 3 server keys on 2 servers anyway$/);

    const done = await workbench().waitForToast('Server keys: 1 created, 1 already existed, 2 failed.');
    assert.deepEqual([done.severity, done.buttons], ['warning', ['Show Results', 'Retry Failed']]);
    const lookups = await countRequests('GET', 'sql-legacy-neu/providers/Microsoft.Authorization/locks');
    assert.equal(lookups, 1, 'two failures on one server share one lookup');
    await done.press('Show Results');
    const text = await workbench().preview(/already existed/);
    const expiring = `kv-billing_tde-billing-expiring_${await versionOf('kv-billing', 'tde-billing-expiring')}`;
    const [, failures = '', created = ''] =
      /Failed: Resource locked \(2\)([^]*)Created \(1\)([^]*)Already existed \(1\)/.exec(text) ?? [];
    assert.match(failures, /The lock "do-not-touch" prevents changes/);
    assert.match(failures, /sql-legacy-neu\s+rg-legacy\s+kv-billing_tde-billing_/);
    assert.ok(failures.includes(expiring) && failures.includes('code ScopeLocked'));
    assert.ok(created.includes('sql-billing-weu') && created.includes(expiring));
    assert.equal((await serverKeys('sql-billing-weu')).length, 2);
  });

  it('retries only what failed', async () => {
    // VS Code shows at most three toasts within 800 ms.
    await emulator.options({ operationMs: 1000 });
    const summary = await browseWithTwoServers();
    await emulator.addFault({
      match: { method: 'PUT', path: 'sql-dev-weu' },
      when: 'poll',
      code: 'OperationTimedOut',
      times: 1,
    });
    await confirm(summary);
    await (await workbench().waitForToast('Server keys: 1 created, 1 failed.')).press('Retry Failed');
    const done = await workbench().waitForToast('Server keys: 2 created.');
    assert.deepEqual([done.severity, done.buttons], ['info', ['Show Results']]);
    assert.deepEqual([await countPuts('sql-billing-weu'), await countPuts('sql-dev-weu')], [1, 2]);
  });

  it('grants access to all servers that lack it with one consent, then retries what failed', async () => {
    await emulator.options({ operationMs: 1000 });
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-orders-weu')).click();
    await tree.row(production, 'sql-billing-weu').ctrlClick();
    await tree.row(production, 'sql-billing-weu').choose('Create Server Key…');
    const version = await versionOf('kv-noaccess', 'tde-noaccess');
    await confirm(await paste(`https://kv-noaccess.vault.azure.net/keys/tde-noaccess/${version}`));
    await (await workbench().waitForToast('Server keys: 2 failed.')).press('Grant Access… (2 changes)');
    const consent = await workbench().modal(/^Grant 2 identities access to keys\?$/);
    assert.match(consent.detail, /"sql-billing-weu": key "tde-noaccess" in the vault "kv-noaccess"/);
    await consent.choose('Grant Access');
    await workbench().waitForToast('Server keys: 2 created.');
  });

  it('asks for consent to the number of servers if there are more than 20, and returns to the summary on Cancel', async () => {
    const state = await emulator.state();
    for (const server of state.servers.filter(({ name }) => name === 'sql-dev-weu')) {
      for (let i = 10; i < 31; i += 1) {
        const name = `sql-many-${i}`;
        state.servers.push({ ...structuredClone(server), name, id: server.id.replace(server.name, name) });
      }
    }
    await emulator.reset(state);
    await openTree();
    await workbench().palette('SQL Server Keys: Create Server Key…');
    const first = await quickPick(asks.server);
    await first.filter('several');
    await first.pick('Select several servers…');
    const servers = await quickPick(/^Select the SQL servers/);
    await servers.filter('sql-many-');
    await workbench().page.locator('.quick-input-header .monaco-checkbox').click();
    await servers.pickMany();
    const summary = await browseToSeveral('tde-billing');
    assert.match((await confirm(summary)).label, /^Create 21 server keys on 21 servers/);
    const consent = await workbench().modal('Create 21 server keys on 21 servers?');
    assert.match(consent.detail, /^The servers are sql-many-10, .+, sql-many-19, and 11 more\.$/);
    await consent.choose('Cancel');
    assert.match((await quickPick(asks.summary)).title, /^Create Server Keys on 21 Servers/);
    assert.deepEqual(await countRequests('PUT', 'sql-many-'), 0);
    await workbench().reset();
  });

  it('reads again which server keys exist whose creation has no known result', async () => {
    await emulator.options({ operationMs: 1000 });
    const summary = await browseWithTwoServers();
    await emulator.addFault({ match: { method: 'PUT', path: 'sql-dev-weu' }, behavior: 'reset', when: 'afterEffect' });
    await emulator.addFault({ match: { method: 'GET', path: '/sql-dev-weu/keys' }, status: 403 });
    await confirm(summary);
    const unknown = await workbench().waitForToast('Server keys: 1 created, 1 not known yet.');
    await emulator.clearFaults();
    await unknown.press('Check Again');
    await workbench().waitForToast('Server keys: 2 created.');
    assert.deepEqual([await countPuts('sql-billing-weu'), await countPuts('sql-dev-weu')], [1, 1]);
  });

  it("asks for a version once if the cloud doesn't support versionless key identifiers", async () => {
    await emulator.options({ ...lagging, operationMs: 1000 });
    const tree = await openTree();
    await (await tree.reveal(production, 'sql-billing-weu')).click();
    await tree.row('Contoso Development', 'sql-dev-weu').ctrlClick();
    await tree.row('Contoso Development', 'sql-dev-weu').choose('Create Server Key…');
    await (await browseToVersions('kv-billing', 'tde-billing')).pick('Always the latest version');
    await confirm(await quickPick(asks.summary));
    const refused = await workbench().waitForToast('Server keys: 2 failed.');
    assert.deepEqual([refused.severity, refused.buttons], ['error', ['Show Results', 'Choose Another Version…']]);
    await refused.press('Choose Another Version…');
    const versions = await quickPick('Select the version of "tde-billing", newest first');
    await versions.pick(await versionOf('kv-billing', 'tde-billing'));
    await confirm(await quickPick(asks.summary));
    await workbench().waitForToast('Server keys: 2 created.');
  });

  it('starts no other server key after Cancel, and reports the result of the first', async () => {
    await holdOperations();
    await openWizard();
    await confirm(await browseToSeveral('tde-billing', 'tde-billing-expiring'));
    const progress = await workbench().waitForToast(/^Creating server keys…: 0 of 2$/);
    await progress.press('Cancel');
    await workbench().waitForToast(
      /^Stopped waiting\. Azure may still finish creating the server keys that were started/,
    );
    await endOperations();
    const done = await workbench().waitForToast('Server keys: 1 created, 1 not started.');
    assert.equal((await serverKeys('sql-billing-weu')).length, 1);
    await done.press('Create the Rest');
    await workbench().waitForToast('Server keys: 2 created.');
  });
});
