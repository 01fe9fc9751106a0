import type { TreeView } from 'vscode';
import { describe } from './describe';
import type { Node } from './nodes';

/** Maximum attempts. One may fail while the tree refreshes. */
const attempts = 3;

/**
 * Shows and selects a row. VS Code's `reveal` rejects for a row that the tree doesn't have, but resolves without effect for
 * a row that the view hasn't received yet. VS Code must then request all rows again before the next attempt.
 * @param redraw makes VS Code request all rows again, and resolves when it has done so
 * @param find the row to show; undefined if there is none
 */
export async function revealRow(
  view: Pick<TreeView<Node>, 'reveal' | 'selection' | 'visible'>,
  redraw: () => Promise<void>,
  find: () => Promise<Node | undefined>,
  options: { readonly expand?: boolean; readonly focus: boolean },
  left = attempts,
): Promise<void> {
  const row = await find();
  if (!row) return;
  try {
    await view.reveal(row, { select: true, ...options });
    if (isSelected(view, row)) return;
  } catch (error) {
    if (left === 1) throw error;
  }
  // VS Code requests no rows for a hidden view.
  if (left === 1 || !view.visible) return;
  await redraw();
  await revealRow(view, redraw, find, options, left - 1);
}

/** VS Code distinguishes rows by their IDs. */
const isSelected = ({ selection: [selected] }: Pick<TreeView<Node>, 'selection'>, row: Node): boolean =>
  selected !== undefined && describe(selected).id === describe(row).id;
