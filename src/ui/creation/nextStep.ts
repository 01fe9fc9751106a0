import { l10n } from 'vscode';
import type { Diagnosis } from '../../core/errors/diagnose';
import { hasCode } from '../../core/errors/errorCode';
import type { Action } from '../failures/report';

/** What to offer after these failures: another version where the cloud takes no key identifier without one, another try where it may help. */
export function nextStep(
  failures: readonly Diagnosis[],
  chooseVersion: () => Promise<void>,
  tryAgain: () => Promise<void>,
): Action | undefined {
  if (failures.some((failure) => hasCode(failure, 'VersionlessNotSupported'))) {
    return { title: l10n.t('Choose Another Version…'), run: chooseVersion };
  }
  return failures.some(({ retryMode }) => retryMode !== 'never')
    ? { title: l10n.t('Try Again'), run: tryAgain }
    : undefined;
}
