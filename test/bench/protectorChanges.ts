import { isDatabaseKind } from '../../src/core/operations/change';
import { serverKey } from '../emulator/seeds/parts';
import { commandRequests, type Work } from '../azure/commandRequests';
import { changeState, connectToEmulator, emulator, findKey, found, resetEmulator } from '../azure/connection';
import { findResources } from '../azure/restrictedAccount';
import { printRun } from './printRun';

const names = [
  'setDatabaseProtector',
  'revalidateDatabase',
  'revertDatabase',
  'setProtector',
  'revalidateProtector',
] as const;

/** The measurements of one fresh process, after sign-in and connection. */
export type ChangesRun = Readonly<Record<(typeof names)[number], { readonly ms: number; readonly requests: number }>>;

const server = 'sql-inventory-weu';

/** The database is inaccessible, and has another key. */
async function prepare(): Promise<void> {
  await resetEmulator();
  await changeState(({ servers, vaults }) => {
    const next = serverKey(found(vaults, 'kv-billing'), 'tde-billing', 2, new Date());
    const database = found(found(servers, server).databases, 'suppliers');
    database.keys?.push(next);
    database.status = 'Inaccessible';
  });
}

/** Measures each command that changes the TDE protector of a database or a server: the reads, the checks, and the change. */
async function main(): Promise<ChangesRun> {
  const azure = connectToEmulator();
  const resources = await findResources(azure, 'sql-orders-weu', 'sql-orders-neu', 'kv-orders');
  const ofDatabases = await findResources(azure, server, 'sql-orders-neu', 'kv-billing');
  const key = await findKey(azure, 'kv-orders', 'tde-orders-next');
  const measure = async (name: (typeof names)[number]) => {
    await prepare();
    const work: Work = { azure, key, findings: [], ...(isDatabaseKind(name) ? ofDatabases : resources) };
    await emulator.clearRequests();
    const began = performance.now();
    await commandRequests[name](work);
    const ms = performance.now() - began;
    return { ms, requests: (await emulator.requests()).length };
  };
  // The first one also reads what the others don't need to read again.
  await measure('setDatabaseProtector');
  const runs: [string, ChangesRun[(typeof names)[number]]][] = [];
  for (const name of names) runs.push([name, await measure(name)]);
  return Object.fromEntries(runs) as ChangesRun;
}

printRun(main());
