import { connectToEmulator, emulator, listSubscriptions } from '../azure/connection';
import { printRun } from './printRun';

/** The measurements of one fresh process; times in milliseconds. */
export interface AzureRun {
  readonly subscriptions: number;
  readonly servers: number;
  readonly listRequests: number;
  readonly listMs: number;
  /** The part of `listMs` that the emulator spent on the requests. */
  readonly emulatorMs: number;
  readonly keysMs: number;
}

/** Reads what the tree reads, in the same order: all subscriptions and servers, then the keys of one server. */
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
