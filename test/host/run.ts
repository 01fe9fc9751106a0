import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';
import { usersNetwork, writeSettings } from '../vscode-host/profile';
import { installedIn, installVsix, machineSignIn, vscodeExecutable, vsix } from '../vscode';

/** Workspace settings that would send tokens elsewhere or hide servers if they took effect. */
const hostileSettings = {
  'microsoft-sovereign-cloud.environment': 'USGovernment',
  'microsoft-sovereign-cloud.customEnvironment': { name: 'Hostile' },
  'azureResourceGroups.selectedSubscriptions': ['tenant/subscription'],
  'sqlServerKeys.selectedSubscriptions': ['tenant/subscription'],
  'sqlServerKeys.signIn': 'vscode',
  'sqlServerKeys.readOnly': true,
};

/** Runs the suites of this folder inside VS Code's extension host, with the packaged extension. */
async function main(): Promise<void> {
  const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
  await attachEmulator(info).reset();
  // VS Code 1.106 keeps the proxy of its first request, so that tests can't set another one.
  const left = process.env.VSCODE_HOST === 'oldest' ? ['proxy.test.ts'] : [];
  const tests = readdirSync('test/host').filter((file) => file.endsWith('.test.ts') && !left.includes(file));
  rmSync('out/host', { recursive: true, force: true });
  await esbuild.build({
    entryPoints: ['index.ts', ...tests].map((file) => `test/host/${file}`),
    outdir: 'out/host',
    bundle: true,
    platform: 'node',
    external: ['vscode', 'mocha'],
    keepNames: true,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  // VS Code creates sockets in this folder, whose paths must be short.
  const scratch = mkdtempSync(join(tmpdir(), 'host-'));
  const folders = { userDataDir: join(scratch, 'u'), extensionsDir: join(scratch, 'x') };
  const executable = await vscodeExecutable();
  const workspace = join(scratch, 'w');
  mkdirSync(join(workspace, '.vscode'), { recursive: true });
  writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(hostileSettings));
  try {
    writeSettings(folders.userDataDir, { ...info.settings, ...machineSignIn, ...usersNetwork });
    installVsix(executable, folders, vsix);
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: installedIn(folders),
      extensionTestsPath: resolve('out/host/index.js'),
      launchArgs: [workspace, `--user-data-dir=${folders.userDataDir}`, `--extensions-dir=${folders.extensionsDir}`],
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
