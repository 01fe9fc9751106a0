import { randomBytes } from 'node:crypto';
import type { Fault } from './faults';
import type { EmulatorOptions } from './options';
import type { Operation } from '../arm/operations';
import type { LoggedRequest } from '../requestLog';
import type { State } from './state';

/** Everything that one running emulator holds. */
export interface Emulator {
  state: State;
  /** What POST /emulator/reset goes back to. */
  seed: () => State;
  options: EmulatorOptions;
  /** The options at the start, to which a reset goes back too. */
  readonly initialOptions: EmulatorOptions;
  operations: Operation[];
  faults: Fault[];
  requests: LoggedRequest[];
  /** Times of the last Resource Graph queries, for its quota. */
  graphQueries: number[];
  /** Signs the tokens of this process. */
  readonly secret: Buffer;
  /** https://localhost:PORT, known once the server listens. */
  armUrl: string;
  /** Called after anything that may have changed the state. */
  saveState: () => void;
}

export const createEmulator = (seed: () => State, options: EmulatorOptions): Emulator => ({
  state: seed(),
  seed,
  options: { ...options },
  initialOptions: options,
  operations: [],
  faults: [],
  requests: [],
  graphQueries: [],
  secret: randomBytes(32),
  armUrl: '',
  saveState: () => undefined,
});

export function reset(emulator: Emulator, seed = emulator.seed): void {
  emulator.state = seed();
  emulator.options = { ...emulator.initialOptions };
  emulator.operations = [];
  emulator.faults = [];
  emulator.requests = [];
  emulator.graphQueries = [];
}
