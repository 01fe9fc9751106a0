import { l10n, ProgressLocation, window } from 'vscode';
import { isArmError } from '../../core/armError';
import { diagnose } from '../../core/errors/diagnose';
import type { Azure, ServerPlace } from '../../core/ports';
import { pause, signalOf } from '../cancellation';
import type { Services } from '../services';

/** Between two looks at what runs on the server, in milliseconds. */
const intervalMs = 3000;

/** Waits until Azure SQL has ended what it does with the server. @returns false when the user stops waiting */
export async function waitForOperation(services: Services, server: ServerPlace): Promise<boolean> {
  const { sqlServers } = await services.azure.get();
  const title = l10n.t('Waiting until Azure SQL has finished on "{0}"…', server.name);
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, cancel) => {
    const signal = signalOf(cancel);
    while (!cancel.isCancellationRequested) {
      const running = await firstRunning(sqlServers, server, signal);
      if (running === undefined) return true;
      progress.report({ message: running });
      await pause(intervalMs, cancel);
    }
    return false;
  });
}

/** The name of what runs. That Azure could not be asked for a moment is no reason to stop waiting. */
async function firstRunning(
  sqlServers: Azure['sqlServers'],
  server: ServerPlace,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const [running] = await sqlServers.listRunningOperations(server, signal);
    return running?.name;
  } catch (error) {
    const isPassing = isArmError(error) && diagnose(error).retryMode === 'auto';
    if (isPassing || signal.aborted) return '';
    throw error;
  }
}
