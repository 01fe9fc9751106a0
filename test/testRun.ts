import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** Tests that passed and failed, counted from what mocha prints. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** A command to run: its name in the summary, and whether its output is mocha's. Others count as one test. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a step with its output shown, and counts. A step that exits ≠ 0 without a failing test counts as one failure. */
export async function runStep({ name, command, args, env }: Step): Promise<Count> {
  const began = Date.now();
  const child = spawn(command, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  const count = countTests(output, code);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`── ${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
  return count;
}

/** Sums mocha's "12 passing" and "1 failing"; without them the exit code is the one result. */
export function countTests(output: string, exitCode: number): Count {
  const plain = stripVTControlCharacters(output);
  const sum = (word: string): number | undefined => {
    const found = [...plain.matchAll(new RegExp(`^\\s*(\\d+) ${word}`, 'gm'))].map(([, digits]) => Number(digits));
    return found.length > 0 ? found.reduce((a, b) => a + b) : undefined;
  };
  const passed = sum('passing');
  const failed = sum('failing') ?? 0;
  if (passed === undefined) {
    return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : Math.max(failed, 1) };
  }
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}

export const add = (a: Count, b: Count): Count => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });
