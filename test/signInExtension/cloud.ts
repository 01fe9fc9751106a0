import * as vscode from 'vscode';

/** The directory to sign in to. Like VS Code's own sign-in, reads the merged settings, not only those of the user. */
export function authority(): string {
  const field = 'activeDirectoryEndpointUrl';
  const cloud = vscode.workspace
    .getConfiguration('microsoft-sovereign-cloud')
    .get<Readonly<Record<string, string | undefined>>>('customEnvironment');
  const found = cloud?.[field];
  if (found === undefined) {
    throw new Error(`The setting microsoft-sovereign-cloud.customEnvironment lacks ${field}.`);
  }
  return found.replace(/\/+$/, '');
}
