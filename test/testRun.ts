import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import pMap from 'p-map';
import type { Step } from './steps';
import { emulatorEnv, spawnForTests } from './withEmulator';

/** How many tests passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export interface Outcome extends Count {
  /** A line for each group of tests that could not run on this machine. */
  readonly notRun: readonly string[];
  /** What each failed step printed about its failures. */
  readonly failures: readonly string[];
}

const nothing: Outcome = { passed: 0, failed: 0, notRun: [], failures: [] };

/** Starts the steps in this order, and runs so many side by side. */
export async function runSteps(steps: readonly Step[], sideBySide: number, interrupted: AbortSignal): Promise<Outcome> {
  const run = async (step: Step): Promise<Outcome> => {
    if (interrupted.aborted) return nothing;
    try {
      return await runStep(step, interrupted);
    } catch (error) {
      console.error(`── ${step.name} could not run:`, error);
      return { ...nothing, failed: 1, failures: [`── ${step.name} could not run: ${String(error)}`] };
    }
  };
  const outcomes = await pMap(steps, run, { concurrency: sideBySide });
  return outcomes.reduce(add, nothing);
}

/**
 * Runs a step and counts its tests. Prints the output when the step ends, so that the output of other steps doesn't mix with
 * it. A step that fails without a failing test counts as one failure.
 */
export async function runStep(step: Step, interrupted?: AbortSignal): Promise<Outcome> {
  const began = Date.now();
  const { code, output } = await (step.emulator === true
    ? besideEmulator(step, interrupted)
    : execute(step, {}, interrupted));
  const count = countTests(output, code);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${output}── ${step.name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s\n`);
  const failures = count.failed > 0 ? [`── ${step.name}:\n${failureText(output)}`] : [];
  return { ...count, notRun: notRunLines(output), failures };
}

/** Mocha's report of failed tests, or the last lines of another command. */
export function failureText(output: string): string {
  const plain = stripVTControlCharacters(output).trimEnd();
  const report = /^ +\d+ failing$/m.exec(plain);
  return report ? plain.slice(report.index) : plain.split('\n').slice(-20).join('\n');
}

interface Result {
  readonly code: number;
  readonly output: string;
}

async function besideEmulator(step: Step, interrupted?: AbortSignal): Promise<Result> {
  const emulator = await spawnForTests();
  try {
    return await execute(step, emulatorEnv(emulator), interrupted);
  } finally {
    await emulator.stop();
  }
}

async function execute(
  { command, args }: Step,
  env: Readonly<Record<string, string>>,
  interrupted?: AbortSignal,
): Promise<Result> {
  const child = spawn(command, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that an interruption also ends its children.
    detached: true,
  });
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  };
  interrupted?.addEventListener('abort', endGroup);
  let output = '';
  const keep = (chunk: string): void => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  interrupted?.removeEventListener('abort', endGroup);
  return { code, output };
}

/** Adds up mocha's "12 passing" and "1 failing". Without these lines the exit code counts as one test. */
export function countTests(output: string, exitCode: number): Count {
  const plain = stripVTControlCharacters(output);
  const sum = (word: string): number | undefined => {
    const found = [...plain.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, 'gm'))].map(([, digits]) => Number(digits));
    return found.length > 0 ? found.reduce((a, b) => a + b) : undefined;
  };
  const passed = sum('passing') ?? (exitCode === 0 ? 1 : 0);
  const failed = sum('failing') ?? 0;
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

/** The lines with which a suite reports that tests could not run on this machine. */
export const notRunLines = (output: string): string[] => [...output.matchAll(/^Not run: .*$/gm)].map(([line]) => line);

export const add = (a: Outcome, b: Outcome): Outcome => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  notRun: [...a.notRun, ...b.notRun],
  failures: [...a.failures, ...b.failures],
});
