import * as vscode from 'vscode';

/** Shows the tree as soon as VS Code is up. */
export async function activate(): Promise<void> {
  await vscode.commands.executeCommand('sqlServerKeys.servers.focus');
}
