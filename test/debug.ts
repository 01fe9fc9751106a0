import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { spawnEmulator } from './emulator/emulatorProcess';
import { machineSignIn, vscodeExecutable } from './vscode';
import { writeSettings } from './vscode-host/profile';

/** The port in launch.json. */
const inspectPort = 9333;

/** For F5: starts VS Code with a separate profile on the emulator, so that the debugger can attach to it. */
async function main(): Promise<void> {
  console.log('Starting VS Code on the emulator…');
  const executable = await vscodeExecutable();
  const emulator = await spawnEmulator({ seed: 'demo', operationMs: 3000 });
  const userDataDir = resolve('.vscode-test/debug/user-data');
  writeSettings(userDataDir, { ...emulator.info.settings, ...machineSignIn });
  const child = spawn(
    executable,
    [
      `--extensionDevelopmentPath=${resolve('.')}`,
      `--user-data-dir=${userDataDir}`,
      `--extensions-dir=${resolve('.vscode-test/debug/extensions')}`,
      `--inspect-extensions=${inspectPort}`,
      '--new-window',
      '--wait',
    ],
    // The VS Code of test/vscode-host prints its address.
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...emulator.info.environment } },
  );
  console.log(`VS Code is running. The debugger can attach on port ${inspectPort}.`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => child.kill(signal));
  }
  await new Promise((end) => child.once('close', end).once('error', end));
  await emulator.stop();
}

main().catch((error: unknown) => {
  console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
