import type { RowState } from '../vscode-host/driver/inPage';
import type { TreeView } from '../vscode-host/driver/treeView';

/** Waits until the tree's first level has these rows and no others, and returns all rows in sight. */
export const rootsWhen = (tree: TreeView, ...labels: string[]): Promise<readonly RowState[]> =>
  tree.rowsWhen(labels.join(', '), (rows) => {
    const roots = rows.filter(({ level }) => level === 1).map(({ label }) => label);
    return JSON.stringify(roots) === JSON.stringify(labels);
  });
