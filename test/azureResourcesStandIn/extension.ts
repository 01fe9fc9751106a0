import * as vscode from 'vscode';
import { roots, type Node } from './nodes';

const focusedContext = 'ms-azuretools.vscode-azureresourcegroups.hasFocusedGroup';
const { None, Collapsed } = vscode.TreeItemCollapsibleState;

/** Shows a fixed list of nodes. */
class Tree implements vscode.TreeDataProvider<Node> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private roots: readonly Node[]) {}

  show(nodes: readonly Node[]): void {
    this.roots = nodes;
    this.#changed.fire(undefined);
  }

  getTreeItem({ id, label, icon, contextValue, children }: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(label, children.length > 0 ? Collapsed : None);
    return Object.assign(item, { id, contextValue, iconPath: new vscode.ThemeIcon(icon) });
  }

  getChildren(node?: Node): Node[] {
    return [...(node?.children ?? this.roots)];
  }
}

/** Saves the selected subscriptions as Azure Resources does. */
async function selectSubscriptions(): Promise<void> {
  const options = { canPickMany: true, placeHolder: 'Select Subscriptions' } as const;
  const items = roots.map(({ label, subscription: { tenantId, subscriptionId } }) => {
    return { label, entry: `${tenantId}/${subscriptionId}` };
  });
  const chosen = await vscode.window.showQuickPick(items, options);
  if (!chosen) return;
  const section = vscode.workspace.getConfiguration('azureResourceGroups');
  await section.update(
    'selectedSubscriptions',
    chosen.map(({ entry }) => entry),
    true,
  );
}

export function activate(context: vscode.ExtensionContext): void {
  const resources = vscode.window.createTreeView<Node>('azureResourceGroups', {
    treeDataProvider: new Tree(roots),
    canSelectMany: true,
    showCollapseAll: true,
  });
  resources.description = 'Remote';
  const focused = new Tree([]);
  context.subscriptions.push(
    resources,
    vscode.window.createTreeView<Node>('azureFocusView', { treeDataProvider: focused }),
    vscode.commands.registerCommand('azureResourceGroups.focusGroup', async (group: Node) => {
      focused.show([group]);
      await vscode.commands.executeCommand('setContext', focusedContext, true);
      await vscode.commands.executeCommand('azureFocusView.focus');
    }),
    vscode.commands.registerCommand('azureResourceGroups.unfocusGroup', () =>
      vscode.commands.executeCommand('setContext', focusedContext, false),
    ),
    vscode.commands.registerCommand('azureResourceGroups.selectSubscriptions', selectSubscriptions),
  );
}
