import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { usersOf, type Users } from '../../core/keys/keyUsers';
import { keyLabel } from '../../core/keys/serverKeyName';
import type { SqlServer } from '../../core/model';
import { orProblem } from '../failures/listProblems';
import { pick, type Item } from '../quickPick';
import { serverItems } from '../wizard/serverPicks';
import type { CommandServices, Handler } from './handler';
import { rowOfServer } from './targets';

/** Finds a server, or the servers that use a key, a vault, or a key identifier, and selects the row of one. */
export const findServer: Handler = (services) => async (context) => {
  const title = l10n.t('Find Server, Key, or Vault');
  const servers = serverItems(services);
  const items = async (signal: AbortSignal): Promise<Item<SqlServer | Users>[]> => {
    const found = await servers(signal);
    const known = found.flatMap(({ data }) => data ?? []);
    const users = known.length > 0 ? usersOf(known, services.tree.keysRead) : [];
    return [...withProtectors(found), ...users.map(usersItem)];
  };
  const chosen = await pick<SqlServer | Users>(context.ui, items, {
    title,
    placeHolder: l10n.t('Type part of the name of a server, key, or vault, or a key identifier'),
    loadingPlaceHolder: l10n.t('Loading SQL servers…'),
  });
  const server = 'servers' in chosen ? await pickUser(context, chosen) : chosen;
  await services.tree.showServer((await rowOfServer(services, server)).server);
};

/** Lists the servers that use the vault of a server key, or of a vault that the user picks, and selects the row of one. */
export const showVaultServers: Handler = (services) => async (context, args) => {
  const uri = args.row?.kind === 'serverKey' ? args.row.key.uri : undefined;
  const host = /^https:\/\/([^/]+)/i.exec(uri ?? '')?.[1];
  const all = async () => {
    const { servers } = await services.inventory.get();
    return usersOf(servers, services.tree.keysRead).filter(({ key }) => key === undefined);
  };
  const vault =
    (host === undefined ? undefined : (await all()).find(({ id }) => id.toLowerCase() === host.toLowerCase())) ??
    (await pickVault(services, context, all));
  await services.tree.showServer(await pickUser(context, vault));
};

const pickVault = (services: CommandServices, context: IActionContext, all: () => Promise<readonly Users[]>) =>
  pick<Users>(
    context.ui,
    () => orProblem(services, l10n.t("Can't list the SQL servers"), async () => (await all()).map(usersItem)),
    {
      title: l10n.t('Show Servers of Vault'),
      placeHolder: l10n.t('Select the vault'),
      loadingPlaceHolder: l10n.t('Loading SQL servers…'),
      noPicksMessage: l10n.t('No known server uses a key in a vault'),
    },
  );

/** The list of servers shows TDE protectors only; other server keys are known once a server was expanded or its state read. */
const pickUser = (context: IActionContext, users: Users): Promise<SqlServer> =>
  pick<SqlServer>(
    context.ui,
    () =>
      Promise.resolve(
        users.servers.map((server) => ({
          label: server.name,
          iconPath: new ThemeIcon('server'),
          description: server.location,
          detail: protectorOf(server),
          data: server,
        })),
      ),
    {
      title: l10n.t('Servers That Use "{0}"', nameOf(users)),
      placeHolder: l10n.t('Includes all TDE protectors, and the server keys of expanded servers'),
    },
  );

const protectorOf = ({ listedProtector }: SqlServer): string =>
  listedProtector?.type === 'customerManaged' ? l10n.t('TDE protector: {0}', listedProtector.uri) : '';

/** Servers come first. */
const withProtectors = (found: readonly Item<SqlServer>[]): Item<SqlServer | Users>[] =>
  found.map((item) => (item.data ? { ...item, group: l10n.t('servers') } : item));

const nameOf = ({ vault, key, identifiers: [uri = vault] }: Users): string =>
  key === undefined ? vault : keyLabel(uri);

const usersItem = (users: Users): Item<Users> => ({
  label: nameOf(users),
  iconPath: new ThemeIcon(users.key === undefined ? 'archive' : 'key'),
  description: l10n.t('used by {0}', users.servers.map(({ name }) => name).join(', ')),
  detail: users.key === undefined ? users.id : users.identifiers.join(', '),
  group: l10n.t('keys and vaults'),
  data: users,
});
