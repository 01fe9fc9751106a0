import type { RowState } from '../vscode-host/driver/inPage';
import type { TreeView } from '../vscode-host/driver/treeView';

/** Waits until the tree's first level has these rows and no others, and returns all rows in sight. */
export const rootsWhen = (tree: TreeView, ...labels: string[]): Promise<readonly RowState[]> =>
  tree.rowsWhen(labels.join(', '), (rows) => {
    const roots = rows.filter(({ level }) => level === 1).map(({ label }) => label);
    return JSON.stringify(roots) === JSON.stringify(labels);
  });

/** Waits until every server in sight tells its state: its keys are read then, and no read runs for it any more. */
export const serversWithState = (tree: TreeView): Promise<readonly RowState[]> =>
  tree.rowsWhen('servers with their state', (rows) =>
    rows.filter(({ level }) => level === 2).every(({ description }) => description.includes(' · ')),
  );
