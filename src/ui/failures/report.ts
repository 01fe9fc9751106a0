import * as vscode from 'vscode';
import { isArmError } from '../../core/armError';
import { diagnose, diagnosisLog, notificationText, type Diagnosis } from '../../core/errors/diagnose';
import { hasCode, knownError } from '../../core/errors/errorCode';
import { redactSecrets } from '../../core/errors/redact';
import { commandIds } from '../ids';
import type { Services } from '../services';

export interface Action {
  readonly title: string;
  /** What it comes to is handed on by whoever shows it. */
  readonly run: () => unknown;
}

/** Says what a failure is, and writes the stack of what is a mistake of ours to the log. */
export function toDiagnosis(log: vscode.LogOutputChannel, error: unknown): Diagnosis {
  const message = error instanceof Error ? error.message : String(error);
  const failure = isArmError(error) ? error : knownError({ code: 'UnexpectedError', message }, { cause: error });
  if (hasCode(failure, 'UnexpectedError') && failure.cause instanceof Error) {
    log.error(redactSecrets(failure.cause.stack ?? ''));
  }
  return diagnose(failure);
}

export type FailureServices = Pick<Services, 'log' | 'failures'>;

/** Says what a failure is, writes it to the log channel and keeps it for Copy Diagnostics. */
export function logFailure(services: FailureServices, error: unknown): Diagnosis {
  const diagnosis = toDiagnosis(services.log, error);
  logDiagnosis(services, diagnosis);
  return diagnosis;
}

/** Writes a failure to the log channel and keeps it for Copy Diagnostics. */
export function logDiagnosis({ log, failures }: FailureServices, diagnosis: Diagnosis): void {
  failures.last = diagnosis;
  log.error(diagnosisLog(diagnosis));
}

/** Buttons that a notification has room for. */
const maxButtons = 3;

/**
 * Shows a failure as one notification: the sentence, the cause, and at most three buttons.
 * @param others what could help; the first of it is a button, the rest stands behind "More…"
 * @returns what the action that the user has chosen comes to
 */
export async function notifyFailure(
  log: vscode.LogOutputChannel,
  diagnosis: Diagnosis,
  ...others: readonly Action[]
): Promise<unknown> {
  const [best, ...rest] = [...(diagnosis.asksForSignIn ? [signIn()] : []), ...others];
  const details = {
    title: vscode.l10n.t('Show Details'),
    run: () => {
      log.show(true);
    },
  };
  const all = [...(best ? [best] : []), details, ...documentation(diagnosis), ...rest];
  const more = { title: vscode.l10n.t('More…'), run: () => chooseAction(diagnosis, all.slice(maxButtons - 1)) };
  const actions = all.length > maxButtons ? [...all.slice(0, maxButtons - 1), more] : all;
  const chosen = await vscode.window.showErrorMessage(
    notificationText(diagnosis),
    ...actions.map(({ title }) => title),
  );
  const action = actions.find(({ title }) => title === chosen);
  const result = await action?.run();
  // Who has read more may want to act now.
  const isReading = action && action !== more && action !== best && !others.includes(action);
  return isReading && others.length > 0 ? notifyFailure(log, diagnosis, ...others) : result;
}

async function chooseAction({ title }: Diagnosis, actions: readonly Action[]): Promise<unknown> {
  const items = actions.map((action) => ({ label: action.title, action }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('What do you want to do?'),
  });
  return await chosen?.action.run();
}

const signIn = (): Action => ({
  title: vscode.l10n.t('Sign In…'),
  run: () => vscode.commands.executeCommand(commandIds.signIn),
});

/** Only pages of Microsoft's documentation are opened. */
function documentation({ link }: Diagnosis): readonly Action[] {
  return link?.startsWith('https://learn.microsoft.com/')
    ? [
        {
          title: vscode.l10n.t('Open Documentation'),
          run: () => vscode.env.openExternal(vscode.Uri.parse(link)),
        },
      ]
    : [];
}
