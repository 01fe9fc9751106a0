import * as vscode from 'vscode';
import { isArmError } from '../../core/armError';
import { diagnose, diagnosisLog, isDocumentation, notificationText, type Diagnosis } from '../../core/errors/diagnose';
import { hasCode, knownError } from '../../core/errors/errorCode';
import { redactSecrets } from '../../core/errors/redact';
import { commandIds, settings, settingsSection } from '../ids';
import { notify, type Action } from '../messages';
import { pickAction } from '../quickPick';
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

/** Maximum buttons in a notification. */
const maxButtons = 3;

/**
 * Shows a failure as one notification: what happened, the cause, and at most three buttons.
 * @param others other actions, the best first. The best one is a button, and the rest are under "More…".
 * @returns the result of the chosen action
 */
export async function notifyFailure<T>(
  log: vscode.LogOutputChannel,
  diagnosis: Diagnosis,
  ...others: readonly Action<T>[]
): Promise<T | undefined> {
  if (hasCode(diagnosis, 'ReadOnly')) {
    return notify('warning', diagnosis.what, openSetting(), ...others.slice(0, maxButtons - 1));
  }
  // The user may want to act after reading more.
  const again = async () => (others.length > 0 ? notifyFailure(log, diagnosis, ...others) : undefined);
  const [best, ...rest] = [...(diagnosis.asksForSignIn ? [signIn()] : []), ...others];
  const details = {
    title: vscode.l10n.t('Show Details'),
    run: () => {
      log.show(true);
      return again();
    },
  };
  const all: Action<T | undefined>[] = [...(best ? [best] : []), details, ...documentation(diagnosis, again), ...rest];
  const more = {
    title: vscode.l10n.t('More…'),
    run: () => pickAction(diagnosis.title, vscode.l10n.t('What do you want to do?'), all.slice(maxButtons - 1)),
  };
  const buttons = all.length > maxButtons ? [...all.slice(0, maxButtons - 1), more] : all;
  return notify('error', notificationText(diagnosis), ...buttons);
}

const signIn = (): Action<undefined> => ({
  title: vscode.l10n.t('Sign In…'),
  run: () => vscode.commands.executeCommand<undefined>(commandIds.signIn),
});

const openSetting = (): Action<undefined> => ({
  title: vscode.l10n.t('Open Settings'),
  run: () =>
    vscode.commands.executeCommand<undefined>(
      'workbench.action.openSettings',
      `@id:${settingsSection}.${settings.readOnly}`,
    ),
});

/** Opens the diagnosis's page, but only if it is Microsoft documentation. */
function documentation<T>({ link }: Diagnosis, then: () => Promise<T>): readonly Action<T>[] {
  if (!isDocumentation(link)) return [];
  const open = async () => {
    await vscode.env.openExternal(vscode.Uri.parse(link));
    return then();
  };
  return [{ title: vscode.l10n.t('Open Documentation'), run: open }];
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
