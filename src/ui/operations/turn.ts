import { setTimeout as wait } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { sameId } from '../../core/armId';
import { knownError } from '../../core/errors/errorCode';
import { serverOf } from '../../core/operations/change';
import type { Entry, Journal } from '../../core/operations/entry';
import type { WaitingWork } from '../waits';

/** Time between two looks into the journal, in milliseconds. */
const intervalMs = 1000;

/** Resolves when it is time to look into the journal again, or when the signal is aborted. */
export type Pause = (signal?: AbortSignal) => Promise<void>;

const pauseBetweenLooks: Pause = (signal) => wait(intervalMs, undefined, signal && { signal }).catch(() => undefined);

/** Reads the number that comes after those of all changes that windows make, or want to make, on the server. */
export async function nextTurn(journal: Journal, mine: Entry): Promise<number> {
  const known = await journal.list();
  const others = known.filter(({ entry, waits }) => waits !== 'nobody' && isOnSameServer(entry, mine));
  return Math.max(0, ...others.map(({ entry }) => entry.turn ?? 0)) + 1;
}

/**
 * Waits until the change in this entry comes before those that other windows want to make, or make, on its server. This
 * is Lamport's bakery algorithm: a window writes only its own entries and needs no lock, so none is left when it is killed.
 * @param work shows the wait, and ends it with a failure
 */
export async function waitForOwnTurn(
  journal: Journal,
  entry: Entry,
  work: WaitingWork | undefined,
  pause = pauseBetweenLooks,
): Promise<void> {
  if (!(await isBehind(journal, entry))) return;
  work?.show(l10n.t('waiting for another window to finish its change'));
  do {
    await pause(work?.signal);
    if (work?.signal.aborted) throw knownError({ code: 'StoppedBeforeSending', message: '' });
  } while (await isBehind(journal, entry));
  work?.show(undefined);
}

async function isBehind(journal: Journal, mine: Entry): Promise<boolean> {
  const known = await journal.list();
  return known.some(
    ({ entry, waits }) => waits === 'otherWindow' && isOnSameServer(entry, mine) && isBefore(entry, mine),
  );
}

/** A run is no change itself: its server keys have entries of their own. */
const isOnSameServer = ({ change }: Entry, mine: Entry): boolean =>
  change.items === undefined && sameId(serverOf(change)?.id, serverOf(mine.change)?.id);

/** A window that is about to read its number may get a lower one. */
function isBefore({ turn = 0, id }: Entry, mine: Entry): boolean {
  const own = mine.turn ?? 0;
  return turn < own || (turn === own && id < mine.id);
}
