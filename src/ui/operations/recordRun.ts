import { serverKeyRequest, type Creation } from '../../core/creation/creation';
import { knownError } from '../../core/errors/errorCode';
import { endedWith } from '../../core/operations/entry';
import type { Services } from '../services';
import { enter, newEntry } from './recorder';

/**
 * Enters a run over several servers, so that it can be continued if it is interrupted.
 * @param run makes the server keys and resolves to whether all are there
 */
export async function recordRun(
  { journal, cloud, log, waits }: Services,
  creations: readonly Creation[],
  run: () => Promise<boolean>,
): Promise<void> {
  const [first] = creations;
  if (!first) return;
  const known = await journal.get();
  const items = creations.map((creation) => ({
    server: creation.server.id,
    keyIdentifier: serverKeyRequest(creation).properties.uri,
  }));
  const change = { kind: 'createServerKeys', resource: first.server.id, items } as const;
  const entry = newEntry(known, change, cloud().resourceManager);
  const save = await enter(known, entry, waits.getStore()?.signal, (error) => {
    log.warn(`The run isn't remembered: ${String(error)}`);
  });
  const isComplete = await known.inRun(entry.id, run);
  const missing = isComplete ? undefined : knownError({ code: 'ChangeNotThere', message: '' });
  await save((before) => endedWith(before, missing, Date.now()));
}
