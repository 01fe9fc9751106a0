import * as vscode from 'vscode';

/** Opens the view when VS Code has started. */
export async function activate(): Promise<void> {
  await vscode.commands.executeCommand('sqlServerKeys.servers.focus');
}
