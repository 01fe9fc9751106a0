import type * as vscode from 'vscode';
import type { Inventory } from '../inventory';
import type { UnshownNode } from './nodes';
import type { serverKeyTooltip } from './tooltip';

/** Parts of the rows whose code loads on first use. */
export interface RowParts {
  readonly tooltip: (...args: Parameters<typeof serverKeyTooltip>) => Promise<vscode.MarkdownString>;
  /** The rows about subscriptions that aren't shown. */
  readonly unshownRows: (inventory: Inventory) => Promise<readonly UnshownNode[]>;
}
