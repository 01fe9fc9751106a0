import { commands, env, l10n, Uri } from 'vscode';
import { isDocumentation, notificationText, type Diagnosis } from '../../core/errors/diagnose';
import { diagnosisDocument } from '../../core/errors/diagnosisDocument';
import { hasCode } from '../../core/errors/errorCode';
import { serverOf } from '../../core/operations/change';
import { commandIds, settings, settingsSection } from '../ids';
import { notify, type Action } from '../messages';
import { pickAction } from '../quickPick';
import type { Services } from '../services';
import { showMarkdown } from '../showMarkdown';
import { logFailure, type FailureServices } from './report';

/** Maximum buttons in a notification. */
const maxButtons = 3;

/**
 * Shows a failure as one notification: what happened, the cause, and at most three buttons. Show Last Failure shows it again.
 * @param others other actions, the best first. The best one is a button, and the rest are under "More…".
 * @returns the result of the chosen action
 */
export async function notifyFailure<T>(
  services: FailureServices & Pick<Services, 'questions'>,
  diagnosis: Diagnosis,
  ...others: readonly Action<T>[]
): Promise<T | undefined> {
  const again = () => notifyFailure(services, diagnosis, ...others);
  services.failures.keep(again, serverOf({ resource: diagnosis.operation?.resource ?? '' }));
  if (hasCode(diagnosis, 'ExtensionReadOnly')) {
    return notify('warning', diagnosis.what, openSetting(), ...others.slice(0, maxButtons - 1));
  }
  // The user may want to act after reading more.
  const afterReading = async () => (others.length > 0 ? again() : undefined);
  const [best, ...rest] = [...(diagnosis.signInHelps ? [signIn()] : []), ...others];
  const all: Action<T | undefined>[] = [
    ...(best ? [best] : []),
    showDetails(diagnosis, afterReading),
    ...documentation(diagnosis, afterReading),
    ...rest,
  ];
  const hidden = all.slice(maxButtons - 1);
  const more = { title: l10n.t('More…'), run: () => pickAmong(services, hidden, diagnosis.title, again) };
  const buttons = all.length > maxButtons ? [...all.slice(0, maxButtons - 1), more] : all;
  return notify('error', notificationText(diagnosis), ...buttons);
}

/** Logs a failure and shows it. */
export async function showFailure(services: Parameters<typeof notifyFailure>[0], error: unknown): Promise<void> {
  await notifyFailure(services, logFailure(services, error));
}

/** @param onEscape shows the buttons again */
async function pickAmong<T>(
  services: Pick<Services, 'questions'>,
  actions: readonly Action<T>[],
  title: string,
  onEscape: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const finished = actions.map((action) => ({ ...action, run: async () => ({ result: await action.run() }) }));
  const chosen = await pickAction(services, title, l10n.t('What do you want to do?'), finished);
  return chosen ? chosen.result : onEscape();
}

/** Shows everything about a failure, from its start; the log shows the end of an entry. */
export const showDetails = <T>(diagnosis: Diagnosis, then: () => Promise<T>): Action<T> => ({
  title: l10n.t('Show Details'),
  run: async () => {
    await showMarkdown(diagnosis.title, diagnosisDocument([diagnosis], [], l10n.t('Failure')));
    return then();
  },
});

const signIn = (): Action<undefined> => ({
  title: l10n.t('Sign In…'),
  run: () => commands.executeCommand<undefined>(commandIds.signIn),
});

const openSetting = (): Action<undefined> => ({
  title: l10n.t('Open Settings'),
  run: () =>
    commands.executeCommand<undefined>('workbench.action.openSettings', `@id:${settingsSection}.${settings.readOnly}`),
});

/** Opens the diagnosis's page, but only if it is Microsoft documentation. */
function documentation<T>({ link }: Diagnosis, then: () => Promise<T>): readonly Action<T>[] {
  if (!isDocumentation(link)) return [];
  const open = async () => {
    await env.openExternal(Uri.parse(link));
    return then();
  };
  return [{ title: l10n.t('Open Documentation'), run: open }];
}
