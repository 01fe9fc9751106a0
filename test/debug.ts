import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { spawnEmulator } from './emulator/emulatorProcess';
import { machineSignIn, vscodeExecutable } from './vscode';
import { writeSettings } from './vscode-host/profile';

/** Where launch.json attaches. */
const inspectPort = 9333;

/** For F5: a VS Code with a profile of its own, on the emulator, for the debugger to attach to. Ends with it. */
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
    // The VS Code of test/vscode-host prints the address to open in a browser.
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...emulator.info.environment } },
  );
  console.log(`VS Code runs, for the debugger on port ${inspectPort}`);
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
