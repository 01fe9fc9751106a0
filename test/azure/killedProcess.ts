import { AsyncLocalStorage } from 'node:async_hooks';
import { serverKeyRequest } from '../../src/core/creation/creation';
import { createRecorder } from '../../src/ui/operations/recorder';
import { recordRun } from '../../src/ui/operations/recordRun';
import { openJournal } from '../../src/ui/operations/journal';
import type { Services } from '../../src/ui/services';
import { connectToEmulator, emulatorCloud, findKey, findServer } from './connection';
import { changed } from './killed';

/** Creates a server key, deletes one, and creates four in a run, all at once and recorded in a folder. */
async function main(folder: string): Promise<void> {
  const log = { warn: console.error, trace: () => undefined } as unknown as Services['log'];
  const journal = openJournal(folder, log);
  const cloud = emulatorCloud();
  const { recorded, onAccepted } = createRecorder(journal, cloud.resourceManager, { onUnsaved: console.error });
  const azure = recorded(connectToEmulator({ onAccepted }));
  const key = await findKey(azure, 'kv-billing', 'tde-billing');
  const [creating, deleting, ...run] = await Promise.all(
    [changed.create, changed.delete, ...changed.run].map((name) => findServer(azure, name)),
  );
  if (!creating || !deleting) return;
  const [old] = (await azure.serverKeys.list(deleting)).filter(({ name }) => name === changed.deletedKey);
  const request = serverKeyRequest({ key });
  const waits = new AsyncLocalStorage();
  const services = {
    journal: { get: () => Promise.resolve(journal) },
    cloud: () => cloud,
    log,
    waits,
  } as unknown as Services;
  await Promise.allSettled([
    azure.serverKeys.create(creating, request),
    old && azure.serverKeys.delete(deleting, old),
    recordRun(
      services,
      run.map((server) => ({ server, key })),
      async () => {
        await Promise.allSettled(run.map((server) => azure.serverKeys.create(server, request)));
        return true;
      },
    ),
  ]);
}

void main(process.argv[2] ?? '');
