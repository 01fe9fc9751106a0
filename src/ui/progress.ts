import { ProgressLocation, window, type CancellationToken } from 'vscode';

/** Whether the user has stayed until the end. */
export type Watched = 'watched' | 'left';

/** How the work learns that the user has left, and tells how far it is. */
export type Progress = readonly [cancel: CancellationToken, report: (message: string) => void];

/**
 * Shows progress until the work has ended, well or not, or until Cancel, which only stops the waiting: what Azure has
 * accepted can't be stopped.
 * @param stopped what to say on Cancel
 */
export async function watch(
  title: string,
  stopped: string,
  start: (...progress: Progress) => Promise<unknown>,
): Promise<Watched> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, cancel) => {
    const left = new Promise<Watched>((resolve) => {
      cancel.onCancellationRequested(() => {
        resolve('left');
      });
    });
    const work = start(cancel, (message) => {
      progress.report({ message });
    });
    const done = work.then(
      (): Watched => 'watched',
      (): Watched => 'watched',
    );
    const how = await Promise.race([done, left]);
    if (how === 'left') void window.showInformationMessage(stopped);
    return how;
  });
}
