import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { interruption } from './interruption';
import { first, sideBySide, steps } from './plan';
import { add, type Outcome, runSteps } from './testRun';

const usage = `Usage: npm run test:steady -- [rounds] [options]
  rounds           number of times to run the suites that drive VS Code (default 10)
  --busy N         number of processes that each keep a core busy meanwhile (default 6)
  --no-install     don't repeat "npm ci" meanwhile
  --side-by-side   run several suites side by side, as npm test does, instead of one after another`;

interface Options {
  readonly rounds: number;
  readonly busy: number;
  readonly install: boolean;
  readonly sideBySide: boolean;
}

function parse(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      busy: { type: 'string', default: '6' },
      'no-install': { type: 'boolean', default: false },
      'side-by-side': { type: 'boolean', default: false },
    },
  });
  const [rounds, busy] = [positionals[0] ?? '10', values.busy].map(Number);
  if (rounds === undefined || busy === undefined || !(rounds > 0) || !(busy >= 0)) throw new Error(usage);
  return { rounds, busy, install: !values['no-install'], sideBySide: values['side-by-side'] };
}

/** Keeps a core busy until the returned function is called, or this process ends for any reason. */
function keepBusy(): () => void {
  const child = spawn(process.execPath, ['-e', `while (process.ppid === ${process.pid});`], { stdio: 'ignore' });
  return () => void child.kill('SIGKILL');
}

/** Repeatedly installs the packages of this checkout in a temporary folder, until the returned function is called. */
function keepInstalling(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'steady-'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(file, join(folder, file));
  let child: ChildProcess | undefined;
  const install = (): void => {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=silent'];
    child = spawn('npm', args, { cwd: folder, stdio: 'ignore' }).once('exit', install);
  };
  install();
  return () => {
    child?.off('exit', install).kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** `npm run test:steady`: repeats the suites that drive VS Code while other processes keep the machine busy. */
async function main({ rounds, busy, install, ...options }: Options): Promise<Outcome> {
  const interrupted = interruption();
  const atOnce = options.sideBySide ? sideBySide : 1;
  let total = await runSteps([first], 1, interrupted);
  if (total.failed > 0) return total;
  const load = [...Array.from({ length: busy }, keepBusy), ...(install ? [keepInstalling()] : [])];
  const lines: string[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      const { outcome, line } = await runRound(atOnce, interrupted);
      if (interrupted.aborted) break;
      total = add(total, outcome);
      lines.push(`Round ${round}: ${line}`);
      console.log(lines.at(-1));
    }
  } finally {
    for (const end of load) end();
  }
  console.log(['', ...lines, ...(interrupted.aborted ? ['Interrupted.'] : [])].join('\n'));
  return total;
}

async function runRound(atOnce: number, interrupted: AbortSignal): Promise<{ outcome: Outcome; line: string }> {
  const began = Date.now();
  const loads: number[] = [];
  const watching = setInterval(() => loads.push(loadavg()[0] ?? 0), 5000);
  const suites = steps.filter(({ workbench }) => workbench === true);
  const outcome = await runSteps(suites, atOnce, interrupted);
  clearInterval(watching);
  const seconds = Math.round((Date.now() - began) / 1000);
  const load = loads.reduce((sum, one) => sum + one, 0) / Math.max(loads.length, 1);
  const counts = `${outcome.passed} passed, ${outcome.failed} failed`;
  return { outcome, line: `${counts} in ${seconds} s, load average ${load.toFixed(1)}` };
}

Promise.resolve(process.argv.slice(2))
  .then(parse)
  .then(main)
  .then(
    ({ passed, failed }) => {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
