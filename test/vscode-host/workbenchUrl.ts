import { resolve } from 'node:path';
import type { Server } from './server';

export interface Opening {
  readonly folder?: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  /** The port on which a debugger can attach to the extension host. */
  readonly inspectExtensions?: string;
}

/** The address that opens a folder, or an empty window, with an extension under development and its tests. */
export function workbenchUrl(server: Pick<Server, 'url' | 'port'>, opening: Opening = {}): string {
  const url = new URL(server.url);
  if (opening.folder !== undefined) {
    url.searchParams.delete('ew');
    url.searchParams.set('folder', resolve(opening.folder));
  }
  // The page loads extensions from its own server.
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;
  const { extensionDevelopmentPath, extensionTestsPath, inspectExtensions } = opening;
  const payload = [
    ...(extensionDevelopmentPath === undefined ? [] : [['extensionDevelopmentPath', remote(extensionDevelopmentPath)]]),
    ...(extensionTestsPath === undefined ? [] : [['extensionTestsPath', remote(extensionTestsPath)]]),
    ...(inspectExtensions === undefined ? [] : [['inspect-extensions', inspectExtensions]]),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
