import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, Uri } from 'vscode';
import type { Services } from '../services';
import type { Node } from '../tree/nodes';
import type { ServerKeysView } from '../tree/serverKeysView';
import { planFileEnd, type CommandId } from '../ids';
import { serverIdOf } from './azureResourceNodes';
import { titleCommands } from './titleCommands';

/** The services, with access to the rows of the view. */
export interface CommandServices extends Services {
  readonly tree: ServerKeysView;
}

/**
 * What a command was invoked on: rows of our view, or servers in a view of another extension. From the palette, the selected
 * rows of our view if it is visible, or nothing.
 */
export interface Args {
  /** The row the command was invoked on. From the title bar of the view, the focused row. */
  readonly row: Node | undefined;
  /** All selected rows if the command was invoked on one of them; otherwise, only that row. */
  readonly rows: readonly Node[];
  /** ARM IDs of the servers in a view of another extension. */
  readonly serverIds: readonly string[];
  /** A saved plan in the Explorer. */
  readonly file?: Uri;
}

export type Handler = (services: CommandServices) => (context: IActionContext, args: Args) => Promise<void>;

export const noArgs: Args = { row: undefined, rows: [], serverIds: [] };

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/**
 * Whether a command was invoked on rows that VS Code doesn't know at the moment, because the tree is reading them again. For a row, VS
 * Code passes the row and the selected rows. For the palette, it passes nothing. For the title bar, it passes the focused row, and a
 * second value if the side bar has several views, so the values alone don't show whether a row of a title bar command is lost.
 */
export const isRowLost = (id: CommandId, given: readonly unknown[]): boolean =>
  given.length > 1 &&
  ((isMissing(given[0]) && !titleCommands.includes(id)) || (isList(given[1]) && given[1].some(isMissing)));

/**
 * Reads what VS Code passes to a command: the element it was invoked on, and all selected elements; nothing from the palette. Throws
 * if the element is neither a row that our tree has made, nor a saved plan, nor a server in a view of another extension, because any
 * extension can invoke a command on any object.
 */
export function toArgs(
  { isRow, selection }: Pick<ServerKeysView, 'isRow' | 'selection'>,
  given: readonly unknown[],
): Args {
  const [first, selected] = given;
  if (isMissing(first)) return given.length > 1 ? noArgs : { ...noArgs, row: selection[0], rows: selection };
  if (first instanceof Uri && first.path.endsWith(`.${planFileEnd}`)) return { ...noArgs, file: first };
  const elements = isList(selected) && selected.includes(first) ? selected : [first];
  if (!isRow(first) && serverIdOf(first) === undefined) {
    throw new Error(l10n.t('This command accepts only rows of SQL Server Keys and servers of Azure Resources.'));
  }
  return {
    row: isRow(first) ? first : undefined,
    rows: elements.filter(isRow),
    serverIds: elements.filter((element) => !isRow(element)).flatMap((element) => serverIdOf(element) ?? []),
  };
}
