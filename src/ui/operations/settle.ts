import { setTimeout as pause } from 'node:timers/promises';
import pMap from 'p-map';
import { isArmError } from '../../core/armError';
import { knownError } from '../../core/errors/errorCode';
import { endedWith, isDue, newsCount, type Entry, type Journal, type Known } from '../../core/operations/entry';
import { findEnd } from '../../core/operations/findEnd';
import { serversOf } from '../../core/operations/change';
import type { Azure, ServerPlace } from '../../core/ports';
import type { Services } from '../services';

/** Time between two questions about a running operation, in milliseconds. */
const intervalMs = 5000;
/** How long a running operation is followed, in milliseconds. */
const longestMs = 30 * 60_000;
const parallel = 4;

export interface Settling extends Pick<Services, 'log'> {
  readonly azure: Azure;
  readonly journal: Journal;
  /** The address of the Resource Manager that is connected. */
  readonly cloud: string;
  /** Told after each end, so that the view shows it. */
  readonly onEnd: (servers: readonly ServerPlace[], news: number) => Promise<void>;
}

/**
 * Finds out how the operations ended whose window has gone, and enters it. Sends only reads. The next connection tries
 * again if an operation can't be read now.
 */
export async function settleOperations(settling: Settling): Promise<void> {
  const { journal, cloud } = settling;
  const due = (await journal.list()).filter((known) => isDue(known, cloud, Date.now()));
  const isRun = ({ entry: { change } }: Known): boolean => change.items !== undefined;
  // A run has ended when its operations have.
  for (const some of [due.filter((known) => !isRun(known)), due.filter(isRun)]) {
    await pMap(some, ({ entry }) => settle(settling, entry), { concurrency: parallel });
  }
}

async function settle(settling: Settling, found: Entry): Promise<void> {
  const { azure, journal, log } = settling;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(longestMs)]);
  // The other windows now leave it to this one.
  const taken: Entry = { ...found, owner: journal.owner, state: found.url === undefined ? 'sent' : 'accepted' };
  try {
    journal.followed.set(found.id, stop);
    await journal.save(taken);
    const entry: Entry = { ...(await endOf(azure, taken, signal)), isNews: true };
    await journal.save(entry);
    await settling.onEnd(serversOf(entry.change), newsCount(await journal.list()));
  } catch (error) {
    const { kind, resource } = found.change;
    log.warn(`${kind} ${resource}: result not known yet: ${isArmError(error) ? error.code : String(error)}`);
    await journal.save({ ...taken, state: stop.signal.aborted ? 'stopped' : 'unknown' });
  } finally {
    journal.followed.delete(found.id);
  }
}

async function endOf(azure: Azure, entry: Entry, signal: AbortSignal): Promise<Entry> {
  const failure = await findEnd(azure, entry, { signal, pause: () => pause(intervalMs, undefined, { signal }) });
  return endedWith(entry, failure, Date.now());
}

/** Finds out how one operation ended, because the user asks for it. Rejects if it can't be read. */
export async function checkAgain(
  { azure, cloud, journal }: Pick<Services, 'azure' | 'cloud' | 'journal'>,
  entry: Entry,
  signal: AbortSignal,
): Promise<Entry> {
  if (cloud().resourceManager !== entry.cloud) {
    const operation = { name: 'read operation', resource: entry.change.resource };
    throw knownError({ code: 'OutcomeUnknown', message: `The operation was sent to ${entry.cloud}.`, operation });
  }
  const checked = await endOf(await azure.get(), entry, signal);
  await (await journal.get()).save(checked);
  return checked;
}
