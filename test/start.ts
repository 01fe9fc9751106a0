import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnEmulator, type EmulatorInfo } from './emulator/emulatorProcess';
import { interruption } from './interruption';
import { packageApart } from './packageApart';
import { packageTestExtension } from './packageTestExtension';
import { writeSettings } from './vscode-host/profile';
import { startServer } from './vscode-host/server';
import { usesHost } from './setup.mjs';
import { installVsix, machineSignIn, vscodeExecutable, type Folders } from './vscode';

/** VS Code listens on this port if it is free. */
const preferredPort = 8640;
/** The duration of a write in the local Azure, in milliseconds. */
const operationMs = 3000;

interface Running {
  /** Tells the user how to open VS Code. */
  readonly address: string;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * `npm start`: runs the packaged extension on the emulator in a real VS Code. It writes only to a temporary folder, so that
 * two can run side by side and no files remain.
 */
async function main(): Promise<void> {
  const interrupted = interruption();
  console.log('Packaging the extension and starting the local Azure…');
  const scratch = mkdtempSync(join(tmpdir(), 'start-'));
  const emulating = spawnEmulator({ seed: 'demo', operationMs });
  try {
    const profile = { userDataDir: join(scratch, 'u'), extensionsDir: join(scratch, 'x') };
    const [executable, ...extensions] = await Promise.all([
      vscodeExecutable(),
      packageApart(join(scratch, 'package')),
      packageTestExtension(resolve('test/start/openView')),
    ]);
    installVsix(executable, profile, ...extensions);
    const { info } = await emulating;
    writeSettings(profile.userDataDir, { ...info.settings, ...machineSignIn });
    const vscode = usesHost() ? await startServed(profile, info) : startDesktop(profile, executable, info);
    await run(vscode, interrupted);
  } finally {
    await (await emulating).stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Prints what to try, and waits for Ctrl+C or until VS Code ends. */
async function run(vscode: Running, interrupted: AbortSignal): Promise<void> {
  if (!interrupted.aborted) {
    console.log(`
${vscode.address}
  1. The Azure view shows SQL servers and their keys, from a local Azure.
  2. Right-click "sql-billing-weu" > Create Server Key…, and browse to kv-billing / tde-billing.
  3. Choose "tde-billing-disabled" instead to see a failure explained.
Ctrl+C stops VS Code and the local Azure, and discards all changes.`);
    await Promise.race([once(interrupted, 'abort'), vscode.ended]);
  }
  await vscode.stop();
}

/** Serves VS Code to the user's browser. */
async function startServed(profile: Folders, { environment }: EmulatorInfo): Promise<Running> {
  const server = await startServer({ ...profile, env: environment, port: await freePort(preferredPort) });
  if (process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined) {
    spawn('xdg-open', [server.url], { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  }
  return { address: `VS Code is running at ${server.url}`, ended: server.exited, stop: () => server.stop() };
}

function startDesktop(
  { userDataDir, extensionsDir }: Folders,
  executable: string,
  { environment }: EmulatorInfo,
): Running {
  const folders = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${extensionsDir}`];
  const child = spawn(executable, [...folders, '--new-window', '--wait'], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const ended = new Promise((end) => child.once('close', end));
  return {
    address: `VS Code is running: ${executable}`,
    ended,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** The port if it is free, otherwise 0, which means any free port. */
async function freePort(port: number): Promise<number> {
  const probe = createServer();
  return new Promise((found) => {
    probe.once('error', () => {
      found(0);
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        found(port);
      });
    });
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
