import * as vscode from 'vscode';
import { stateColors } from '../ids';

const scheme = 'sql-server-keys-state';

const decorations: Readonly<Record<string, () => vscode.FileDecoration>> = {
  error: () => new vscode.FileDecoration('!', undefined, new vscode.ThemeColor(stateColors.error)),
  warning: () => new vscode.FileDecoration('!', undefined, new vscode.ThemeColor(stateColors.warning)),
};

/** The URI by which VS Code asks for the decoration of an urgent server or an inaccessible database. */
export const severityUri = (id: string, severity: 'warning' | 'error'): vscode.Uri =>
  vscode.Uri.from({ scheme, path: id, query: severity });

/** Colors the names of these rows, and marks them with a letter. */
export const severityDecorations: vscode.FileDecorationProvider = {
  provideFileDecoration: (uri) => (uri.scheme === scheme ? decorations[uri.query]?.() : undefined),
};
