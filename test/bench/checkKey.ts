import { publicCloud } from '../../src/core/clouds';
import { checkCreation } from '../../src/core/checks/checkCreation';
import { factsReader } from '../../src/core/checks/readFacts';
import { connectToEmulator, emulator, findKey, findServer, findVault, listSubscriptions } from '../azure/connection';
import { printRun } from './printRun';

/** The measurements of one fresh process; times in milliseconds. */
export interface PreflightRun {
  /** With a vault chosen from a list, as in the wizard. */
  readonly chosenMs: number;
  /** The first check, which also reads the role definitions. */
  readonly firstMs: number;
  /** With a pasted key identifier, whose vault must be found first. */
  readonly pastedMs: number;
  readonly requests: number;
  readonly checks: number;
}

/** Checks a key for a server with a replica, after sign-in and connection. */
async function main(): Promise<PreflightRun> {
  const azure = connectToEmulator();
  const ids = (await listSubscriptions(azure)).map(({ id }) => id);
  const server = await findServer(azure, 'sql-orders-weu');
  const vault = await findVault(azure, 'kv-orders');
  const key = await findKey(azure, 'kv-orders', 'tde-orders-next');
  const check = async (known: object): Promise<number> => {
    const began = performance.now();
    const creation = { server, key, ...known };
    const facts = await factsReader(azure, ids).read(creation);
    checks = checkCreation(creation, facts, { cloud: publicCloud, now: new Date() }).length;
    return performance.now() - began;
  };
  let checks = 0;
  const firstMs = await check({ vault });
  await emulator.clearRequests();
  const chosenMs = await check({ vault });
  const { length: requests } = await emulator.requests();
  return { chosenMs, firstMs, pastedMs: await check({}), requests, checks };
}

printRun(main());
