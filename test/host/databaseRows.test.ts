import assert from 'node:assert/strict';
import { ArmError } from '../../src/core/armError';
import type { Azure } from '../../src/core/ports';
import type { DatabaseNode, Node, ServerNode } from '../../src/ui/tree/nodes';
import type { ServerKeysTree } from '../../src/ui/tree/serverKeysTree';
import { until } from '../vscode-host/driver/until';
import { emulator, makeTree } from './makeTree';

const inventory = 'sql-inventory-weu';

async function findServer(tree: ServerKeysTree, name: string): Promise<ServerNode> {
  for (const group of await tree.getChildren()) {
    const row = group.kind === 'group' ? group.servers.find(({ server }) => server.name === name) : undefined;
    if (row) return row;
  }
  throw new Error(`The tree does not show the server "${name}".`);
}

/** The rows below a server as soon as one of them is of this kind. */
async function rowsWith(tree: ServerKeysTree, server: ServerNode, kind: Node['kind']): Promise<readonly Node[]> {
  let rows: readonly Node[] = [];
  await until(`a row of the kind "${kind}"`, async () => {
    rows = await tree.getChildren(server);
    return rows.some((row) => row.kind === kind);
  });
  return rows;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const shown = (tree: ServerKeysTree, rows: readonly Node[]) =>
  rows.map((row) => {
    const { label, description, contextValue } = tree.getTreeItem(row);
    return `${text(label)} — ${text(description)} [${contextValue ?? ''}]`;
  });

const reads = async (end: RegExp) => (await emulator.requests()).filter(({ path }) => end.test(path)).length;

const isDatabase = (row: Node): row is DatabaseNode => row.kind === 'database';

/** Replaces Azure by one where the first list of databases fails. */
const failingOnce = (real: Azure): Azure => {
  let isFirst = true;
  return {
    ...real,
    backups: {
      ...real.backups,
      listDatabases: async (server, signal) => {
        const operation = { name: 'list databases', resource: server.id };
        if (isFirst) {
          isFirst = false;
          throw new ArmError({ code: 'ConnectionFailed', message: '', operation });
        }
        return real.backups.listDatabases(server, signal);
      },
    },
  };
};

describe('the databases of a server', () => {
  beforeEach(() => emulator.reset());

  it('are shown after its server keys if they have their own TDE protectors, with their keys when they are expanded', async () => {
    const tree = makeTree();
    const server = await findServer(tree, inventory);
    assert.deepEqual(shown(tree, await tree.getChildren(server)), ['Service-managed key — protector [serverKey]']);
    const rows = await rowsWith(tree, server, 'database');
    assert.deepEqual(shown(tree, rows), [
      'Service-managed key — protector [serverKey]',
      'suppliers — database-level · CMK [database noAutoRotation]',
    ]);
    assert.equal(await reads(/\/databases\/suppliers$/), 0);
    const database = rows.find(isDatabase) ?? assert.fail();
    assert.equal(tree.getParent(database), server);
    const [key] = await tree.getChildren(database);
    assert.ok(key);
    assert.match(shown(tree, [key]).join(), /^kv-billing \/ tde-billing — protector · \w{4}…\w{4} \[databaseKey\]$/);
    assert.match(text(tree.getTreeItem(key).tooltip), /Key identifier: https:.*\nThumbprint: \w+\nCreated: /);
    await tree.getChildren(database);
    assert.deepEqual([await reads(/\/databases$/), await reads(/\/databases\/suppliers$/)], [1, 1]);
    tree.dispose();
  });

  it('are marked if they are inaccessible or rotate automatically', async () => {
    const state = await emulator.state();
    const databases = state.servers.flatMap((server) => server.databases);
    const suppliers = databases.find(({ name }) => name === 'suppliers') ?? assert.fail();
    Object.assign(suppliers, { status: 'Inaccessible', autoRotation: true });
    await emulator.reset(state);
    const tree = makeTree();
    const [, database] = await rowsWith(tree, await findServer(tree, inventory), 'database');
    assert.ok(database);
    assert.deepEqual(shown(tree, [database]), [
      'suppliers — inaccessible · database-level · auto [database autoRotation]',
    ]);
    assert.equal(tree.getTreeItem(database).resourceUri?.query, 'error');
    assert.match(text(tree.getTreeItem(database).tooltip), /Azure can't use the TDE protector of the database/);
    tree.dispose();
  });

  it('count as inaccessible in the row of a server with a customer-managed TDE protector', async () => {
    const state = await emulator.state();
    const [suppliers] = state.servers.flatMap(({ databases }) => databases.filter(({ name }) => name === 'suppliers'));
    const other = state.servers.find(({ name }) => name === 'sql-hr-weu') ?? assert.fail();
    other.databases.push({ ...(suppliers ?? assert.fail()), status: 'Inaccessible' });
    await emulator.reset(state);
    const listed: unknown[] = [];
    const counting = (real: Azure): Azure => ({
      ...real,
      tdeProtectors: {
        ...real.tdeProtectors,
        listAllInaccessible: async (...args) => {
          const names = await real.tdeProtectors.listAllInaccessible(...args);
          listed.push(names);
          return names;
        },
      },
    });
    const tree = makeTree({ azure: counting });
    const server = await findServer(tree, other.name);
    await rowsWith(tree, server, 'database');
    await until('the list of inaccessible databases', () => Promise.resolve(listed.length > 0));
    assert.match(text(tree.getTreeItem(server).description), /^1 database inaccessible/);
    tree.dispose();
  });

  it('cost one request, and a managed instance none', async () => {
    const tree = makeTree();
    const servers = ['sql-billing-weu', 'sqlmi-billing-weu'];
    for (const name of servers) await tree.getChildren(await findServer(tree, name));
    await until('the list of databases', async () => (await reads(/\/databases$/)) > 0);
    for (const name of servers) await tree.getChildren(await findServer(tree, name));
    assert.deepEqual([await reads(/\/servers\/sql-billing-weu\/databases$/), await reads(/\/databases$/)], [1, 1]);
    tree.dispose();
  });

  it('are read again after a failure, which is a row below the server keys', async () => {
    const tree = makeTree({ azure: failingOnce });
    const server = await findServer(tree, inventory);
    const rows = await rowsWith(tree, server, 'failure');
    assert.deepEqual(
      rows.map((row) => tree.getTreeItem(row).description),
      ['protector', "Can't list the databases"],
    );
    tree.refresh(server);
    assert.equal((await rowsWith(tree, server, 'database')).length, 2);
    tree.dispose();
  });
});
