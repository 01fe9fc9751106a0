import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { attachEmulator, type EmulatorInfo } from '../emulator/emulatorProcess';
import { writeSettings } from '../vscode-host/profile';
import { installVsix, machineSignIn, vscodeExecutable } from '../vscode';

/** Runs the suites of this folder inside VS Code's extension host, on the extension as it is packaged. */
async function main(): Promise<void> {
  const info = JSON.parse(process.env.EMULATOR ?? '{}') as EmulatorInfo;
  await attachEmulator(info).reset();
  await esbuild.build({
    entryPoints: ['test/host/index.ts'],
    outfile: 'out/host/index.js',
    bundle: true,
    platform: 'node',
    external: ['vscode', 'mocha'],
    keepNames: true,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  // A short path: sockets are made below it.
  const scratch = mkdtempSync(join(tmpdir(), 'host-'));
  const folders = { userDataDir: join(scratch, 'u'), extensionsDir: join(scratch, 'x') };
  const executable = await vscodeExecutable();
  try {
    writeSettings(folders.userDataDir, { ...info.settings, ...machineSignIn });
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: installVsix(executable, folders),
      extensionTestsPath: resolve('out/host/index.js'),
      launchArgs: [`--user-data-dir=${folders.userDataDir}`, `--extensions-dir=${folders.extensionsDir}`],
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
