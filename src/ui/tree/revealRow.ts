import type { TreeView } from 'vscode';
import { describe } from './describe';
import type { Node } from './nodes';

/** How often to try, because the tree may be refreshing. */
const attempts = 3;

/**
 * Shows and selects a row. VS Code's `reveal` rejects for a row that the tree doesn't have, but does nothing, and resolves,
 * for one that the view has not been given yet. Then VS Code must request all rows again before the next try.
 * @param redraw makes VS Code request all rows again, and resolves when it has done so
 * @param find the row to show; undefined if there is none
 */
export async function revealRow(
  view: Pick<TreeView<Node>, 'reveal' | 'selection' | 'visible'>,
  redraw: () => Promise<void>,
  find: () => Promise<Node | undefined>,
  options: { readonly expand?: boolean },
  left = attempts,
): Promise<void> {
  const row = await find();
  if (!row) return;
  try {
    await view.reveal(row, { select: true, focus: true, ...options });
    if (isSelected(view, row)) return;
  } catch (error) {
    if (left === 1) throw error;
  }
  // VS Code requests no rows for a hidden view.
  if (left === 1 || !view.visible) return;
  await redraw();
  await revealRow(view, redraw, find, options, left - 1);
}

/** VS Code tells rows apart by their ids. */
const isSelected = ({ selection: [selected] }: Pick<TreeView<Node>, 'selection'>, row: Node): boolean =>
  selected !== undefined && describe(selected).id === describe(row).id;
