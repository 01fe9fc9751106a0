import * as vscode from 'vscode';
import type { FirstUse } from './firstUse';
import { commandIds, viewId } from './ui/ids';
import type { Node } from './ui/tree/nodes';

/** Registers the view and the commands. The first row or command loads the rest. */
export function activate(context: vscode.ExtensionContext): void {
  let loading: Promise<FirstUse> | undefined;
  const load = async (): Promise<FirstUse> => {
    const { start } = await import('./firstUse').catch((error: unknown) => {
      // The next use tries again.
      loading = undefined;
      throw error;
    });
    const started = start(context, view);
    context.subscriptions.push(
      started.tree.onDidChangeTreeData((row) => {
        rowsChanged.fire(row);
      }),
    );
    return started;
  };
  const firstUse = (): Promise<FirstUse> => (loading ??= load());
  const rowsChanged = new vscode.EventEmitter<Node | undefined>();
  const treeDataProvider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: rowsChanged.event,
    getChildren: async (row) => (await firstUse()).tree.getChildren(row),
    getTreeItem: async (row) => (await firstUse()).tree.getTreeItem(row),
    getParent: async (row) => (await firstUse()).tree.getParent(row),
    resolveTreeItem: async (item, row, token) => (await firstUse()).tree.resolveTreeItem(item, row, token),
  };
  const view = vscode.window.createTreeView(viewId, { treeDataProvider, showCollapseAll: true, canSelectMany: true });
  const commands = Object.values(commandIds).map((id) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => (await firstUse()).runCommand(id, args)),
  );
  context.subscriptions.push(rowsChanged, view, ...commands);
}
