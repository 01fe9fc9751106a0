import type { CancellationToken } from 'vscode';

/** Ends requests when the user cancels. */
export function signalOf(cancel: CancellationToken): AbortSignal {
  const left = new AbortController();
  cancel.onCancellationRequested(() => {
    left.abort();
  });
  return left.signal;
}

/** Waits for a time, or less where the user cancels. */
export function pause(milliseconds: number, cancel: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    const listening = cancel.onCancellationRequested(done);
    function done(): void {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    }
  });
}
