import { l10n } from 'vscode';
import { isArmError } from '../../core/armError';
import { hasCode } from '../../core/errors/errorCode';
import { pause, type Progress } from '../progress';

/** Azure documents up to 10 minutes for permissions to take effect. */
const longestMs = 10 * 60_000;
const pausesMs = [3000, 5000, 10_000, 20_000];
const longestPauseMs = 30_000;

/**
 * Retries until a change takes effect in Azure SQL, for at most 10 minutes.
 * @param code the error that the change fixes. Also waits for an identity that Microsoft Entra ID doesn't know yet.
 * @returns undefined on Cancel
 */
export async function retryUntilEffective<T>(
  attempt: () => Promise<T>,
  code: string,
  { signal, report }: Progress,
): Promise<T | undefined> {
  const began = Date.now();
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const passed = Date.now() - began;
      const isRetried = isArmError(error) && (error.code === code || hasCode(error, 'AdalServicePrincipalNotFound'));
      if (!isRetried || passed > longestMs) throw error;
      report(l10n.t('not effective yet after {0} s', Math.round(passed / 1000)));
    }
    await pause(pausesMs[tries] ?? longestPauseMs, signal);
  }
  return undefined;
}
