import type { IActionContext } from '@microsoft/vscode-azext-utils';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';
import type { ServerKeysView } from '../tree/serverKeysView';
import { serverIdOf } from './azureResourceNodes';

/** The services, with access to the rows of the view. */
export interface CommandServices extends Services {
  readonly tree: ServerKeysView;
}

/** What a command was invoked on: rows of our view, servers in a view of another extension, or nothing from the palette. */
export interface Args {
  /** The row the command was invoked on. From the title bar of the view, the focused row. */
  readonly row: Node | undefined;
  /** All selected rows if the command was invoked on one of them; otherwise, only that row. */
  readonly rows: readonly Node[];
  /** ARM IDs of the servers in a view of another extension. */
  readonly serverIds: readonly string[];
}

export type Handler = (services: CommandServices) => (context: IActionContext, args: Args) => Promise<void>;

export const noArgs: Args = { row: undefined, rows: [], serverIds: [] };

const kinds: ReadonlySet<unknown> = new Set<Node['kind']>(['group', 'server', 'serverKey', 'failure']);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Reads what VS Code passes to a command: the element it was invoked on, and all selected elements. */
export function toArgs([first, selected]: readonly unknown[]): Args {
  const elements = isList(selected) && selected.includes(first) ? selected : [first];
  return {
    row: isNode(first) ? first : undefined,
    rows: elements.filter(isNode),
    serverIds: elements.filter((element) => !isNode(element)).flatMap((element) => serverIdOf(element) ?? []),
  };
}
