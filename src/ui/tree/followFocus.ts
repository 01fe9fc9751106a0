import * as vscode from 'vscode';
import type { FirstServices } from '../services';
import { rereadWhenOld } from './rereadOld';
import type { ServerKeysTree } from './serverKeysTree';

/** Reads old rows again when the window gets the focus or the view becomes visible. */
export function followFocus(
  view: vscode.TreeView<unknown>,
  { inventory }: Pick<FirstServices, 'inventory'>,
  tree: Pick<ServerKeysTree, 'refresh'>,
): vscode.Disposable {
  const isSeen = () => view.visible && vscode.window.state.focused;
  const look = rereadWhenOld(
    isSeen,
    () => inventory.last(),
    () => {
      tree.refresh();
    },
  );
  return vscode.Disposable.from(vscode.window.onDidChangeWindowState(look), view.onDidChangeVisibility(look));
}
