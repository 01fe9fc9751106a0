import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { usesHost } from './setup.mjs';

export const vsix = resolve('dist/sql-server-keys.vsix');

/** Signs in with the managed identity that the emulator provides, instead of VS Code's accounts. */
export const machineSignIn = { 'sqlServerKeys.signIn': 'azureIdentity' };

/** A separate profile of VS Code. */
export interface Folders {
  readonly userDataDir: string;
  readonly extensionsDir: string;
}

/** The VS Code for tests: VSCODE_EXECUTABLE, the one of test/vscode-host, or desktop VS Code, which is downloaded. */
export async function vscodeExecutable(): Promise<string> {
  const named = process.env.VSCODE_EXECUTABLE ?? '';
  if (named !== '' && !existsSync(named)) {
    throw new Error(`VSCODE_EXECUTABLE is set to ${named}, which does not exist: correct or remove it.`);
  }
  return usesHost() ? resolve('test/vscode-host/code') : named || (await downloadAndUnzipVSCode());
}

/** Installs packaged extensions. */
export function installVsix(executable: string, { userDataDir, extensionsDir }: Folders, ...files: string[]): void {
  const [command = executable, ...first] = usesHost()
    ? [executable]
    : resolveCliArgsFromVSCodeExecutablePath(executable);
  const folders = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
  const installs = files.map((file) => `--install-extension=${file}`);
  const result = spawnSync(command, [...first, ...folders, ...installs, '--force'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    const why = result.error?.message ?? `${result.stdout}${result.stderr}`;
    throw new Error(`VS Code (${executable}) did not install the extension: ${why}`);
  }
}

/** The folder of the installed extension. */
export function installedIn({ extensionsDir }: Folders): string {
  const { publisher, name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  return resolve(extensionsDir, `${publisher ?? ''}.${name ?? ''}-${version ?? ''}`);
}

/** Builds the production bundles and packages them. */
export async function packageExtension(): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'package'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) {
    throw new Error('The extension could not be packaged: see the lines above.');
  }
}
