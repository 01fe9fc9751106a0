import { parseArgs } from 'node:util';
import { demoOptions } from './base/options';
import { startEmulator, type StartOptions } from './startEmulator';

const usage = `Usage: emulator [options]
  --port P            port of ARM on https://localhost (default 0: any free one; a busy one gives way to the next)
  --seed S            demo (default), large, or a JSON file with a state
  --state FILE        load the state from FILE if it is there and keep it there
  --latency MS        delay of every answer (default 0)
  --operation-ms MS   how long operations run (default 3000)
  --retry-after S     Retry-After header of operations in seconds, "none" leaves it out (default 1)
  --failures WHEN     start | poll: whether vault checks fail the request or its operation (default poll)
  --page-size N       items a page in paged lists
  --exit-with-stdin   stop when standard input ends
`;

function numberFrom(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

function parse(args: string[]): StartOptions & { exitWithStdin: boolean; help: boolean } {
  const { values } = parseArgs({
    // npm and node pass a "--" of their own on.
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
  if (failures !== 'start' && failures !== 'poll') throw new Error('--failures is start or poll');
  return {
    ...demoOptions,
    port: numberFrom(values.port, 0),
    seed: values.seed ?? 'demo',
    ...(values.state !== undefined && { stateFile: values.state }),
    latency: numberFrom(values.latency, demoOptions.latency),
    operationMs: numberFrom(values['operation-ms'], demoOptions.operationMs),
    retryAfter: retryAfter === 'none' ? null : numberFrom(retryAfter, 1),
    failures,
    pageSize: pageSize === undefined ? null : numberFrom(pageSize, 0),
    exitWithStdin: values['exit-with-stdin'] ?? false,
    help: values.help ?? false,
  };
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
  process.on('SIGINT', stop).on('SIGTERM', stop);
  if (exitWithStdin) process.stdin.on('end', stop).on('close', stop).resume();
  process.stdout.write(`${JSON.stringify(info)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exitCode = 1;
});
