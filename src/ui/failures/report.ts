import * as vscode from 'vscode';
import { isArmError } from '../../core/armError';
import { diagnose, diagnosisLog, type Diagnosis } from '../../core/errors/diagnose';
import { hasCode, knownError } from '../../core/errors/errorCode';
import { redactSecrets } from '../../core/errors/redact';
import { notify } from '../messages';
import type { Services } from '../services';

export type FailureServices = Pick<Services, 'log' | 'failures'>;

/** Diagnoses a failure. For an internal error, also logs the stack. */
export function toDiagnosis(log: vscode.LogOutputChannel, error: unknown): Diagnosis {
  const message = error instanceof Error ? error.message : String(error);
  const failure = isArmError(error) ? error : knownError({ code: 'UnexpectedError', message }, { cause: error });
  if (hasCode(failure, 'UnexpectedError') && failure.cause instanceof Error) {
    log.error(redactSecrets(failure.cause.stack ?? ''));
  }
  return diagnose(failure);
}

/** Diagnoses a failure, logs it, and keeps it for Copy Diagnostics. */
export function logFailure(services: FailureServices, error: unknown): Diagnosis {
  const diagnosis = toDiagnosis(services.log, error);
  logDiagnosis(services, diagnosis);
  return diagnosis;
}

/** Logs a failure and keeps it for Copy Diagnostics. */
export function logDiagnosis({ log, failures }: FailureServices, diagnosis: Diagnosis): void {
  failures.last = diagnosis;
  log.error(diagnosisLog(diagnosis));
}

/** Tells that a change isn't in the journal. */
export function warnUnsaved(log: vscode.LogOutputChannel): void {
  const text = vscode.l10n.t(
    "The extension can't save what it changes. If VS Code is reloaded during a change, its result isn't shown.",
  );
  const show = () => {
    log.show(true);
  };
  void notify('warning', text, { title: vscode.l10n.t('Show Log'), run: show });
}
