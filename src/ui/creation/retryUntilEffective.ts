import { l10n, type CancellationToken } from 'vscode';
import { isArmError } from '../../core/armError';
import { pause } from '../cancellation';

/** Azure names 10 minutes for rights to take effect. */
const longestMs = 10 * 60_000;
const pausesMs = [3000, 5000, 10_000, 20_000];
const longestPauseMs = 30_000;

/** What Azure SQL answers for some minutes after a server got its identity. */
const identityNotSeen = 'AdalServicePrincipalNotFound';

/**
 * Tries again until a change takes effect in Azure SQL, for at most 10 minutes.
 * @param code the error that the change fixes: another one needs another change, and no waiting helps
 * @returns undefined when the user stops it
 */
export async function untilSeen<T>(
  attempt: () => Promise<T>,
  code: string,
  cancel: CancellationToken,
  report: (message: string) => void,
): Promise<T | undefined> {
  const began = Date.now();
  for (let tries = 0; !cancel.isCancellationRequested; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const passed = Date.now() - began;
      const isWaiting = isArmError(error) && (error.code === code || error.code === identityNotSeen);
      if (!isWaiting || passed > longestMs) throw error;
      report(l10n.t('not seen yet after {0} s', Math.round(passed / 1000)));
    }
    await pause(pausesMs[tries] ?? longestPauseMs, cancel);
  }
  return undefined;
}
