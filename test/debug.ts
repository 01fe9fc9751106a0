import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { spawnEmulator } from './emulator/emulatorProcess';
import { writeSettings } from './vscode-host/profile';

/** For F5: an emulator, and the settings and environment by which the debugged VS Code finds it. Runs until it is ended. */
async function main(): Promise<void> {
  console.log('Starting the emulator…');
  const { info } = await spawnEmulator({ seed: 'demo', operationMs: 3000 });
  const folder = resolve('.vscode-test/debug');
  writeSettings(`${folder}/user-data`, info.settings);
  const lines = Object.entries(info.environment).map(([name, value]) => `${name}=${value}`);
  writeFileSync(`${folder}/emulator.env`, lines.join('\n'));
  console.log(`The emulator runs at ${info.arm}`);
}

main().catch((error: unknown) => {
  console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
