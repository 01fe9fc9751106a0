import * as vscode from 'vscode';

/** The private cloud of the merged settings, which VS Code's own sign-in follows too: the emulator prints it. */
function address(field: 'activeDirectoryEndpointUrl' | 'resourceManagerEndpointUrl'): string {
  const cloud = vscode.workspace
    .getConfiguration('microsoft-sovereign-cloud')
    .get<Readonly<Record<string, string | undefined>>>('customEnvironment');
  const found = cloud?.[field];
  if (found === undefined) {
    throw new Error(`The setting microsoft-sovereign-cloud.customEnvironment lacks ${field}.`);
  }
  return found.replace(/\/+$/, '');
}

export const authority = (): string => address('activeDirectoryEndpointUrl');

export const managementScope = (): string => `${address('resourceManagerEndpointUrl')}/.default`;
