import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { knownError } from '../../core/errors/errorCode';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';
import type { Node, ServerKeyNode, ServerNode } from '../tree/nodes';
import { describe } from '../tree/describe';
import { pick } from '../quickPick';
import { serverPicks } from '../wizard/serverPicks';
import { serversById } from './azureResourceNodes';
import type { Args, CommandServices } from './handler';

/**
 * The logical servers a command was invoked on: all selected rows of our view, servers in a view of another extension, or none.
 * A server key counts as its server.
 */
export async function serversOf(services: Services, { rows, serverIds }: Args): Promise<readonly SqlServer[]> {
  const own = rows.flatMap((row) =>
    row.kind === 'server' ? row.server : row.kind === 'serverKey' ? row.parent.server : [],
  );
  const others = serverIds.length > 0 ? await serversById(services, serverIds) : [];
  return [...new Set([...own, ...others])];
}

/** The first server a command was invoked on, or else one that the user picks. */
export async function askForServer(services: CommandServices, context: IActionContext, args: Args): Promise<SqlServer> {
  const [server] = await serversOf(services, args);
  return server ?? (await pickServerRow(services, context)).server;
}

/** The row a command applies to: the one it was invoked on, or else the selected one, or else one that the user picks. */
export async function askForRow(services: CommandServices, context: IActionContext, args: Args): Promise<Node> {
  return args.row ?? services.tree.selected ?? pickRow(services, context);
}

/** Asks for a server, then for it or one of its keys. */
async function pickRow(services: CommandServices, context: IActionContext): Promise<Node> {
  const server = await pickServerRow(services, context);
  const items = async () =>
    [server, ...(await services.tree.rowsBelow(server))].map((node) => {
      const { label, description, icon } = describe(node);
      return { label, iconPath: new ThemeIcon(icon), description, data: node };
    });
  return pick(context.ui, items, { placeHolder: l10n.t('Select the server or one of its keys') });
}

async function pickServerRow({ inventory, tree }: CommandServices, context: IActionContext): Promise<ServerNode> {
  const server = await pick(context.ui, async () => serverPicks(await inventory.get()), {
    placeHolder: l10n.t('Select the SQL server'),
    loadingPlaceHolder: l10n.t('Loading SQL servers…'),
    noPicksMessage: l10n.t('No SQL servers found for this account'),
  });
  const row = await tree.findServer(server);
  if (!row) {
    const operation = { name: 'find SQL server', resource: server.id };
    throw knownError({ code: 'ParentResourceNotFound', message: '', operation });
  }
  return row;
}

/** Asks for a server and one of its keys. */
export async function pickKeyRow(services: CommandServices, context: IActionContext): Promise<ServerKeyNode> {
  const server = await pickServerRow(services, context);
  const items = async () =>
    (await services.tree.rowsBelow(server))
      .filter((node) => node.kind === 'serverKey')
      .map((node) => ({
        label: describe(node).label,
        description: describe(node).description,
        detail: node.key.name,
        data: node,
      }));
  return pick(context.ui, items, {
    placeHolder: l10n.t('Select the server key of "{0}"', server.server.name),
    loadingPlaceHolder: l10n.t('Loading server keys…'),
    noPicksMessage: l10n.t('Can\'t read the server keys of "{0}"', server.server.name),
  });
}
