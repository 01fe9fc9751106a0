import { knownError } from '../../core/errors/errorCode';
import type { Change } from '../../core/operations/change';
import { endedWith } from '../../core/operations/entry';
import type { Services } from '../services';
import { enter, newEntry } from './recorder';

/**
 * Enters a run of several changes, so that it can be continued if it is interrupted.
 * @param run makes the changes and resolves to whether all are there
 * @param id of the entry, if the run continues an earlier one
 */
export async function recordRun(
  { journal, cloud, log, waits }: Services,
  change: Change,
  run: () => Promise<boolean>,
  id?: string,
): Promise<void> {
  const known = await journal.get();
  const entry = { ...newEntry(known, change, cloud().resourceManager), ...(id !== undefined && { id }) };
  const save = await enter(known, entry, waits.getStore()?.signal, (error) => {
    log.warn(`The run isn't remembered: ${String(error)}`);
  });
  const isComplete = await known.inRun(entry.id, run);
  const missing = isComplete ? undefined : knownError({ code: 'ChangeNotThere', message: '' });
  await save((before) => endedWith(before, missing, Date.now()));
}
