import { l10n } from 'vscode';
import { notifyFailure } from '../failures/notifyFailure';
import { logFailure } from '../failures/report';
import { notify, type Action } from '../messages';
import type { Services } from '../services';
import { registrationFor } from './registration';
import { fixesOf, isQuestion, runFix, titleOf } from './runFix';

/** Logs the failure of a command and shows it. If a resource provider is missing, offers to register it. */
export async function showCommandFailure(services: Services, error: unknown): Promise<void> {
  const diagnosis = logFailure(services, error);
  const actions = fixesOf(registrationFor(diagnosis)).flatMap(({ finding, fix }): Action[] => {
    if (isQuestion(fix)) return [];
    const register = async () => {
      const { isFixed } = await runFix(services, { finding, fix }, () => Promise.resolve(false));
      if (isFixed) void notify('info', l10n.t('The resource provider is registered. Run the command again.'));
    };
    return [{ title: titleOf(fix), run: register }];
  });
  await notifyFailure(services, diagnosis, ...actions);
}
