import { l10n, ThemeIcon } from 'vscode';
import { knownError } from '../../core/errors/errorCode';
import { isProtectorKey } from '../../core/keys/sameKey';
import type { SqlServer } from '../../core/model';
import { makeProtector } from '../plans/makeProtector';
import { revalidate } from '../fixes/runFix';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import { createProtector } from './createServerKey';
import { turnDatabaseRotation } from './databaseCommands';
import type { Handler } from './handler';
import { askForKey, askForServer } from './targets';

/** Makes Azure use the TDE protector of a server again after an outage. */
export const revalidateProtector: Handler = (services) => async (context, args) => {
  const server = await askForServer(services, context, args, l10n.t('Revalidate Protector'));
  await revalidate(services, server);
};

/**
 * Makes a server key the TDE protector of its server, or changes the automatic rotation of the current one. A key from a vault
 * becomes a server key first.
 */
export const makeTdeProtector: Handler = (services) => async (context, args) => {
  const title = l10n.t('Make TDE Protector');
  const chosen = await askForKey(services, context, args, title, { others: (server) => [vaultKeyItem(server)] });
  if (chosen.kind === 'serverKey') await makeProtector(services, chosen.parent.server, chosen.key);
  else await createProtector(services, context, chosen.server);
};

const vaultKeyItem = (server: SqlServer) => ({
  label: l10n.t('A key from a key vault or managed HSM…'),
  iconPath: new ThemeIcon('add'),
  detail: l10n.t('Creates its server key first'),
  data: { kind: 'vaultKey', server } as const,
});

const readingKeys = ({ name }: SqlServer): string => l10n.t('Reading the server keys of "{0}"…', name);

/** Makes the service-managed key the TDE protector of a server. */
export const useServiceManagedKey: Handler = (services) => async (context, args) => {
  const server = await askForServer(services, context, args, l10n.t('Use Service-Managed Key'));
  const keys = await readWithProgress(services, readingKeys(server), async ({ signal }) =>
    (await services.azure.get()).serverKeys.list(server, signal),
  );
  if (!keys) return;
  const key = keys.find(({ type }) => type === 'serviceManaged');
  if (!key) throw knownError({ code: 'UnexpectedAnswer', message: 'The list has no service-managed key.' });
  await makeProtector(services, server, key);
};

/** Turns automatic rotation of the TDE protector of a server or database on or off. */
const turnRotation =
  (autoRotation: boolean): Handler =>
  (services) =>
  async (context, args) => {
    const { row } = args;
    if (row?.kind === 'database') {
      await turnDatabaseRotation(services, row.parent.server, row.database, autoRotation);
      return;
    }
    const title = autoRotation ? l10n.t('Turn On Automatic Rotation') : l10n.t('Turn Off Automatic Rotation');
    const server = await askForServer(services, context, args, title);
    const read = await readWithProgress(services, readingKeys(server), async ({ signal }) => {
      const { serverKeys, tdeProtectors } = await services.azure.get();
      return Promise.all([serverKeys.list(server, signal), tdeProtectors.get(server, signal)]);
    });
    if (!read) return;
    const [keys, protector] = read;
    const key = keys.find((one) => one.type === 'customerManaged' && isProtectorKey(one, protector));
    if (key) await makeProtector(services, server, key, autoRotation);
    else void notify('info', l10n.t('Nothing to change: Azure rotates the service-managed key of "{0}".', server.name));
  };
export const turnOnRotation = turnRotation(true);
export const turnOffRotation = turnRotation(false);
