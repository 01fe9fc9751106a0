import assert from 'node:assert/strict';
import { serverKey } from '../emulator/seeds/parts';
import { databaseChangesIn, keyedReplica, replicateKeyed } from '../failoverPair';
import { emulator, versionOf } from './emulator';
import { asks } from './questions';
import { openTree, workbench } from './workbench';

const production = 'Contoso Production';
const [inventory, suppliers] = ['sql-inventory-weu', 'suppliers'] as const;

const posts = async (end: string): Promise<number> =>
  (await emulator.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith(end)).length;

/** Opens the view, with the keys of the server and the row of its database with database-level keys. */
async function openDatabase() {
  const tree = await openTree();
  await emulator.options({ operationMs: 1000 });
  await (await tree.reveal(production, inventory)).expand();
  const database = tree.row(production, inventory, suppliers);
  await database.state();
  return { tree, database };
}

const consent = async (question: RegExp, button: string, result: RegExp): Promise<void> => {
  await (await workbench().modal(question)).choose(button);
  await workbench().waitForToast(result);
};

describe('A database with database-level keys', () => {
  it('is online again after its key is revalidated, and only then uses the TDE protector of its server', async () => {
    const state = await emulator.state();
    const database = state.servers.flatMap(({ databases }) => databases).find(({ name }) => name === suppliers);
    Object.assign(database ?? assert.fail(), {
      status: 'Inaccessible',
      inaccessibleSince: new Date().toISOString(),
    });
    await emulator.reset(state);
    const { tree, database: row } = await openDatabase();
    assert.equal((await row.state()).description, 'inaccessible · database-level');
    await workbench().screenshot('database-inaccessible');
    await row.choose("Use Server's TDE Protector…");
    await workbench().waitForToast(
      'TDE protector not changed: "suppliers" is inaccessible and needs its current key. Revalidate it first.',
    );
    assert.equal(await posts('/revert'), 0);
    await row.choose('Revalidate Database Key…');
    await consent(
      /^Revalidate the key of the database/,
      'Revalidate',
      /^The key of the database "suppliers" on "sql-inventory-weu" works/,
    );
    await tree.row(production, inventory).when('no outage', ({ description }) => description === 'service-managed');
    await row.when('online', ({ description }) => description === 'database-level · CMK');
    await row.expand();
    const key = tree.row(production, inventory, suppliers, 'kv-billing / tde-billing');
    assert.match((await key.state()).description, /^protector · /);
    await workbench().screenshot('database-keys');
    await row.choose("Use Server's TDE Protector…");
    await consent(
      /^Make the database "suppliers" use the TDE protector/,
      "Use Server's TDE Protector",
      /^The database "suppliers" uses the TDE protector of "sql-inventory-weu"\.$/,
    );
    await row.gone();
    assert.deepEqual([await posts('/revalidate'), await posts('/revert')], [1, 1]);
  });

  it('gets a key of a vault, which becomes its TDE protector from the notification', async () => {
    const { database: row } = await openDatabase();
    const newest = await versionOf('kv-billing', 'tde-billing');
    const chooseKey = async (version: string) => {
      await (await workbench().quickPick(asks.source)).pick('Browse key vaults…');
      await (await workbench().quickPick('Select the key vault or managed HSM for "suppliers"')).pick('kv-billing');
      await (await workbench().quickPick('Select the key for "suppliers"')).pick('tde-billing');
      const versions = await workbench().quickPick(/^Select the version of "tde-billing"/);
      assert.ok((await versions.items()).every(({ label }) => /^[\da-f]{32}$/.test(label)));
      await versions.pick(version);
    };
    await row.choose('Add Key to Database…');
    await chooseKey(newest);
    const modal = await workbench().modal(/^Add the key ".*" to the database "suppliers"\?$/);
    assert.match(
      modal.detail,
      /^Database: suppliers, server sql-inventory-weu, .*\nKey identifier: https:\/\/kv-billing\./,
    );
    assert.match(modal.detail, /^The TDE protector stays the same: "kv-billing_tde-billing_/m);
    assert.deepEqual(modal.buttons.toSorted(), ['Add Key', 'Cancel', 'Copy or Save…']);
    await workbench().screenshot('database-add-key');
    await modal.choose('Add Key');
    const added = await workbench().waitForToast(
      /^The database "suppliers" on "sql-inventory-weu" has the key "kv-billing_/,
    );
    await added.press('Make TDE Protector…');
    await (await workbench().quickPick(/^Select how/)).pick(/^Without automatic rotation/);
    await consent(
      /^Make ".*" the TDE protector of/,
      'Make TDE Protector',
      /^The TDE protector of the database "suppliers"/,
    );
    const own = async () => {
      const { servers } = await emulator.state();
      return servers.flatMap(({ databases }) => databases).find(({ name }) => name === suppliers) ?? assert.fail();
    };
    const { encryptionProtector, keys: both = [] } = await own();
    assert.ok(encryptionProtector?.endsWith(`/tde-billing/${newest}`));
    assert.equal(both.length, 2);
    assert.equal((await emulator.requests()).filter(({ method }) => method === 'PATCH').length, 2);
  });

  it('keeps its key while its server has a customer-managed one, and can rotate automatically', async () => {
    const state = await emulator.state();
    const server = state.servers.find(({ name }) => name === inventory) ?? assert.fail();
    const archive = state.servers.find(({ name }) => name === 'sql-archive-neu') ?? assert.fail();
    Object.assign(server, { keys: archive.keys, protector: archive.protector });
    await emulator.reset(state);
    const { database } = await openDatabase();
    await database.choose("Use Server's TDE Protector…");
    await workbench().waitForToast(/^TDE protector not changed: .* only while that is the service-managed key\./);
    assert.equal(await posts('/revert'), 0);
    await database.choose('Turn On Automatic Rotation…');
    await consent(/^Turn on automatic rotation/, 'Turn On', /^The TDE protector of the database .* with automatic/);
    await database.when('automatic rotation', ({ description }) => description === 'database-level · CMK · auto');
  });

  it('is found from the Command Palette, also after a failed list, and changes only after the last answer', async () => {
    const state = await emulator.state();
    const server = state.servers.find(({ name }) => name === inventory) ?? assert.fail();
    const database = server.databases.find(({ name }) => name === suppliers) ?? assert.fail();
    const vault = state.vaults.find(({ name }) => name === 'kv-billing') ?? assert.fail();
    server.databases.push({ ...database, name: 'warehouse', status: 'Inaccessible' });
    database.keys = [serverKey(vault, 'tde-billing', 2, new Date()), ...(database.keys ?? [])];
    database.encryptionProtector = database.encryptionProtector?.replace('kv-billing', 'KV-Billing') ?? '';
    await emulator.reset(state);
    await openTree();
    await emulator.options({ operationMs: 1000 });
    await emulator.addFault({
      match: { path: `/${inventory}/databases$` },
      status: 403,
      code: 'AuthorizationFailed',
      message: "The client does not have authorization to perform action 'Microsoft.Sql/servers/databases/read'.",
    });
    const databases = async (command: string, server: string) => {
      await workbench().palette(`SQL Server Keys: ${command}`);
      await (await workbench().quickPick('Select the SQL server')).pick(server);
      return workbench().quickPick(`Select the database of "${server}"`);
    };
    const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label);
    const failed = await databases('Make TDE Protector of Database…', inventory);
    assert.deepEqual(labels(await failed.items()), [`Can't list the databases of "${inventory}"`, 'Retry']);
    await workbench().screenshot('databases-failed');
    await emulator.clearFaults();
    await failed.pick('Retry');
    const again = await workbench().quickPick(`Select the database of "${inventory}"`);
    assert.deepEqual(labels(await again.items(suppliers)), ['warehouse', suppliers, 'inventory']);
    await again.pick(suppliers);
    const keys = await workbench().quickPick(`Select the key of "${suppliers}"`);
    const [present, other, vaultKey, ...more] = await keys.items();
    assert.deepEqual([present?.label, present?.description], ['kv-billing / tde-billing', 'protector']);
    assert.deepEqual([other?.label, other?.description, more], ['kv-billing / tde-billing', '', []]);
    assert.equal(vaultKey?.label, 'A key from a key vault or managed HSM…');
    await keys.cancel();
    await (await databases('Make TDE Protector of Database…', inventory)).pick(suppliers);
    await (await workbench().quickPick(/^Select the key of/)).pick('kv-billing / tde-billing');
    await (await workbench().quickPick(/^Select how/)).pick(/^With automatic rotation/);
    await consent(/^Turn on automatic rotation/, 'Turn On', /^The TDE protector of the database .* with automatic/);
    const none = await databases('Revalidate Database Key…', 'sql-hr-weu');
    assert.deepEqual(labels(await none.items()), ['No database of "sql-hr-weu" has its own TDE protector', 'Retry']);
    await none.cancel();
    const changes = (await emulator.requests()).filter(({ method }) => method === 'PATCH');
    assert.equal(changes.length, 1);
    const stale = await databases("Use Server's TDE Protector…", inventory);
    await stale.items('warehouse');
    for (const each of server.databases) delete each.encryptionProtector;
    await emulator.reset(state);
    await stale.pick('warehouse');
    await workbench().waitForToast(
      'Nothing to change: the database "warehouse" now uses the TDE protector of "sql-inventory-weu".',
    );
    assert.equal(await posts('/revert'), 0);
  });

  it('gets a new TDE protector together with its replica, in the order that Azure requires, and continues after a failure', async () => {
    const state = await emulator.state();
    replicateKeyed(state);
    await emulator.reset(state);
    const { database: row } = await openDatabase();
    await emulator.addFault({
      match: { method: 'PATCH', path: `/${inventory}/databases/suppliers$` },
      ...{ status: 403, code: 'AuthorizationFailed', times: 1 },
      message: "The client does not have authorization to perform action 'Microsoft.Sql/servers/databases/write'.",
    });
    const changes = async () => databaseChangesIn(await emulator.requests());
    await row.choose('Make TDE Protector of Database…');
    await (await workbench().quickPick(/^Select the key of/)).pick('A key from a key vault or managed HSM…');
    await (await workbench().quickPick(asks.source)).pick('Browse key vaults…');
    await (await workbench().quickPick(asks.vault)).pick('kv-billing');
    await (await workbench().quickPick(asks.key)).pick('tde-billing');
    const newest = await versionOf('kv-billing', 'tde-billing');
    await (await workbench().quickPick(/^Select the version of/)).pick(newest);
    await (await workbench().quickPick(/^Select how/)).pick(/^Without automatic rotation/);
    const question =
      /^Make "kv-billing_tde-billing_.*" the TDE protector of the database "suppliers" and its replicas\?$/;
    const first = await workbench().modal(question);
    const steps = first.detail.split('\n').filter((line) => /^\d\. /.test(line));
    const key = `"kv-billing_tde-billing_${newest.slice(0, 4)}…"`;
    assert.deepEqual(steps, [
      `1. Add ${key} to the database "suppliers" on "${keyedReplica}"`,
      `2. Add ${key} to the database "suppliers" on "${inventory}"`,
      `3. Set the TDE protector of the database "suppliers" on "${inventory}" to ${key}, without automatic rotation`,
      `4. Set the TDE protector of the database "suppliers" on "${keyedReplica}" to ${key}, without automatic rotation`,
    ]);
    assert.deepEqual(
      [first.buttons.toSorted(), await changes()],
      [['Cancel', 'Copy or Save…', 'Make TDE Protector'], []],
    );
    await workbench().screenshot('database-replicated');
    await first.choose('Make TDE Protector');
    const stop = await workbench().waitForToast(/^Stopped after 1 of 4 steps: /);
    assert.ok(
      stop.text.endsWith(
        `Done: key on "${keyedReplica}". Not done: key on "${inventory}", TDE protector on "${inventory}", TDE protector on "${keyedReplica}". Run the command again to continue.`,
      ),
      stop.text,
    );
    assert.deepEqual(stop.buttons, ['Continue…', 'Show Details']);
    await workbench().screenshot('database-replicated-stopped');
    await stop.press('Continue…');
    const second = await workbench().modal(question);
    assert.match(second.detail, /^1 of 4 steps are done\. The others:\n2\. /m);
    await second.choose('Make TDE Protector');
    await workbench().waitForToast(`The TDE protector of the database "suppliers" and its replicas is ${key}.`);
    assert.deepEqual(await changes(), [keyedReplica, inventory, inventory, inventory, keyedReplica]);
    const { servers } = await emulator.state();
    const both = servers.flatMap(({ databases }) => databases).filter(({ name }) => name === suppliers);
    assert.deepEqual(
      both.map(({ encryptionProtector = '' }) => encryptionProtector.endsWith(newest)),
      [true, true],
    );
  });

  it('is not changed if the identity of its replica lacks access, and the consent says so', async () => {
    const state = await emulator.state();
    replicateKeyed(state);
    const copy = state.servers.find(({ name }) => name === keyedReplica)?.databases.at(-1);
    delete copy?.identityId;
    await emulator.reset(state);
    const { database: row } = await openDatabase();
    await row.choose('Add Key to Database…');
    await (await workbench().quickPick(asks.source)).pick('Browse key vaults…');
    await (await workbench().quickPick(asks.vault)).pick('kv-billing');
    await (await workbench().quickPick(asks.key)).pick('tde-billing');
    await (await workbench().quickPick(/^Select the version of/)).pick(await versionOf('kv-billing', 'tde-billing'));
    const modal = await workbench().modal(/^Add the key ".*" to the database "suppliers" and its replicas\?$/);
    assert.match(modal.detail, /^sql-dev-neu: The database "suppliers" has no user-assigned identity\./);
    assert.match(modal.detail, /Fix this first\. Until then, nothing is changed\.$/);
    assert.deepEqual(modal.buttons.toSorted(), ['Assign Identity to Database…', 'Cancel']);
    await modal.choose('Cancel');
    assert.deepEqual(databaseChangesIn(await emulator.requests()), []);
  });

  it('can be one that used the TDE protector of its server: it first gets an identity', async () => {
    const { tree } = await openDatabase();
    await workbench().palette('SQL Server Keys: Make TDE Protector of Database…');
    await (await workbench().quickPick('Select the SQL server')).pick(inventory);
    const databases = await workbench().quickPick(`Select the database of "${inventory}"`);
    assert.deepEqual(
      (await databases.items()).map(({ label }) => label),
      [suppliers, 'inventory'],
    );
    await databases.pick('inventory');
    await (await workbench().quickPick(asks.source)).pick('Browse key vaults…');
    await (await workbench().quickPick(asks.vault)).pick('kv-billing');
    await (await workbench().quickPick(asks.key)).pick('tde-billing');
    await (await workbench().quickPick(/^Select the version of/)).pick(await versionOf('kv-billing', 'tde-billing'));
    await (await workbench().quickPick(/^Select how/)).pick(/^Without automatic rotation/);
    const question = /^Make ".*" the TDE protector of the database "inventory"\?$/;
    const first = await workbench().modal(question);
    assert.match(first.detail, /^The database "inventory" has no user-assigned identity\./);
    await first.choose('Assign Identity to Database…');
    await (await workbench().quickPick(/^Choose the identity with which "inventory"/)).pick(/^id-sql-inventory /);
    const assign = await workbench().modal('Assign the identity "id-sql-inventory" to the database "inventory"?');
    await workbench().screenshot('database-assign-identity');
    await assign.choose('Assign Identity');
    await workbench().waitForToast(`The database "inventory" on "${inventory}" has the identity "id-sql-inventory".`);
    await consent(question, 'Make TDE Protector', /^The TDE protector of the database "inventory"/);
    const row = tree.row(production, inventory, 'inventory');
    await row.when('own TDE protector', ({ description }) => description === 'database-level · CMK');
    assert.deepEqual(databaseChangesIn(await emulator.requests()), [inventory, inventory]);
  });

  it('names the role that its identity lacks before anything is sent, and works once the role is granted', async () => {
    const state = await emulator.state();
    const vault = state.vaults.find(({ name }) => name === 'kv-billing') ?? assert.fail();
    vault.rbac = true;
    await emulator.reset(state);
    const { database } = await openDatabase();
    await database.choose('Revalidate Database Key…');
    const question = /^Revalidate the key of the database "suppliers"/;
    const lacks = '"id-sql-inventory" lacks get, wrapKey, unwrapKey on the key "tde-billing" of "kv-billing"';
    const first = await workbench().modal(question);
    assert.ok(first.detail.startsWith(`${lacks}. The vault uses Azure RBAC.`), first.detail);
    assert.match(first.detail, /Fix this first\. Until then, the revalidation will probably fail\./);
    await workbench().screenshot('database-consent-lacks-role');
    assert.deepEqual(first.buttons.toSorted(), [
      'Cancel',
      'Copy Request',
      'Copy or Save…',
      'Grant Access…',
      'Revalidate',
    ]);
    await first.choose('Cancel');
    assert.equal(await posts('/revalidate'), 0);
    await database.choose('Revalidate Database Key…');
    await (await workbench().modal(question)).choose('Grant Access…');
    await (await workbench().modal(/^Grant "id-sql-inventory" access to the key "tde-billing"/)).choose('Grant Access');
    const again = await workbench().modal(question);
    assert.match(again.detail, /^Database: suppliers, server sql-inventory-weu/);
    assert.deepEqual(
      [await posts('/revalidate'), again.buttons.toSorted()],
      [0, ['Cancel', 'Copy or Save…', 'Revalidate']],
    );
    await again.choose('Revalidate');
    await workbench().waitForToast(/^The key of the database "suppliers" on .* works/);
    assert.equal(await posts('/revalidate'), 1);
  });

  it('keeps its TDE protector if Azure refuses another key, and the notification says why', async () => {
    const state = await emulator.state();
    const database = state.servers.flatMap(({ databases }) => databases).find(({ name }) => name === suppliers);
    const vault = state.vaults.find(({ name }) => name === 'kv-billing') ?? assert.fail();
    const disabled = serverKey(vault, 'tde-billing-disabled', 1, new Date());
    database?.keys?.push(disabled);
    await emulator.reset(state);
    const { tree, database: row } = await openDatabase();
    await row.expand();
    await tree
      .row(production, inventory, suppliers, 'kv-billing / tde-billing-disabled')
      .choose('Make TDE Protector of Database…');
    await (await workbench().quickPick(/^Select how/)).pick(/^Without automatic rotation/);
    const modal = await workbench().modal(/^Make ".*" the TDE protector of the database "suppliers"/);
    assert.match(modal.detail, /^"tde-billing-disabled" is not suitable: disabled\./);
    assert.match(modal.detail, /Fix this first\. Until then, Azure will probably refuse the change\./);
    await modal.choose('Make TDE Protector');
    const failure = await workbench().waitForToast(
      'TDE protector not changed: "tde-billing-disabled" is not suitable: disabled.',
    );
    assert.deepEqual(failure.buttons, ['How to Enable the Key', 'Show Details', 'More…']);
  });
});
