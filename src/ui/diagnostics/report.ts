import * as vscode from 'vscode';
import { ArmError, isArmError } from '../../core/armError';
import { asksForSignIn, diagnose, diagnosisLog, notificationText, type Diagnosis } from '../../core/diagnosis/diagnose';
import { redactSecrets } from '../../core/diagnosis/redact';
import { commandIds } from '../ids';

export interface Action {
  readonly title: string;
  readonly run: () => unknown;
}

/** Says what a failure is and writes it to the log channel, with the stack of what is a mistake of ours. */
export function logFailure(log: vscode.LogOutputChannel, error: unknown): Diagnosis {
  const known = error instanceof Error && isArmError(error);
  const message = error instanceof Error ? error.message : String(error);
  const failure = known ? error : new ArmError({ code: 'UnexpectedError', message }, { cause: error });
  const diagnosis = diagnose(failure);
  log.error(diagnosisLog(diagnosis));
  if (failure.code === 'UnexpectedError' && failure.cause instanceof Error) {
    log.error(redactSecrets(failure.cause.stack ?? ''));
  }
  return diagnosis;
}

/** Shows a failure as one notification: the sentence, the cause, and at most three buttons. */
export async function notifyFailure(log: vscode.LogOutputChannel, diagnosis: Diagnosis, best?: Action): Promise<void> {
  const { link } = diagnosis;
  const actions: Action[] = [
    ...(asksForSignIn(diagnosis)
      ? [{ title: vscode.l10n.t('Sign In…'), run: () => vscode.commands.executeCommand(commandIds.signIn) }]
      : []),
    ...(best ? [best] : []),
    {
      title: vscode.l10n.t('Show Details'),
      run: () => {
        log.show(true);
      },
    },
    ...(link
      ? [{ title: vscode.l10n.t('Open Documentation'), run: () => vscode.env.openExternal(vscode.Uri.parse(link)) }]
      : []),
  ];
  const chosen = await vscode.window.showErrorMessage(
    notificationText(diagnosis),
    ...actions.map(({ title }) => title),
  );
  await actions.find(({ title }) => title === chosen)?.run();
}
