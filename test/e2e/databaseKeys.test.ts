import assert from 'node:assert/strict';
import { emulator } from './emulator';
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
    await consent(/^Revalidate the key of the database/, 'Revalidate', /^The key of the database "suppliers" works/);
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
});
