import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { spawnEmulator, type EmulatorInfo } from './emulator/emulatorProcess';
import { writeSettings } from './vscode-host/profile';
import { startServer } from './vscode-host/server';
import { usesHost } from './setup.mjs';
import { machineSignIn, installVsix, packageExtension, vscodeExecutable } from './vscode';

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
  console.log('Packaging the extension and starting the local Azure…');
  const emulating = spawnEmulator({ seed: 'demo', operationMs });
  try {
    const [executable] = await Promise.all([vscodeExecutable(), packageExtension()]);
    installVsix(executable, profile);
    const { info } = await emulating;
    writeSettings(profile.userDataDir, { ...info.settings, ...machineSignIn });
    await run(usesHost() ? await startServed(info) : startDesktop(executable, info));
  } finally {
    await (await emulating).stop();
  }
}

/** Says what to try, and waits for Ctrl-C or for the end of VS Code. */
async function run(vscode: Running): Promise<void> {
  const interrupted = new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, end);
    }
  });
  console.log(`
${vscode.address}
  1. Open the Azure view in the activity bar: SQL servers and their keys, from a local Azure.
  2. Right-click "sql-billing-weu" > Create Server Key…, and browse to kv-billing / tde-billing.
  3. Choose "tde-billing-disabled" instead to see a failure explained.
Ctrl-C ends it all.`);
  await Promise.race([interrupted, vscode.ended]);
  await vscode.stop();
}

/** VS Code as a page for the user's own browser. */
async function startServed({ environment }: EmulatorInfo): Promise<Running> {
  const server = await startServer({ ...profile, env: environment, port: await freePort(preferredPort) });
  if (process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined) {
    spawn('xdg-open', [server.url], { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  }
  return { address: `VS Code runs at ${server.url}`, ended: server.exited, stop: () => server.stop() };
}

function startDesktop(executable: string, { environment }: EmulatorInfo): Running {
  const folders = [`--user-data-dir=${profile.userDataDir}`, `--extensions-dir=${profile.extensionsDir}`];
  const child = spawn(executable, [...folders, '--new-window', '--wait'], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const ended = new Promise((end) => child.once('close', end));
  return {
    address: `VS Code was opened: ${executable}`,
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
