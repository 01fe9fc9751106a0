import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { env, l10n, ProgressLocation, window } from 'vscode';
import type { KeyIdentifier } from '../../core/keyIdentifier';
import type { ServerKey, SqlServer } from '../../core/model';
import { shortServerKeyName } from '../../core/serverKeyName';
import { logFailure, notifyFailure } from '../diagnostics/report';
import type { Services } from '../services';
import { createServerKeyPrompts } from '../wizard/createServerKeyPrompts';
import { runWizard } from '../wizard/runWizard';
import { serversOf, type Args } from './targets';

/** Asks what is missing, creates the server key and shows it in the tree. */
export const createServerKey = (services: Services) => async (context: IActionContext, args: Args) => {
  const [server] = await serversOf(services, args);
  const title = server ? l10n.t('Create Server Key on "{0}"', server.name) : l10n.t('Create Server Key');
  const answers = await runWizard(context, title, server ? { server } : {}, createServerKeyPrompts(services));
  if (answers.server && answers.key && answers.confirmed) {
    await create(services, answers.server, answers.key);
  }
};

async function create(services: Services, server: SqlServer, key: KeyIdentifier): Promise<void> {
  const { serverKeys } = await services.azure.get();
  const creating = serverKeys.create(server, key);
  const watched = waitFor(server, creating);
  await creating.then(
    async (created) => showSuccess(services, server, created, await watched),
    async (error: unknown) => {
      const diagnosis = logFailure(services.log, error);
      const retry = { title: l10n.t('Try Again'), run: () => create(services, server, key) };
      await notifyFailure(services.log, diagnosis, diagnosis.retryMode === 'never' ? undefined : retry);
    },
  );
}

/** Progress until the end or until Cancel, which only stops the waiting: Azure can't be stopped, and its result is still told. */
async function waitFor(server: SqlServer, work: Promise<unknown>): Promise<'watched' | 'left'> {
  const title = l10n.t('Creating the server key on "{0}"…', server.name);
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (_, cancel) => {
    const left = new Promise<'left'>((resolve) => {
      cancel.onCancellationRequested(() => {
        resolve('left');
      });
    });
    const done = work.then(
      () => 'watched' as const,
      () => 'watched' as const,
    );
    const how = await Promise.race([done, left]);
    if (how === 'left') {
      const message = l10n.t('Stopped waiting. Azure may still finish the server key; the tree will show it.');
      void window.showInformationMessage(message);
    }
    return how;
  });
}

/** Who has left meanwhile is told, but keeps the focus where it is. */
async function showSuccess(
  services: Services,
  server: SqlServer,
  created: ServerKey,
  how: 'watched' | 'left',
): Promise<void> {
  const copy = l10n.t('Copy Name');
  const message = l10n.t('Server key "{0}" is on "{1}".', shortServerKeyName(created.name), server.name);
  const choosing = window.showInformationMessage(message, copy);
  await reveal(services, server, created, how === 'watched');
  if ((await choosing) === copy) {
    await env.clipboard.writeText(created.name);
  }
}

/** The key is there: that its row can't be shown is no failure of what the user wanted. */
async function reveal({ tree, treeView, log }: Services, server: SqlServer, created: ServerKey, select: boolean) {
  try {
    const node = await tree.findKey(server, created.name);
    if (node && select) {
      await treeView.reveal(node, { select: true, focus: true });
    }
  } catch (error) {
    logFailure(log, error);
  }
}
