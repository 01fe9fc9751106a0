import type { TreeView } from 'vscode';
import type { Node } from './nodes';

/** How often a row is looked for while the tree is being refreshed. */
const attempts = 3;

/**
 * Shows and selects a row. VS Code gives up on one when the tree is refreshed meanwhile, which may have replaced it: then it
 * is looked up again.
 * @param find the row of now; undefined where there is none
 * @returns whether there was a row to show
 */
export async function revealRow(
  treeView: TreeView<Node>,
  find: () => Promise<Node | undefined>,
  options: { readonly expand?: boolean } = {},
  left = attempts,
): Promise<boolean> {
  const row = await find();
  if (!row) return false;
  try {
    await treeView.reveal(row, { select: true, focus: true, ...options });
    return true;
  } catch (error) {
    if (left === 1) throw error;
    return revealRow(treeView, find, options, left - 1);
  }
}
