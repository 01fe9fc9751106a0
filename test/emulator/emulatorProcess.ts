import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LoggedRequest } from './base/emulator';
import type { Fault } from './base/faults';
import type { EmulatorOptions } from './base/options';
import type { TlsFault } from './base/port';
import type { State } from './base/state';
import type { EmulatorInfo } from './startEmulator';

export interface SpawnOptions {
  port?: number;
  /** demo (default), large, or a file with a state. */
  seed?: string;
  stateFile?: string;
  latency?: number;
  /** 50 by default, so that operations in tests are short. */
  operationMs?: number;
  /** null by default: without a Retry-After header, clients poll at their own interval. */
  retryAfter?: number | null;
  failures?: 'start' | 'poll';
  pageSize?: number;
}

export type { EmulatorInfo };

/** The control API of a running emulator. */
export interface EmulatorHandles extends EmulatorInfo {
  info: EmulatorInfo;
  /** Returns to the start: its seed and options, no faults, an empty log. `seed` replaces the seed, by name or as a state. */
  reset: (seed?: string | State) => Promise<void>;
  /** Adds one fault or several. */
  addFault: (fault: Fault | readonly Fault[]) => Promise<void>;
  clearFaults: () => Promise<void>;
  /** The current faults. `times` counts down. */
  faults: () => Promise<Fault[]>;
  /** The ARM requests since the start, the last reset, or the last clearRequests. */
  requests: () => Promise<LoggedRequest[]>;
  clearRequests: () => Promise<void>;
  /** Changes some options. */
  options: (patch: Partial<EmulatorOptions>) => Promise<void>;
  state: () => Promise<State>;
  /** Opens another port until the next reset and returns its URL. With a fault, TLS fails on all its connections. */
  openPort: (tls?: TlsFault) => Promise<string>;
  /** Resident memory of the emulator in megabytes. */
  memory: () => Promise<number>;
}

/** An emulator in a separate process. */
export interface EmulatorProcess extends EmulatorHandles {
  stop: () => Promise<void>;
}

const argumentsOf = (options: SpawnOptions): string[] => {
  const {
    port = 0,
    seed = 'demo',
    stateFile,
    latency = 0,
    operationMs = 50,
    retryAfter = null,
    failures = 'poll',
    pageSize,
  } = options;
  const values: Record<string, string | number | undefined> = {
    port,
    seed,
    state: stateFile,
    latency,
    'operation-ms': operationMs,
    'retry-after': retryAfter ?? 'none',
    failures,
    'page-size': pageSize,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
};

/** Node.js closes a connection on which a long body arrives while the server still sends its last answer. */
const longBody = 10_000;

type Control = (method: string, path: string, body?: unknown) => Promise<unknown>;

function controlOf({ arm, ca: caFile }: EmulatorInfo): Control {
  const ca = readFileSync(caFile);
  const agent = new Agent({ ca, keepAlive: true });
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const connection = text.length > longBody ? { ca, agent: false } : { agent };
      const call = request(`${arm}/emulator/${path}`, { method, ...connection }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 400) resolve(answer === '' ? undefined : JSON.parse(answer));
          else reject(new Error(`${method} /emulator/${path}: ${answer}`));
        });
      });
      call.on('error', reject);
      call.setHeader('content-type', 'application/json').end(text);
    });
}

/** Controls an emulator that another process started. `info` is what it printed. */
export function attachEmulator(info: EmulatorInfo): EmulatorHandles {
  const control = controlOf(info);
  const run: (...call: Parameters<Control>) => Promise<void> = async (...call) => {
    await control(...call);
  };
  return {
    ...info,
    info,
    reset: (seed) => run('POST', 'reset', typeof seed === 'string' ? { seed } : seed),
    addFault: (fault) => run('PUT', 'faults', fault),
    clearFaults: () => run('DELETE', 'faults'),
    faults: async () => (await control('GET', 'faults')) as Fault[],
    requests: async () => (await control('GET', 'requests')) as LoggedRequest[],
    clearRequests: () => run('DELETE', 'requests'),
    options: (patch) => run('PATCH', 'options', patch),
    state: async () => (await control('GET', 'state')) as State,
    openPort: async (tls) => ((await control('POST', 'ports', { tls })) as { readonly arm: string }).arm,
    memory: async () => (await control('GET', 'memory')) as number,
  };
}

/** Starts main.ts; resolves when it listens. The emulator ends with stop() or when this process ends. */
export async function spawnEmulator(options: SpawnOptions = {}): Promise<EmulatorProcess> {
  const main = join(__dirname, 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--exit-with-stdin', ...argumentsOf(options)], {
    cwd: join(__dirname, '../..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => {
      reject(new Error(`The emulator exited with code ${String(code)} before it listened`));
    });
    createInterface(child.stdout).once('line', resolve);
  });
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  return { ...attachEmulator(JSON.parse(line) as EmulatorInfo), stop };
}
