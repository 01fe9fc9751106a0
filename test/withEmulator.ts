import { spawn } from 'node:child_process';
import { spawnEmulator, type EmulatorProcess } from './emulator/emulatorProcess';

/** An emulator for a test run. Clients look at an operation after a second: without a header they would wait for two. */
export const spawnForTests = (): Promise<EmulatorProcess> => spawnEmulator({ seed: 'demo', retryAfter: 1 });

/** By these variables a process signs in at the emulator, trusts its certificate and, as a test, steers it. */
export function emulatorEnv({ info }: EmulatorProcess): Record<string, string> {
  return { ...info.environment, EMULATOR: JSON.stringify(info) };
}

/** `tsx test/withEmulator.ts mocha 'test/azure/*.test.ts'`: runs a command beside an emulator of its own. */
async function main([command = '', ...args]: string[]): Promise<void> {
  const emulator = await spawnForTests();
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...emulatorEnv(emulator) } });
  const code = await new Promise<number | null>((end) => child.once('close', end));
  await emulator.stop();
  process.exitCode = code ?? 1;
}

if (require.main === module) {
  void main(process.argv.slice(2));
}
