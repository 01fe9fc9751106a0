import { connectToEmulator, emulator, listSubscriptions } from '../azure/connection';
import { printRun } from './printRun';

/** What one fresh process measures; times in milliseconds. */
export interface AzureRun {
  readonly subscriptions: number;
  readonly servers: number;
  readonly listRequests: number;
  readonly listMs: number;
  /** How much of it passed between a request's arrival at the emulator and its answer. */
  readonly emulatorMs: number;
  readonly keysMs: number;
}

/** Reads what the tree reads, in its order: everything that it lists, then what it shows below one server. */
async function main(): Promise<AzureRun> {
  await emulator.clearRequests();
  const began = performance.now();
  const azure = connectToEmulator();
  const subscriptions = await listSubscriptions(azure);
  const { items: servers } = await azure.sqlServers.list(subscriptions.map(({ id }) => id));
  const listMs = performance.now() - began;
  const requests = await emulator.requests();
  const emulatorMs = requests.reduce((sum, { ms }) => sum + ms, 0);
  const [server] = servers;
  if (!server) {
    throw new Error('The emulator has no servers');
  }
  const expanded = performance.now();
  await Promise.all([azure.serverKeys.list(server), azure.tdeProtectors.get(server)]);
  const keysMs = performance.now() - expanded;
  const estate = { subscriptions: subscriptions.length, servers: servers.length };
  return { ...estate, listRequests: requests.length, listMs, emulatorMs, keysMs };
}

printRun(main());
