import * as vscode from 'vscode';

/** The private cloud that VS Code's settings name: the emulator prints them. */
function cloud(): { activeDirectoryEndpointUrl: string; managementEndpointUrl: string } {
  const found = vscode.workspace
    .getConfiguration('microsoft-sovereign-cloud')
    .get<{ activeDirectoryEndpointUrl?: string; managementEndpointUrl?: string }>('customEnvironment');
  const { activeDirectoryEndpointUrl, managementEndpointUrl } = found ?? {};
  if (activeDirectoryEndpointUrl === undefined || managementEndpointUrl === undefined) {
    throw new Error('The setting microsoft-sovereign-cloud.customEnvironment does not name the emulator.');
  }
  return { activeDirectoryEndpointUrl, managementEndpointUrl };
}

export const authority = (): string => cloud().activeDirectoryEndpointUrl.replace(/\/+$/, '');

export const managementScope = (): string => `${cloud().managementEndpointUrl}/.default`;
