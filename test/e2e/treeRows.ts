import type { RowState } from '../vscode-host/driver/inPage';
import type { TreeView } from '../vscode-host/driver/treeView';

/** Waits until the first level of the tree has exactly these rows, and returns all visible rows. */
export const rootsWhen = (tree: TreeView, ...labels: string[]): Promise<readonly RowState[]> =>
  tree.rowsWhen(labels.join(', '), (rows) => {
    const roots = rows.filter(({ level }) => level === 1).map(({ label }) => label);
    return JSON.stringify(roots) === JSON.stringify(labels);
  });

/** Waits until every visible server shows its state. */
export const serversWithState = (tree: TreeView): Promise<readonly RowState[]> =>
  tree.rowsWhen('servers with their state', (rows) =>
    rows.filter(({ level }) => level === 2).every(({ description }) => description !== ''),
  );
