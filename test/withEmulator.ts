import { spawn } from 'node:child_process';
import { spawnEmulator, type EmulatorProcess } from './emulator/emulatorProcess';

/** Starts an emulator for tests. Clients poll an operation after one second; without the header they wait for two. */
export const spawnForTests = (): Promise<EmulatorProcess> => spawnEmulator({ seed: 'demo', retryAfter: 1 });

/** The environment variables with which a process signs in to the emulator, trusts its certificate, and controls it. */
export function emulatorEnv({ info }: EmulatorProcess): Record<string, string> {
  return { ...info.environment, EMULATOR: JSON.stringify(info) };
}

/** `tsx test/withEmulator.ts mocha test/azure`: runs a command with an emulator. */
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
