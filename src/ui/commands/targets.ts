import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Services } from '../services';
import type { Node, ServerKeyNode, ServerNode } from '../tree/nodes';
import { describe } from '../tree/describe';
import { pick } from '../quickPick';
import { serverPicks } from '../wizard/serverPicks';
import { serverIdOf, serversById } from './azureResourceNodes';

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
 * The logical servers a command was called on: all selected rows of our tree, servers of the Azure Resources view, or none.
 * A key stands for its server.
 */
export async function serversOf(services: Services, [first, selected]: Args): Promise<readonly SqlServer[]> {
  const nodes = Array.isArray(selected) && selected.includes(first) ? (selected as readonly unknown[]) : [first];
  const own = nodes.filter(isNode).map((node) => {
    return node.kind === 'server' ? node.server : node.kind === 'serverKey' ? node.parent.server : undefined;
  });
  const ids = nodes.filter((node) => !isNode(node)).flatMap((node) => serverIdOf(node) ?? []);
  const others = ids.length > 0 ? await serversById(services, ids) : [];
  return [...new Set([...own, ...others])].filter((server) => server !== undefined);
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
