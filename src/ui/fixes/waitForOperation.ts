import { l10n, ProgressLocation, window, type CancellationToken } from 'vscode';
import type { ServerPlace } from '../../core/ports';
import type { Services } from '../services';

/** Between two looks at what runs on the server, in milliseconds. */
const intervalMs = 3000;

/** Waits until Azure SQL has ended what it does with the server. @returns false when the user stops waiting */
export async function waitForOperation(services: Services, server: ServerPlace): Promise<boolean> {
  const { sqlServers } = await services.azure.get();
  const title = l10n.t('Waiting until Azure SQL has finished on "{0}"…', server.name);
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, cancel) => {
    while (!cancel.isCancellationRequested) {
      const [running] = await sqlServers.listRunningOperations(server);
      if (!running) return true;
      progress.report({ message: running.name });
      await pause(intervalMs, cancel);
    }
    return false;
  });
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
