import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { demoOptions } from './base/options';
import { startEmulator, type StartOptions } from './startEmulator';

const usage = `Usage: emulator [options]
  --port P            port of ARM on https://localhost (default 0: any free port; a busy port is replaced by the next free one)
  --seed S            demo (default), large, or a JSON file with a state
  --state FILE        keep the state in FILE: load it if the file exists, save it after each change
  --latency MS        delay of each answer in milliseconds (default 0)
  --operation-ms MS   duration of long-running operations in milliseconds (default 3000)
  --retry-after S     Retry-After header of operations in seconds; "none" omits it (default 1)
  --failures WHEN     start or poll: a failed vault check fails the request or its operation (default poll)
  --page-size N       items per page in paged lists (default: all items)
  --exit-with-stdin   stop when standard input ends
  --help              show this text
`;

function wholeNumber(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

function sizeOfPage(text: string): number {
  const size = wholeNumber(text, 0);
  if (size === 0) throw new Error('--page-size must be at least 1');
  return size;
}

function parse(args: string[]): StartOptions & { exitWithStdin: boolean; help: boolean } {
  const { values } = parseArgs({
    // npm passes "--" on to the script.
    args: args.filter((arg) => arg !== '--'),
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      state: { type: 'string' },
      latency: { type: 'string' },
      'operation-ms': { type: 'string' },
      'retry-after': { type: 'string' },
      failures: { type: 'string' },
      'page-size': { type: 'string' },
      'exit-with-stdin': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const { failures = 'poll', 'retry-after': retryAfter, 'page-size': pageSize } = values;
  if (failures !== 'start' && failures !== 'poll') throw new Error('--failures must be start or poll');
  return {
    ...demoOptions,
    port: wholeNumber(values.port, 0),
    seed: values.seed ?? 'demo',
    ...(values.state !== undefined && { stateFile: values.state }),
    latency: wholeNumber(values.latency, demoOptions.latency),
    operationMs: wholeNumber(values['operation-ms'], demoOptions.operationMs),
    retryAfter: retryAfter === 'none' ? null : wholeNumber(retryAfter, 1),
    failures,
    pageSize: pageSize === undefined ? null : sizeOfPage(pageSize),
    exitWithStdin: values['exit-with-stdin'] ?? false,
    help: values.help ?? false,
  };
}

/** The process that started the shell in which npm runs a script; undefined if there is no shell. */
function parentOfShell(shell: number): number | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(shell)], { encoding: 'utf8' });
  const [, parent] = /^\s*(\d+)\s+\S*sh\s*$/.exec(stdout) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** npm passes a signal to its shell, which doesn't pass it on but ends. A killed npm leaves its shell. */
function endWithParent(stop: () => void): void {
  const parent = process.ppid;
  const npm = parentOfShell(parent);
  setInterval(() => {
    if (process.ppid !== parent || (npm !== undefined && !isAlive(npm))) stop();
  }, 200).unref();
}

async function main(): Promise<void> {
  const { exitWithStdin, help, ...options } = parse(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const { info, close } = await startEmulator(options);
  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    process.stdin.destroy();
    void close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  if (process.env.npm_lifecycle_event === 'emulator') endWithParent(stop);
  if (exitWithStdin) process.stdin.on('end', stop).on('close', stop).resume();
  process.stdout.write(`${JSON.stringify(info)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 1;
});
