import type * as vscode from 'vscode';
import type { SqlServer } from '../../core/model';
import type { Inventory } from '../inventory';
import type { DatabaseHost, DatabaseRows } from './databaseRows';
import type { ServerNode, UnshownNode } from './nodes';
import type { serverKeyTooltip } from './tooltip';

/** Parts of the rows whose code loads on first use. */
export interface RowParts {
  readonly tooltip: (...args: Parameters<typeof serverKeyTooltip>) => Promise<vscode.MarkdownString>;
  /** Why the automatic rotation of a server is overdue, as sentences, which needs requests. */
  readonly overdueReasons: (node: ServerNode, signal: AbortSignal) => Promise<readonly string[]>;
  /** Whether a failure about this server was shown, which its menu shows again. */
  readonly hasFailed: (server: Pick<SqlServer, 'id'>) => boolean;
  /** Reads the databases with their own TDE protectors, and describes them. */
  readonly openDatabases: (host: DatabaseHost) => Promise<DatabaseRows>;
  /** The rows about subscriptions that aren't shown. */
  readonly unshownRows: (inventory: Inventory) => Promise<readonly UnshownNode[]>;
}
