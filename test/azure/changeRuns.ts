import assert from 'node:assert/strict';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { SqlServer } from '../../src/core/model';
import type { SingleStep } from '../../src/core/plan/singleStep';
import type { Azure } from '../../src/core/ports';
import type { State } from '../emulator/base/state';
import { serverKey } from '../emulator/seeds/parts';
import { changeState, connectToEmulator, emulator, findKey, findServer, found, resetEmulator } from './connection';

const [inventory, suppliers, hr] = ['sql-inventory-weu', 'suppliers', 'sql-hr-weu'] as const;

/** A change, and how the extension makes it. */
interface ChangeRun {
  readonly server: string;
  readonly prepare?: (state: State) => void;
  readonly stepOf: (azure: Azure, server: SqlServer) => Promise<SingleStep>;
  readonly run: (azure: Azure, server: SqlServer) => Promise<unknown>;
}

const suppliersOf = (state: State) => found(found(state.servers, inventory).databases, suppliers);

/** Gives the database a second key. */
function addKey(state: State): void {
  suppliersOf(state).keys?.push(serverKey(found(state.vaults, 'kv-billing'), 'tde-billing', 2, new Date()));
}

const protectorOf = async (azure: Azure, server: SqlServer) =>
  (await azure.databaseKeys.get(server, suppliers)).protector ?? assert.fail();

async function otherKey(azure: Azure, server: SqlServer): Promise<string> {
  const { keys, protector } = await azure.databaseKeys.get(server, suppliers);
  return keys.find(({ uri }) => uri !== protector?.uri)?.uri ?? assert.fail();
}

async function unusedKey(azure: Azure, server: SqlServer) {
  const [keys, protector] = await Promise.all([azure.serverKeys.list(server), azure.tdeProtectors.get(server)]);
  return keys.find(({ uri }) => uri !== undefined && uri !== protector.uri) ?? assert.fail();
}

const changes: Readonly<Record<string, ChangeRun>> = {
  'the service-managed key': {
    server: hr,
    stepOf: async (azure, server) => ({
      kind: 'useServiceManagedKey',
      server,
      former: await azure.tdeProtectors.get(server),
    }),
    run: async (azure, server) => {
      const keys = await azure.serverKeys.list(server);
      await azure.tdeProtectors.set(server, keys.find(({ type }) => type === 'serviceManaged') ?? assert.fail(), false);
    },
  },
  'the deletion of a server key': {
    server: 'sql-orders-weu',
    stepOf: async (azure, server) => ({
      kind: 'deleteServerKey',
      server,
      keyIdentifier: (await unusedKey(azure, server)).uri ?? assert.fail(),
    }),
    run: async (azure, server) => azure.serverKeys.delete(server, await unusedKey(azure, server)),
  },
  'the revalidation of a TDE protector': {
    server: hr,
    prepare: ({ servers }) => {
      const [database] = found(servers, hr).databases;
      Object.assign(database ?? assert.fail(), { status: 'Inaccessible', inaccessibleSince: new Date().toISOString() });
    },
    stepOf: (_, server) => Promise.resolve({ kind: 'revalidateProtector', server }),
    run: (azure, server) => azure.tdeProtectors.revalidate(server),
  },
  'another key of a database': {
    server: inventory,
    stepOf: async (azure, server) => ({
      ...{ kind: 'addDatabaseKey', server, database: suppliers },
      keyIdentifier: formatKeyIdentifier(await findKey(azure, 'kv-billing', 'tde-billing-expiring')),
    }),
    run: async (azure, server) => {
      const key = formatKeyIdentifier(await findKey(azure, 'kv-billing', 'tde-billing-expiring'));
      await azure.databaseKeys.add(server, suppliers, key);
    },
  },
  'the TDE protector of a database': {
    server: inventory,
    prepare: addKey,
    stepOf: async (azure, server) => ({
      ...{ kind: 'setDatabaseProtector', server, database: suppliers, autoRotation: false },
      keyIdentifier: await otherKey(azure, server),
      former: await protectorOf(azure, server),
    }),
    run: async (azure, server) =>
      azure.databaseKeys.setProtector(server, suppliers, { uri: await otherKey(azure, server), autoRotation: false }),
  },
  'the revalidation of the key of a database': {
    server: inventory,
    prepare: (state) => {
      Object.assign(suppliersOf(state), { status: 'Inaccessible', inaccessibleSince: new Date().toISOString() });
    },
    stepOf: (_, server) => Promise.resolve({ kind: 'revalidateDatabase', server, database: suppliers }),
    run: (azure, server) => azure.databaseKeys.revalidate(server, suppliers),
  },
  'the TDE protector of the server for a database': {
    server: inventory,
    stepOf: async (azure, server) => ({
      ...{ kind: 'revertDatabase', server, database: suppliers },
      former: await protectorOf(azure, server),
    }),
    run: (azure, server) => azure.databaseKeys.revert(server, suppliers),
  },
};

export const changeNames = Object.keys(changes);

/** Fails unless a change, carried out in another way, ends in the same state as that of the extension. */
export async function assertSameChange(name: string, carryOut: (step: SingleStep) => Promise<unknown>): Promise<void> {
  const { server: on, prepare = () => undefined, stepOf, run } = changes[name] ?? assert.fail(name);
  const start = async () => {
    await resetEmulator();
    await changeState(prepare);
    const azure = connectToEmulator();
    return { azure, server: await findServer(azure, on) };
  };
  const end = async () => {
    const { protector, keys, databases } = found((await emulator.state()).servers, on);
    type Database = (typeof databases)[number];
    const ofDatabase = ({ name: database, status, encryptionProtector, autoRotation, keys: own = [] }: Database) => ({
      ...{ database, status, encryptionProtector, autoRotation: autoRotation === true },
      keys: own.filter(({ removed }) => removed === undefined).map(({ uri }) => uri),
    });
    return { protector, keys: keys.map(({ uri }) => uri), databases: databases.map(ofDatabase) };
  };
  const mine = await start();
  const before = await end();
  await run(mine.azure, mine.server);
  const expected = await end();
  assert.notDeepEqual(expected, before);
  const other = await start();
  await carryOut(await stepOf(other.azure, other.server));
  assert.deepEqual(await end(), expected);
}
