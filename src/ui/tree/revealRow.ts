import type { Services } from '../services';
import type { Node } from './nodes';

/** How often a row is looked for while the tree is being refreshed. */
const attempts = 3;

/**
 * Shows and selects a row. VS Code gives up on one that is not among the rows it holds, and may hold those from before a refresh
 * for a moment: of several refreshes in a row it waits for the first only. Then it has to ask for all rows again before.
 * @param find the row of now; undefined where there is none
 * @returns whether there was a row to show
 */
export async function revealRow(
  services: Pick<Services, 'tree' | 'treeView'>,
  find: () => Promise<Node | undefined>,
  options: { readonly expand?: boolean } = {},
  left = attempts,
): Promise<boolean> {
  const row = await find();
  if (!row) return false;
  try {
    await services.treeView.reveal(row, { select: true, focus: true, ...options });
    return true;
  } catch (error) {
    if (left === 1) throw error;
    services.tree.redraw();
    return revealRow(services, find, options, left - 1);
  }
}
