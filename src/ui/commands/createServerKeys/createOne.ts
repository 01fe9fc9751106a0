import { env, l10n, window } from 'vscode';
import type { Creation } from '../../../core/creation';
import type { ServerKey, SqlServer } from '../../../core/model';
import { shortServerKeyName } from '../../../core/serverKeyName';
import { logFailure, notifyFailure } from '../../diagnostics/report';
import type { Services } from '../../services';
import { revealRow } from '../../tree/revealRow';
import { createOrFind, type Registered } from './createOrFind';
import { nextStep } from './nextStep';
import { watch, type Watched } from './watch';

/**
 * Creates one server key and shows its row. The result is told also to those who did not wait for it.
 * @param chooseVersion asks for a version, where the cloud takes no versionless key identifier
 */
export async function createOne(
  services: Services,
  creation: Creation,
  chooseVersion: () => Promise<void>,
): Promise<void> {
  const { server, existing } = creation;
  if (existing) {
    await showServerKey(services, server, { kind: 'found', serverKey: existing }, 'watched');
    return;
  }
  const creating = createOrFind(await services.azure.get(), creation);
  const watched = watch(
    l10n.t('Creating the server key on "{0}"…', server.name),
    l10n.t('Stopped waiting. Azure may still finish the server key; the tree will show it.'),
    () => creating,
  );
  await creating.then(
    async (registered) => showServerKey(services, server, registered, await watched),
    async (error: unknown) => {
      const diagnosis = logFailure(services.log, error);
      const tryAgain = () => createOne(services, creation, chooseVersion);
      await notifyFailure(services.log, diagnosis, nextStep([diagnosis], chooseVersion, tryAgain));
    },
  );
}

/** Who has left meanwhile is told, but keeps the focus where it is. */
async function showServerKey(
  services: Services,
  server: SqlServer,
  { kind, serverKey }: Registered,
  how: Watched,
): Promise<void> {
  const copy = l10n.t('Copy Name');
  const name = shortServerKeyName(serverKey.name);
  const message =
    kind === 'created'
      ? l10n.t('Server key "{0}" is on "{1}".', name, server.name)
      : l10n.t('Server key "{0}" is already on "{1}".', name, server.name);
  const choosing = window.showInformationMessage(message, copy);
  await reveal(services, server, serverKey, how === 'watched');
  if ((await choosing) === copy) {
    await env.clipboard.writeText(serverKey.name);
  }
}

/** The key is there: that its row can't be shown is no failure of what the user wanted. */
async function reveal(services: Services, server: SqlServer, serverKey: ServerKey, select: boolean) {
  try {
    const find = () => services.tree.findKey(server, serverKey.name);
    await (select ? revealRow(services, find) : find());
  } catch (error) {
    logFailure(services.log, error);
  }
}
