import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';
import type { Node, ServerKeyNode, ServerNode } from '../tree/nodes';
import { describe } from '../tree/describe';
import { pick } from '../wizard/answers';
import { serverPicks } from '../wizard/serverPicks';

/** What a command got from VS Code: rows of our tree, nodes of another extension's tree, or nothing from the palette. */
export type Args = readonly unknown[];

const kinds: ReadonlySet<unknown> = new Set<Node['kind']>(['group', 'server', 'serverKey', 'failure']);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);
}

/** The row a command was called on; from the view's title it is the focused one. */
export function nodeOf([first]: Args): Node | undefined {
  return isNode(first) ? first : undefined;
}

/**
 * The logical servers a command was called on: all selected rows of our tree, a server of the Azure Resources view, or none.
 * A key stands for its server.
 */
export async function serversOf({ inventory }: Services, [first, selected]: Args): Promise<readonly SqlServer[]> {
  const nodes = Array.isArray(selected) && selected.includes(first) ? (selected as readonly unknown[]) : [first];
  const own = nodes.filter(isNode).map((node) => {
    return node.kind === 'server' ? node.server : node.kind === 'serverKey' ? node.parent.server : undefined;
  });
  const ids = nodes.filter((node) => !isNode(node)).flatMap(serverIdsIn);
  const servers = ids.length > 0 ? (await inventory.get()).servers : [];
  const others = ids.map((id) => servers.find((server) => server.id.toLowerCase() === id.toLowerCase()));
  return [...new Set([...own, ...others])].filter((server) => server !== undefined);
}

/**
 * Finds the ARM id of a server in a node of the Azure Resources view. Its shape belongs to that extension and to whoever
 * provides the node, so any of the fields that are known to hold the id will do.
 */
function serverIdsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { id, resource, resourceId } = node as { id?: unknown; resource?: { id?: unknown }; resourceId?: unknown };
  const found = [resource?.id, resourceId, id]
    .map((text) =>
      /\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Sql\/servers\/[^/]+/i.exec(String(text)),
    )
    .find((match) => match !== null);
  return found ? [found[0]] : [];
}

/** The row a command is about: the one it was called on, else the selected one, else one that the user picks. */
export async function askForRow(services: Services, context: IActionContext, args: Args): Promise<Node> {
  return nodeOf(args) ?? services.treeView.selection[0] ?? pickRow(services, context);
}

/** Asks for a server, then for it or one of its keys. */
async function pickRow(services: Services, context: IActionContext): Promise<Node> {
  const server = await pickServerRow(services, context);
  const items = async () =>
    [server, ...(await services.tree.getChildren(server))].map((node) => {
      const { label, description, icon } = describe(node);
      return { label: `$(${icon}) ${label}`, description, data: node };
    });
  return pick(context.ui, items, { placeHolder: l10n.t('Select the server or one of its keys') });
}

export async function pickServerRow({ inventory, tree }: Services, context: IActionContext): Promise<ServerNode> {
  const server = await pick(context.ui, async () => serverPicks(await inventory.get()), {
    placeHolder: l10n.t('Select the SQL server'),
    loadingPlaceHolder: l10n.t('Loading SQL servers…'),
    noPicksMessage: l10n.t('This sign-in sees no SQL server'),
  });
  const row = await tree.findServer(server);
  if (!row) throw new Error('A server of the inventory has a row.');
  return row;
}

/** Asks for a server and one of its keys. */
export async function pickKeyRow(services: Services, context: IActionContext): Promise<ServerKeyNode> {
  const server = await pickServerRow(services, context);
  const items = async () =>
    (await services.tree.getChildren(server))
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
    noPicksMessage: l10n.t('The server keys of "{0}" can\'t be read', server.server.name),
  });
}
