import { isArmError } from '../armError';
import { hasCode, knownError } from '../errors/errorCode';
import { redactSecrets } from '../errors/redact';
import type { Change } from './change';

/**
 * sent: the request may have left. accepted: Azure reports the end at `url`. unknown: the result couldn't be read.
 * stopped: the user stopped waiting.
 */
export const states = ['sent', 'accepted', 'succeeded', 'failed', 'unknown', 'stopped'] as const;
type State = (typeof states)[number];

/** The window that waits for the end of an operation. */
export interface Owner {
  /** A random ID: process IDs are used again. */
  readonly window: string;
  readonly host: string;
  readonly pid: number;
}

/** One change in Azure, from before its request leaves until its end is known. It has no token, secret, or account. */
export interface Entry {
  readonly version: 1;
  readonly id: string;
  readonly change: Change;
  /** The address of the cloud's Resource Manager. */
  readonly cloud: string;
  readonly owner: Owner;
  /** Milliseconds since 1970, as `ended`. */
  readonly started: number;
  readonly state: State;
  /** Where Azure reports the end. */
  readonly url?: string;
  readonly ended?: number;
  readonly failure?: { readonly code: string; readonly message: string };
  /** The ID of the run that it belongs to. */
  readonly run?: string;
  /** The place among the changes of its server; 0 until the window has read those of the others. */
  readonly turn?: number;
  /** The user has stopped waiting for the end. The window still waits, to enter it. */
  readonly isUnwatched?: true;
  /** The operation ended after its window had gone, and the user hasn't looked at it yet. */
  readonly isNews?: true;
}

/** An entry in the journal, and who waits for its end. */
export interface Known {
  readonly entry: Entry;
  readonly waits: 'thisWindow' | 'otherWindow' | 'nobody';
}

/** Remembers operations, also after a crash. */
export interface Journal {
  /** This window, as the owner of entries. */
  readonly owner: Owner;
  /** Every readable entry, newest first. */
  list(): Promise<readonly Known[]>;
  /** Adds or replaces an entry as a whole: a process that is killed leaves the old one or the new one. */
  save(entry: Entry): Promise<void>;
  /** Does the work of a run; the entries that it makes get the ID of the run. */
  inRun<T>(run: string, work: () => Promise<T>): Promise<T>;
  /** The ID of the run that this asynchronous context belongs to. */
  readonly run: string | undefined;
  /** The interrupted operations, by ID, whose end this window waits for. Aborting stops the wait. */
  readonly followed: Map<string, AbortController>;
}

/** Whether the operation may still be running. */
export const isOpen = ({ state }: Entry): boolean => state === 'sent' || state === 'accepted';

/** Older ones are not asked for automatically: Azure forgets the address of an operation after a day. */
const longestUnasked = 7 * 24 * 60 * 60_000;

/** Whether this window should find out how the operation ended. */
export function isDue({ entry, waits }: Known, cloud: string, now: number): boolean {
  const isUnknown = isOpen(entry) || entry.state === 'unknown';
  return isUnknown && waits === 'nobody' && entry.cloud === cloud && now - entry.started < longestUnasked;
}

/** The entry after the user has stopped waiting for the end of its operation. */
export const unwatched = (entry: Entry): Entry => (isOpen(entry) ? { ...entry, isUnwatched: true } : entry);

/** In characters. */
export const longestMessage = 1000;

/** The entry after the end of its operation. */
export function endedWith(entry: Entry, error: unknown, ended: number): Entry {
  const rest = { ...entry, ended };
  delete rest.failure;
  delete rest.isUnwatched;
  if (error === undefined) return { ...rest, state: 'succeeded' };
  if (error instanceof Error && error.name === 'AbortError') return { ...rest, state: 'stopped' };
  const message = error instanceof Error ? error.message : '';
  const failure = isArmError(error) ? error : knownError({ code: 'UnexpectedError', message });
  return {
    ...rest,
    state: hasCode(failure, 'OutcomeUnknown') ? 'unknown' : 'failed',
    failure: {
      code: redactSecrets(failure.code).slice(0, longestMessage),
      message: redactSecrets(failure.message).slice(0, longestMessage),
    },
  };
}

/** How many ended operations the journal keeps. */
const keptEnded = 200;

/** The oldest ended entries beyond the limit. Entries without a known end are kept. */
export function superfluous(known: readonly Known[]): readonly Entry[] {
  return known
    .map(({ entry }) => entry)
    .filter(({ state }) => state === 'succeeded' || state === 'failed')
    .sort((a, b) => b.started - a.started)
    .slice(keptEnded);
}

/** How many operations ended while the user was away. A run counts once. */
export const newsCount = (known: readonly Known[]): number =>
  outsideRuns(known).filter(({ entry }) => entry.isNews).length;

/** The operations without those that belong to a run in the journal. */
export function outsideRuns(known: readonly Known[]): readonly Known[] {
  const ids = new Set(known.map(({ entry }) => entry.id));
  return known.filter(({ entry: { run } }) => run === undefined || !ids.has(run));
}
