import { UserCancelledError, type IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { isInstanceId } from '../../core/armId';
import { knownError } from '../../core/errors/errorCode';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';
import { serverRowOf, type Node, type ServerKeyNode, type ServerNode } from '../tree/nodes';
import { describe } from '../tree/describe';
import { saveSelectedSubscriptions, selectedSubscriptions } from '../configuration';
import { orProblem } from '../failures/listProblems';
import { notify } from '../messages';
import { actionItem, askAgainAfter, pick, type Item } from '../quickPick';
import { serverItems } from '../wizard/serverPicks';
import { serversById } from './azureResourceNodes';
import type { Args, CommandServices } from './handler';

/**
 * The logical servers a command was invoked on: all selected rows of our view, servers in a view of another extension, or none.
 * A row below a server counts as its server.
 */
export async function serversOf(services: Services, { rows, serverIds }: Args): Promise<readonly SqlServer[]> {
  const own = rows.flatMap((row) => serverRowOf(row)?.server ?? []);
  const others = serverIds.length > 0 ? await serversById(services, serverIds) : [];
  return [...new Set([...own, ...others])];
}

/** The first server a command was invoked on, or else one that the user picks among those that `isOffered` accepts. */
export async function askForServer(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
  isOffered?: (server: SqlServer) => boolean,
): Promise<SqlServer> {
  const [server] = await serversOf(services, args);
  return server ?? (await pickServerRow(services, context, title, isOffered)).server;
}

/** The same for a command that managed instances don't support: the list leaves them out, and a row of one is refused. */
export async function askForLogicalServer(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
): Promise<SqlServer> {
  const server = await askForServer(services, context, args, title, isLogical);
  refuseInstance(server);
  return server;
}

const isLogical = ({ id }: Pick<SqlServer, 'id'>): boolean => !isInstanceId(id);

function refuseInstance(server: SqlServer): void {
  if (isLogical(server)) return;
  void notify('warning', l10n.t('This command doesn\'t support managed instances such as "{0}".', server.name));
  throw new UserCancelledError('managedInstance');
}

/** The row a command was invoked on, or else one that the user picks. */
export async function askForRow(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
): Promise<Node> {
  return args.row ?? pickRow(services, context, title);
}

/** Asks for a server, then for it or one of its keys. */
async function pickRow(services: CommandServices, context: IActionContext, title: string): Promise<Node> {
  const server = await pickServerRow(services, context, title);
  const items = async () =>
    [server, ...(await services.tree.rowsBelow(server))].map((node) => {
      const { label, description, icon } = describe(node);
      return { label, iconPath: new ThemeIcon(icon), description, data: node };
    });
  return pick(context.ui, items, { title, placeHolder: l10n.t('Select the server or one of its keys') });
}

/** Asks for a server and returns its row. */
async function pickServerRow(
  services: CommandServices,
  context: IActionContext,
  title: string,
  isOffered: (server: SqlServer) => boolean = () => true,
): Promise<ServerNode> {
  const load = serverItems(services);
  const items = async (signal: AbortSignal) => (await load(signal)).filter(({ data }) => !data || isOffered(data));
  const server = await pick(context.ui, items, {
    title,
    placeHolder: l10n.t('Select the SQL server'),
    loadingPlaceHolder: l10n.t('Loading SQL servers…'),
  });
  return rowOfServer(services, server);
}

/** The row of a server. If the subscription filter hides it, shows its subscription too. */
export async function rowOfServer(services: CommandServices, server: SqlServer): Promise<ServerNode> {
  const row = (await services.tree.findServer(server)) ?? (await showHidden(services, server));
  if (!row) {
    const operation = { name: 'find SQL server', resource: server.id };
    throw knownError({ code: 'ParentResourceNotFound', message: '', operation });
  }
  return row;
}

/** Adds the subscription of a server to those that the view shows. */
async function showHidden({ tree }: CommandServices, server: SqlServer): Promise<ServerNode | undefined> {
  const { subscriptionId, tenantId = '' } = server;
  const chosen = selectedSubscriptions();
  if (chosen.length === 0) return undefined;
  await saveSelectedSubscriptions([...chosen, `${tenantId}/${subscriptionId}`]);
  tree.refresh();
  return tree.findServer(server);
}

interface OfferedKeys<Other> {
  readonly isOffered?: (server: SqlServer) => boolean;
  /** What the user can choose instead of a server key. */
  readonly others?: (server: SqlServer) => readonly Item<Other>[];
}

/** The server key a command was invoked on, or else one that the user picks, of the server it was invoked on if there is one. */
export async function askForKey<Other = never>(
  services: CommandServices,
  context: IActionContext,
  { row }: Args,
  title: string,
  { isOffered, others = () => [] }: OfferedKeys<Other> = {},
): Promise<ServerKeyNode | Other> {
  if (row?.kind === 'serverKey') return row;
  const server = (row && serverRowOf(row)) ?? (await pickServerRow(services, context, title, isOffered));
  const label = l10n.t('Can\'t read the server keys of "{0}"', server.server.name);
  const items = () =>
    orProblem<ServerKeyNode | Other>(services, label, async () => {
      const rows = await services.tree.rowsBelow(server);
      const keys = rows.filter((node) => node.kind === 'serverKey');
      return [
        ...keys.map((node) => ({ ...labelsOf(node), detail: node.key.name, data: node })),
        ...others(server.server),
        ...rows
          .filter((node) => node.kind === 'failure')
          .map((node) => actionItem('warning', describe(node).label, () => undefined, describe(node).description)),
        ...(keys.length > 0 ? [] : [refreshItem(services, server)]),
      ];
    });
  return pick(context.ui, items, {
    title,
    placeHolder: l10n.t('Select the server key of "{0}"', server.server.name),
    loadingPlaceHolder: l10n.t('Loading server keys…'),
  });
}

/** The same for a command that managed instances don't support. */
export function askForLogicalKey(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
): Promise<ServerKeyNode> {
  const { row } = args;
  const server = row && serverRowOf(row);
  if (server) refuseInstance(server.server);
  return askForKey(services, context, args, title, { isOffered: isLogical });
}

const labelsOf = (node: Node) => ({ label: describe(node).label, description: describe(node).description });

/** Reads the keys of a server again. */
const refreshItem = ({ tree }: CommandServices, server: ServerNode) =>
  actionItem('refresh', l10n.t('Retry'), () =>
    askAgainAfter(() => {
      tree.refresh(server);
    }),
  );
