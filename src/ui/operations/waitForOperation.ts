import { l10n } from 'vscode';
import { isArmError } from '../../core/armError';
import { diagnose } from '../../core/errors/diagnose';
import type { Azure, ServerPlace } from '../../core/ports';
import { confirm } from '../messages';
import { pause, readWithProgress } from '../progress';
import type { Services } from '../services';

/** Time between two reads of the running operations, in milliseconds. */
const intervalMs = 3000;
/** How long a change waits to learn which operations run, in milliseconds. */
const longestLookMs = 5000;

/**
 * Waits, with the user's consent, if an operation runs on the server.
 * @param after what happens afterwards, as a question
 * @returns false if the user doesn't want to wait
 */
export async function offerToWait(services: Services, server: ServerPlace, after: string): Promise<boolean> {
  const { sqlServers } = await services.azure.get();
  // Who can't see the operations may send the change: Azure refuses one that conflicts.
  const listed = sqlServers.listRunningOperations(server, AbortSignal.timeout(longestLookMs)).catch(() => []);
  const [running] = await listed;
  if (!running) return true;
  const detail = l10n.t(
    'Running on "{0}": {1}. Azure SQL runs one operation on a server at a time.',
    server.name,
    running.name,
  );
  return (await confirm(after, detail, l10n.t('Wait'))) && waitForOperation(services, server);
}

/** Waits until no operation runs on the server. @returns false on Cancel */
export async function waitForOperation(services: Services, server: ServerPlace): Promise<boolean> {
  const { sqlServers } = await services.azure.get();
  const title = l10n.t('Waiting for the operation on "{0}" to finish…', server.name);
  const isFinished = await readWithProgress(services, title, async ({ signal, report }) => {
    for (;;) {
      const running = await firstRunning(sqlServers, server, signal);
      if (running === undefined) return true;
      report(running);
      await pause(intervalMs, signal);
    }
  });
  return isFinished ?? false;
}

/** The name of the running operation; empty after a transient failure, so that the wait continues. */
async function firstRunning(
  sqlServers: Azure['sqlServers'],
  server: ServerPlace,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const [running] = await sqlServers.listRunningOperations(server, signal);
    return running?.name;
  } catch (error) {
    const isTransient = isArmError(error) && diagnose(error).retryMode === 'auto';
    if (isTransient) return '';
    throw error;
  }
}
