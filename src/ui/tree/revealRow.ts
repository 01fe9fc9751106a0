import type { TreeView } from 'vscode';
import type { Node } from './nodes';
import type { ServerKeysTree } from './serverKeysTree';

/** How often a row is looked for while the tree is being refreshed. */
const attempts = 3;

/**
 * Shows and selects a row. VS Code gives up on one that is not among the rows it holds, and may hold those from before a refresh
 * for a moment: of several refreshes in a row it waits for the first only. Then it has to ask for all rows again before.
 * @param find the row of now; undefined where there is none
 */
export async function revealRow(
  view: TreeView<Node>,
  tree: ServerKeysTree,
  find: () => Promise<Node | undefined>,
  options: { readonly expand?: boolean },
  left = attempts,
): Promise<void> {
  const row = await find();
  if (!row) return;
  try {
    await view.reveal(row, { select: true, focus: true, ...options });
  } catch (error) {
    if (left === 1) throw error;
    tree.redraw();
    await revealRow(view, tree, find, options, left - 1);
  }
}
