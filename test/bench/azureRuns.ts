import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { spawnEmulator } from '../emulator/emulatorProcess';
import { emulatorEnv } from '../withEmulator';
import type { AzureRun } from './readAzure';

/** Each run is a process of its own, so that signing in and the first connection count. */
export async function azureRuns(count: number, latency: number): Promise<readonly AzureRun[]> {
  const emulator = await spawnEmulator({ seed: 'large', latency });
  const env = { ...process.env, ...emulatorEnv(emulator) };
  const runs: AzureRun[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const args = ['--import', 'tsx', 'test/bench/readAzure.ts'];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      runs.push(JSON.parse(stdout) as AzureRun);
    }
  } finally {
    await emulator.stop();
  }
  return runs;
}
