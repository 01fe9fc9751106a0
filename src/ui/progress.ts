import { setTimeout as delay } from 'node:timers/promises';
import { ProgressLocation, window, type Progress as VscodeProgress } from 'vscode';
import { plainLine } from '../core/text';
import { notify } from './messages';
import type { Services } from './services';

/** Where work shows its waits for Azure. */
type Showing = Pick<Services, 'waits' | 'questions'>;

/** Passed to long-running work: Cancel aborts the signal, and `report` shows progress. */
export interface Progress {
  readonly signal: AbortSignal;
  readonly report: (message: string) => void;
}

/** Work that has ended, or that the user has stopped waiting for. */
export interface Watched<T> {
  readonly isCanceled: boolean;
  readonly end: Promise<T>;
}

/**
 * Shows progress while something is read. If the user is asked something else meanwhile, waits for the answer, because a document or
 * another question would take the keyboard from the question or close it.
 * @returns undefined as soon as the user cancels, which also aborts the requests
 */
export async function readWithProgress<T>(
  services: Showing,
  title: string,
  read: (progress: Progress) => Promise<T>,
): Promise<T | undefined> {
  const answered = services.questions.askedFromNow();
  const { isCanceled, end } = await watch(services, title, read);
  if (isCanceled) return undefined;
  const result = await end;
  await answered();
  return result;
}

/**
 * Shows progress while something is changed. Azure finishes what it has accepted, so Cancel only stops waiting, and a
 * request that waits to be sent again isn't sent.
 * Resolves when the change succeeds or fails, or on Cancel.
 * @param stopped the message to show on Cancel; undefined if Azure has already finished
 */
export async function changeWithProgress<T>(
  services: Showing,
  title: string,
  stopped: () => string | undefined,
  change: (progress: Progress) => Promise<T>,
): Promise<Watched<T>> {
  const watched = await watch(services, title, change);
  const message = watched.isCanceled ? stopped() : undefined;
  if (message !== undefined) void notify('info', message);
  return watched;
}

/** Waits for a time, or until the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** How long work may take before it is shown, in milliseconds. A notification about shorter work would only flash. */
const unshownMs = 200;

async function watch<T>(
  { waits }: Showing,
  title: string,
  start: (progress: Progress) => Promise<T>,
): Promise<Watched<T>> {
  const controller = new AbortController();
  const { signal } = controller;
  const message = reporter();
  const end = waits.run({ show: message.showWait, signal }, () => start({ signal, report: message.report }));
  const ended = end.then(
    () => false,
    () => false,
  );
  if ((await Promise.race([ended, delay(unshownMs)])) === false) return { isCanceled: false, end };
  const options = { location: ProgressLocation.Notification, title: plainLine(title), cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    message.showIn(progress);
    const canceled = new Promise<boolean>((resolve) => {
      token.onCancellationRequested(() => {
        controller.abort();
        resolve(true);
      });
    });
    return { isCanceled: await Promise.race([ended, canceled]), end };
  });
}

/** Keeps the message of work until it is shown. A wait hides what the work reports. */
function reporter() {
  let shown: VscodeProgress<{ message: string }> | undefined;
  let reported = '';
  let waiting: string | undefined;
  const update = (): void => {
    shown?.report({ message: plainLine(waiting ?? reported) });
  };
  const report = (message: string): void => {
    reported = message;
    update();
  };
  const showWait = (wait: string | undefined): void => {
    waiting = wait;
    update();
  };
  const showIn = (progress: VscodeProgress<{ message: string }>): void => {
    shown = progress;
    if (reported !== '' || waiting !== undefined) update();
  };
  return { report, showWait, showIn };
}
