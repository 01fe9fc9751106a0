import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { spawnEmulator, type EmulatorInfo } from './emulator/emulatorProcess';
import { writeSettings } from './vscode-host/profile';
import { manageExtensions, startServer } from './vscode-host/server';

const vsix = resolve('dist/sql-server-keys.vsix');
const profile = {
  userDataDir: resolve('.vscode-test/demo/user-data'),
  extensionsDir: resolve('.vscode-test/demo/extensions'),
};
/** Where the demo's VS Code listens if the port is free. */
const preferredPort = 8640;
/** How long the demo's Azure takes for a write, in milliseconds. */
const operationMs = 3000;

interface Running {
  /** What the user has to know to get to it. */
  readonly address: string;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** `npm start`: the product, installed from its package, on the emulator in a real VS Code. */
async function main(): Promise<void> {
  const [emulator] = await Promise.all([spawnEmulator({ seed: 'demo', operationMs }), packageExtension()]);
  writeSettings(profile.userDataDir, emulator.info.settings);
  const vscode = await (hasOfflineHost() ? startOfflineHost(emulator.info) : startDesktop(emulator.info));
  console.log(`
${vscode.address}
  1. Open the Azure view in the activity bar: SQL servers and their keys, from a local Azure.
  2. Right-click "sql-billing-weu" > Create Server Key…, and browse to kv-billing / tde-billing.
  3. Choose "tde-billing-disabled" instead to see a failure explained.
Ctrl-C ends it all.`);
  const interrupted = new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, end);
    }
  });
  await Promise.race([interrupted, vscode.ended]);
  await Promise.allSettled([vscode.stop(), emulator.stop()]);
}

async function packageExtension(): Promise<void> {
  console.log('Building and packaging the extension…');
  const child = spawn('npm', ['run', '--silent', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((end) => child.once('close', end));
  if (code !== 0) {
    throw new Error('The extension could not be packaged: see the lines above.');
  }
}

const hasOfflineHost = (): boolean =>
  process.platform === 'linux' && process.arch === 'x64' && process.env.VSCODE_EXECUTABLE === undefined;

async function startOfflineHost({ environment }: EmulatorInfo): Promise<Running> {
  await manageExtensions([`--install-extension=${vsix}`, '--force'], profile, 'ignore');
  const server = await startServer({ ...profile, env: environment, port: await freePort(preferredPort) });
  if (process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined) {
    spawn('xdg-open', [server.url], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
  }
  return { address: `VS Code runs at ${server.url}`, ended: server.exited, stop: () => server.stop() };
}

async function startDesktop({ environment }: EmulatorInfo): Promise<Running> {
  const executable = process.env.VSCODE_EXECUTABLE ?? (await downloadAndUnzipVSCode());
  const folders = ['--user-data-dir', profile.userDataDir, '--extensions-dir', profile.extensionsDir];
  spawnSync(executable, [...folders, '--install-extension', vsix, '--force'], { stdio: 'ignore' });
  const child = spawn(executable, [...folders, '--new-window', '--wait'], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const ended = new Promise((end) => child.once('close', end));
  return {
    address: `VS Code was opened from ${join(executable)}`,
    ended,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** The port if nobody listens there, else 0: any free one. */
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
