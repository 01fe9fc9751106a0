import { setTimeout as wait } from 'node:timers/promises';
import { isArmError } from '../../core/armError';
import { knownError } from '../../core/errors/errorCode';
import { endedWith, isDue, newsCount, type Entry, type Journal } from '../../core/operations/entry';
import { findEnd } from '../../core/operations/findEnd';
import { serversOf } from '../../core/operations/change';
import type { Azure, ServerPlace } from '../../core/ports';
import type { Services } from '../services';

/** Time between two questions about a running operation, in milliseconds. */
const intervalMs = 5000;

/** Resolves when it is time to ask again, and rejects if the signal is aborted. */
export const pauseBetweenQuestions = (signal: AbortSignal): Promise<void> => wait(intervalMs, undefined, { signal });

/** How long a running operation is followed, in milliseconds. */
const longestMs = 30 * 60_000;

export interface Settling {
  readonly log: Pick<Services['log'], 'warn'>;
  readonly azure: Azure;
  readonly journal: Journal;
  /** The address of the Resource Manager that is connected. */
  readonly cloud: string;
  /** Told after each end, so that the view shows it. */
  readonly onEnd: (servers: readonly ServerPlace[], news: number) => Promise<void>;
  readonly pause?: typeof pauseBetweenQuestions;
}

/**
 * Finds out how the operations ended whose window has gone, and enters it. Sends only reads. The next connection tries
 * again if an operation can't be read now.
 * @returns as soon as this window waits for them; `end` resolves when it no longer does
 */
export async function settleOperations(settling: Settling): Promise<{ readonly end: Promise<void> }> {
  const { journal, cloud } = settling;
  const due = (await journal.list()).filter((known) => isDue(known, cloud, Date.now()));
  // Takes all first, because the wait for one can be long, and a run can't be continued while its operations run.
  const taken = await Promise.all(due.map(({ entry }) => take(journal, entry)));
  return { end: settleAll(settling, taken) };
}

async function settleAll(settling: Settling, taken: readonly Taken[]): Promise<void> {
  const isRun = ({ entry: { change } }: Taken): boolean => change.items !== undefined;
  // A run has ended when its operations have.
  await Promise.all(taken.filter((one) => !isRun(one)).map((one) => settle(settling, one)));
  await Promise.all(taken.filter(isRun).map((one) => settle(settling, one)));
}

interface Taken {
  readonly entry: Entry;
  readonly stop: AbortController;
}

/** Enters that this window waits for the end, so that the other windows leave it to this one. */
async function take(journal: Journal, found: Entry): Promise<Taken> {
  const stop = new AbortController();
  journal.followed.set(found.id, stop);
  const state: Entry['state'] = found.url === undefined ? 'sent' : 'accepted';
  const entry = { ...found, owner: journal.owner, state };
  delete entry.isUnwatched;
  await journal.save(entry);
  return { entry, stop };
}

async function settle(settling: Settling, { entry: taken, stop }: Taken): Promise<void> {
  const { azure, journal, log } = settling;
  const { kind, resource } = taken.change;
  // Who stops the wait for a run stops the waits for its operations.
  const stops = [stop, journal.followed.get(taken.run ?? '')].flatMap((one) => one?.signal ?? []);
  const stopped = AbortSignal.any(stops);
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(longestMs)]);
    const entry: Entry = { ...(await endOf(azure, taken, signal, settling.pause)), isNews: true };
    await journal.save(entry);
    await settling.onEnd(serversOf(entry.change), newsCount(await journal.list()));
  } catch (error) {
    log.warn(`${kind} ${resource}: result not known yet: ${isArmError(error) ? error.code : String(error)}`);
    await journal.save({ ...taken, state: stopped.aborted ? 'stopped' : 'unknown' });
  } finally {
    journal.followed.delete(taken.id);
  }
}

async function endOf(azure: Azure, entry: Entry, signal: AbortSignal, pause = pauseBetweenQuestions): Promise<Entry> {
  const failure = await findEnd(azure, entry, { signal, pause: () => pause(signal) });
  return endedWith(entry, failure, Date.now());
}

/** Finds out how one operation ended, because the user asks for it. Rejects if it can't be read. */
export async function checkAgain(
  { azure, cloud, journal }: Pick<Services, 'azure' | 'cloud' | 'journal'>,
  entry: Entry,
  signal: AbortSignal,
  pause = pauseBetweenQuestions,
): Promise<Entry> {
  if (cloud().resourceManager !== entry.cloud) {
    const operation = { name: 'read operation', resource: entry.change.resource };
    throw knownError({ code: 'OutcomeUnknown', message: `The operation was sent to ${entry.cloud}.`, operation });
  }
  const checked = await endOf(await azure.get(), entry, signal, pause);
  await (await journal.get()).save(checked);
  return checked;
}
