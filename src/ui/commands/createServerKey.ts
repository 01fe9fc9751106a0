import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { env, l10n, ProgressLocation, window } from 'vscode';
import type { KeyIdentifier } from '../../core/keyIdentifier';
import type { ServerKey, SqlServer } from '../../core/model';
import { shortServerKeyName } from '../../core/serverKeyName';
import { logFailure, notifyFailure } from '../diagnostics/report';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';
import { createServerKeyPrompts } from '../wizard/createServerKeyPrompts';
import { runWizard } from '../wizard/runWizard';

/** Asks what is missing, creates the server key and shows it in the tree. */
export const createServerKey = (services: Services) => async (context: IActionContext, node?: Node) => {
  const server = serverOf(node);
  const title = server ? l10n.t('Create Server Key on "{0}"', server.name) : l10n.t('Create Server Key');
  const answers = await runWizard(context, title, server ? { server } : {}, createServerKeyPrompts(services));
  if (answers.server && answers.key && answers.confirmed) {
    await create(services, answers.server, answers.key);
  }
};

/** From the view's title the node is the focused row: a server, or a key of one. */
function serverOf(node: Node | undefined): SqlServer | undefined {
  return node?.kind === 'serverKey' ? node.parent.server : node?.kind === 'server' ? node.server : undefined;
}

async function create(services: Services, server: SqlServer, key: KeyIdentifier): Promise<void> {
  const azure = await services.azure();
  const abort = new AbortController();
  let accepted = false;
  const onAccepted = () => {
    accepted = true;
  };
  const creating = azure.serverKeys.create(server, key, { signal: abort.signal, onAccepted });
  const waiting = waitFor(server, creating, () => {
    if (!accepted) {
      abort.abort();
    }
  });
  const retry = { title: l10n.t('Try Again'), run: () => create(services, server, key) };
  const ending = creating.then(
    (created) => show(services, server, created),
    (error: unknown) =>
      abort.signal.aborted ? undefined : notifyFailure(services.log, logFailure(services.log, error), retry),
  );
  await Promise.all([waiting, ending]);
}

/** Progress with Cancel. What Azure has accepted by then can't be stopped: only the waiting ends, and its result is still shown. */
async function waitFor(server: SqlServer, work: Promise<unknown>, cancel: () => void): Promise<void> {
  const title = l10n.t('Creating the server key on "{0}"…', server.name);
  await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_, token) =>
      new Promise<void>((resolve) => {
        const done = () => {
          resolve();
        };
        work.then(done, done);
        token.onCancellationRequested(() => {
          cancel();
          void window.showInformationMessage(
            l10n.t('Stopped waiting. Azure may still finish the server key; the tree will show it.'),
          );
          resolve();
        });
      }),
  );
}

async function show({ tree, treeView }: Services, server: SqlServer, created: ServerKey): Promise<void> {
  const node = await tree.find(server, created.name);
  if (node) {
    await treeView.reveal(node, { select: true, focus: true, expand: true });
  }
  const copy = l10n.t('Copy Name');
  const message = l10n.t('Server key "{0}" is on "{1}".', shortServerKeyName(created.name), server.name);
  if ((await window.showInformationMessage(message, copy)) === copy) {
    await env.clipboard.writeText(created.name);
  }
}
