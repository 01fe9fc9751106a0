import { env, l10n } from 'vscode';
import type { Registered } from '../../core/creation/createAll';
import type { Creation } from '../../core/creation/creation';
import { shortServerKeyName } from '../../core/keys/serverKeyName';
import type { SqlServer } from '../../core/model';
import { logFailure } from '../failures/report';
import { isReadOnly } from '../configuration';
import { notify } from '../messages';
import type { Services } from '../services';
import { attemptCreation } from './attemptCreation';
import { offerHelp, type AskAgain, type NextAttempt } from './offerHelp';

/** The questions about the TDE protector follow, or they aren't offered. */
export type AsProtector = 'next' | 'never';

/** What follows a creation. */
interface Then {
  /** Absent if there are no questions to ask again. */
  readonly askAgain?: AskAgain | undefined;
  /** Whether the server key is to be the TDE protector. By default, the notification offers it. */
  readonly asProtector?: AsProtector | undefined;
}

/**
 * Creates one server key and selects its row. After a failure, offers help and tries again. Shows the result even to a
 * user who has stopped waiting.
 * @returns whether the server has the server key
 */
export async function createOne(services: Services, creation: Creation, then: Then = {}): Promise<boolean> {
  const { askAgain, asProtector } = then;
  const create = (other: Creation) => createOne(services, other, { askAgain });
  const attempt = async (next: NextAttempt): Promise<boolean> => {
    const { isCanceled, end } = await attemptCreation(services, creation, next);
    const result = await end;
    switch (result.kind) {
      case 'created':
      case 'found':
        await showServerKey(services, creation.server, result, { isSelected: !isCanceled, asProtector });
        return true;
      case 'notStarted':
        return false;
      case 'failed':
        return offerHelp(services, result.diagnosis, { attempt, create, askAgain });
    }
  };
  return attempt({});
}

interface Shown {
  /** False to keep the selection of a user who stopped waiting. */
  readonly isSelected: boolean;
  readonly asProtector: AsProtector | undefined;
}

async function showServerKey(
  services: Services,
  server: SqlServer,
  { kind, serverKey }: Registered,
  { isSelected, asProtector }: Shown,
): Promise<void> {
  const name = shortServerKeyName(serverKey.name);
  const message =
    kind === 'created'
      ? l10n.t('Server key "{0}" is on "{1}".', name, server.name)
      : l10n.t('Server key "{0}" is already on "{1}".', name, server.name);
  const copy = { title: l10n.t('Copy Name'), run: () => env.clipboard.writeText(serverKey.name) };
  const makeProtector = async () => (await import('../plans/makeProtector')).makeProtector(services, server, serverKey);
  const goesOn = asProtector === 'next' && isSelected;
  const protector = { title: l10n.t('Make TDE Protector…'), run: makeProtector };
  void notify('info', message, ...(isReadOnly() || goesOn || asProtector === 'never' ? [] : [protector]), copy);
  try {
    const { tree } = services;
    await (isSelected ? tree.showServerKey(server, serverKey.name) : tree.refreshServer(server));
  } catch (error) {
    // The server key exists even if its row can't be shown.
    logFailure(services, error);
  }
  if (goesOn) await makeProtector();
}
