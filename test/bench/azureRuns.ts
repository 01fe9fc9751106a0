import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { spawnEmulator } from '../emulator/emulatorProcess';
import { emulatorEnv } from '../withEmulator';
import type { PreflightRun } from './checkKey';
import type { ChangesRun } from './protectorChanges';
import type { AzureRun } from './readAzure';

/** Starts a new process for each run, so that sign-in and the first connection count. */
async function runs<Run>(script: string, seed: string, count: number, latency: number): Promise<readonly Run[]> {
  const emulator = await spawnEmulator({ seed, latency });
  const env = { ...process.env, ...emulatorEnv(emulator) };
  const all: Run[] = [];
  try {
    for (let i = 0; i < count; i++) {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env });
      all.push(JSON.parse(stdout) as Run);
    }
  } finally {
    await emulator.stop();
  }
  return all;
}

export const azureRuns = (count: number, latency: number): Promise<readonly AzureRun[]> =>
  runs('test/bench/readAzure.ts', 'large', count, latency);

export const preflightRuns = (count: number, latency: number): Promise<readonly PreflightRun[]> =>
  runs('test/bench/checkKey.ts', 'demo', count, latency);

export const changesRuns = (count: number, latency: number): Promise<readonly ChangesRun[]> =>
  runs('test/bench/protectorChanges.ts', 'demo', count, latency);
