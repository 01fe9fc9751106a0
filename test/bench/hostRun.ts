import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { spawnEmulator } from '../emulator/emulatorProcess';
import { installedIn, installVsix, vscodeExecutable, vsix } from '../vscode';
import { usersNetwork, writeSettings } from '../vscode-host/profile';
import { emulatorEnv } from '../withEmulator';
import type { HostRun } from './inHost';

const inHost = resolve('out/bench/inHost.js');
const engines = { vscode: '^1.106.0' };

/** Writes the smallest extension that VS Code can activate. Its activation time is the overhead of VS Code. */
function writeEmptyExtension(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const manifest = { publisher: 'bench', name, version: '1.0.0', engines, main: './main.js', activationEvents: [] };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  return `bench.${name}`;
}

/** Copies the installed extension and gives the copy its own IDs, so that both can run together. */
function copyExtension(installed: string, folder: string, name: string): string {
  cpSync(installed, folder, { recursive: true });
  const rename = (file: string): void => {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('sqlServerKeys', name));
  };
  const manifestFile = join(folder, 'package.json');
  rename(manifestFile);
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as object;
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, publisher: 'bench', name }));
  const dist = join(folder, 'dist');
  for (const file of readdirSync(dist)) rename(join(dist, file));
  return `bench.${name}`;
}

/** Pairs of an empty extension and this one, which take turns going first. */
function writePairs(installed: string, extensionsDir: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const pair = [
      writeEmptyExtension(join(extensionsDir, `empty${i}`), `empty${i}`),
      copyExtension(installed, join(extensionsDir, `ours${i}`), `ours${i}`),
    ];
    return i % 2 === 0 ? pair : pair.reverse();
  }).flat();
}

/** Activates this many empty extensions and copies of this one in one VS Code, each for the first time, and then sends requests. */
export async function hostRun(count: number): Promise<HostRun> {
  const entryPoints = ['test/bench/inHost.ts'];
  await esbuild.build({ entryPoints, outfile: inHost, bundle: true, platform: 'node', external: ['vscode'] });
  const vscodeExecutablePath = await vscodeExecutable();
  // The path is short because it also contains sockets.
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  const [userDataDir, extensionsDir, result] = [join(scratch, 'u'), join(scratch, 'x'), join(scratch, 'result.json')];
  const emulator = await spawnEmulator({ seed: 'demo' });
  try {
    writeSettings(userDataDir, usersNetwork);
    const installed = { userDataDir, extensionsDir: join(scratch, 'installed') };
    installVsix(vscodeExecutablePath, installed, vsix);
    const ids = writePairs(installedIn(installed), extensionsDir, count);
    writeEmptyExtension(join(scratch, 'runner'), 'runner');
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: join(scratch, 'runner'),
      extensionTestsPath: inHost,
      extensionTestsEnv: { ...emulatorEnv(emulator), BENCH_EXTENSIONS: ids.join(' '), BENCH_RESULT: result },
      launchArgs: [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`],
    });
    return JSON.parse(readFileSync(result, 'utf8')) as HostRun;
  } finally {
    await emulator.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
