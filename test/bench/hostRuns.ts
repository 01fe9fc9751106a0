import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import esbuild from 'esbuild';
import { installVsix, vscodeExecutable, vsix } from '../vscode';
import { writeSettings } from '../vscode-host/profile';
import type { HostRun } from './inHost';

export const empty = 'bench.empty';
export const ours = 'sql-server-keys.sql-server-keys';
const inHost = resolve('out/bench/inHost.js');

/** The least that VS Code activates: what that takes is VS Code's own. */
function writeEmptyExtension(folder: string): string {
  const [publisher, name] = empty.split('.');
  const manifest = { publisher, name, version: '1.0.0', engines: { vscode: '^1.106.0' }, main: './main.js' };
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  writeFileSync(join(folder, 'main.js'), 'exports.activate = () => {};\n');
  return folder;
}

async function hostRun(vscodeExecutablePath: string, ids: readonly string[]): Promise<HostRun> {
  // A short path: sockets are made below it.
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  const folders = { userDataDir: join(scratch, 'u'), extensionsDir: join(scratch, 'x') };
  const result = join(scratch, 'result.json');
  const load = `${ours}/azure.mjs ${ours}/commands.mjs`;
  try {
    writeSettings(folders.userDataDir, {});
    installVsix(vscodeExecutablePath, folders, vsix);
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: writeEmptyExtension(join(scratch, 'empty')),
      extensionTestsPath: inHost,
      extensionTestsEnv: { BENCH_EXTENSIONS: ids.join(' '), BENCH_LOAD: load, BENCH_RESULT: result },
      launchArgs: [`--user-data-dir=${folders.userDataDir}`, `--extensions-dir=${folders.extensionsDir}`],
    });
    return JSON.parse(readFileSync(result, 'utf8')) as HostRun;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Each run is a VS Code of its own: a host activates once. They take turns at being first, which costs more. */
export async function hostRuns(count: number): Promise<readonly HostRun[]> {
  const entryPoints = ['test/bench/inHost.ts'];
  await esbuild.build({ entryPoints, outfile: inHost, bundle: true, platform: 'node', external: ['vscode'] });
  const executable = await vscodeExecutable();
  const runs: HostRun[] = [];
  for (let i = 0; i < count; i++) {
    runs.push(await hostRun(executable, i % 2 === 0 ? [empty, ours] : [ours, empty]));
  }
  return runs;
}
