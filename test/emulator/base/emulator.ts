import { randomBytes } from 'node:crypto';
import type { Fault } from './faults';
import type { Operation } from './operation';
import type { EmulatorOptions } from './options';
import type { Port, TlsFault } from './port';
import { seededRandom } from './random';
import type { State } from './state';

/** An entry of GET /emulator/requests. It omits headers and bodies because they contain tokens and secrets. */
export interface LoggedRequest {
  time: string;
  method: string;
  path: string;
  query: Record<string, string>;
  /** 0 if the connection closed before an answer. */
  status: number;
  /** Whether the emulator carried out the request, whatever it answered. */
  carriedOut: boolean;
  ms: number;
  correlationId: string;
  /** Requests with the same number share a connection. */
  connection: number;
}

/** The requests that remain of a limit, and the time of the last one in Unix milliseconds. */
export interface TokenBucket {
  readonly tokens: number;
  readonly time: number;
}

/** All data of one running emulator. */
export interface Emulator {
  state: State;
  /** Creates the state that POST /emulator/reset returns to. */
  seed: () => State;
  options: EmulatorOptions;
  /** The options at the start. A reset returns to them. */
  readonly initialOptions: EmulatorOptions;
  operations: Operation[];
  faults: Fault[];
  requests: LoggedRequest[];
  /** The ports that tests have opened, by number. */
  readonly ports: Map<number, Port>;
  /** Opens a port and returns its number. TLS fails on all its connections if there is a fault. */
  openPort: (tls?: TlsFault) => Promise<number>;
  /** Times of the last Resource Graph queries, for the quota. */
  graphQueries: number[];
  /** What remains of ARM's limits. */
  readonly buckets: Map<string, TokenBucket>;
  /** Decides about random faults. The option `faultSeed` restarts it. */
  random: () => number;
  /** Signs the tokens of this process. */
  readonly secret: Buffer;
  /** https://localhost:PORT, set once the server listens. */
  armUrl: string;
  /** What Azure does by itself, called before each request. */
  background: (now: number) => void;
  /** Called after each request that may have changed the state. */
  saveState: () => void;
}

/** Creates the data of an emulator. The caller sets `armUrl`, `openPort`, and, to save the state, `saveState`. */
export const createEmulator = (seed: () => State, options: EmulatorOptions): Emulator => ({
  state: seed(),
  seed,
  options: { ...options },
  initialOptions: options,
  operations: [],
  faults: [],
  requests: [],
  ports: new Map(),
  openPort: () => Promise.reject(new Error('The emulator does not listen yet')),
  graphQueries: [],
  buckets: new Map(),
  random: seededRandom(options.faultSeed),
  secret: randomBytes(32),
  armUrl: '',
  background: () => undefined,
  saveState: () => undefined,
});

/** Returns to a seed, by default that of the start, and to the options of the start. Closes the ports that tests have opened. */
export function reset(emulator: Emulator, seed = emulator.seed): void {
  emulator.state = seed();
  emulator.options = { ...emulator.initialOptions };
  emulator.operations = [];
  emulator.faults = [];
  emulator.requests = [];
  closePorts(emulator);
  emulator.graphQueries = [];
  emulator.buckets.clear();
  emulator.random = seededRandom(emulator.options.faultSeed);
}

export function closePorts({ ports }: Emulator): void {
  for (const { close } of ports.values()) close();
  ports.clear();
}
