import { AsyncLocalStorage } from 'node:async_hooks';
import { isArmError } from '../../src/core/armError';
import { hasTrait } from '../../src/core/errors/errorCatalogue';
import type { Azure } from '../../src/core/ports';
import type { LoggedRequest } from '../emulator/base/emulator';
import type { Fault } from '../emulator/base/faults';
import { seededRandom } from '../emulator/base/random';
import type { State } from '../emulator/base/state';
import type { Place } from './estate';
import { faultKinds, type FaultKind } from './faults';
import type { Ending, Operation, Part } from './operation';
import { operations } from './operations';

/** An operation during which a fault happens. Its seed determines everything. */
export interface Run {
  readonly seed: number;
  readonly operation: Operation;
  readonly kind: FaultKind;
  /** The number of requests before the first that fails, and the number that fail (undefined: all). */
  readonly skip: number;
  readonly times?: number;
  /** When the user cancels, in milliseconds. */
  readonly cancelAfter?: number;
}

/** Whether the operation sends requests that the fault hits. */
const applies = ({ change }: Operation, { hits }: FaultKind): boolean =>
  hits === 'any' || (hits === 'change' ? change !== undefined : change?.polled === true);

const matrix = operations.flatMap((operation) =>
  faultKinds.filter((kind) => applies(operation, kind)).map((kind) => ({ operation, kind })),
);

/** The number of pairs of an operation and a fault. Consecutive seeds cover them all. */
export const matrixSize = matrix.length;

export function runOf(seed: number): Run {
  const pair = matrix[seed % matrix.length];
  if (!pair) throw new Error(`No run for ${seed}`);
  const random = seededRandom(seed);
  const [skips, once, cancels, wait] = [random(), random(), random(), random()];
  return {
    seed,
    ...pair,
    skip: Math.floor(skips * pair.operation.parts.length * (pair.kind.hits === 'any' ? 4 : 1)),
    ...(once < 0.5 && { times: 1 }),
    ...(cancels < 0.2 && { cancelAfter: Math.floor(wait * 300) }),
  };
}

/** The requests with which a run finds its subscription. Faults spare them unless the run is about them. */
const preparation = '^/(tenants|subscriptions)$';

/** The fault for the emulator. */
export function faultOf({ operation, kind: { hits, fault }, skip, times }: Run, { caller }: Place): Fault {
  const others = operation.name === 'list subscriptions' ? '.' : `^(?!${preparation.slice(1)})`;
  const polls = hits === 'poll' && fault.when !== 'poll';
  return {
    ...fault,
    match: {
      caller: caller.objectId,
      path: polls ? 'AsyncOperation|OperationResults' : others,
      ...(hits === 'change' && operation.change && { method: operation.change.method }),
    },
    skip,
    ...(times !== undefined && { times, connections: times }),
  };
}

/** Whether the run needs a separate port, because its fault hits all connections to a port. */
export const needsPort = ({ kind }: Run): boolean => kind.fault.behavior === 'tls';

/** Whether the run waits most of its time: for a time limit, or because an answer asks it to. */
export function mostlyWaits({ kind: { fault } }: Run): boolean {
  const { behavior = '', retryAfter, change } = fault;
  return endless.has(behavior) || Number(retryAfter) < 60 || typeof change?.status === 'string';
}

const endless = new Set(['hang', 'drip', 'gzipStall', 'gzipDrip']);

/** A cancelled run may take a second, any other run this long. Both leave time for a busy machine. */
const limits = { cancelledMs: 1000, othersMs: 60_000 };

/** The signal of the run in the asynchronous context. */
export const work = new AsyncLocalStorage<AbortSignal>();

/** Runs the operation. Cancels it after its limit if it doesn't end. */
export async function perform(
  { operation, cancelAfter }: Pick<Run, 'operation' | 'cancelAfter'>,
  azure: Azure,
  place: Place,
  { cancelledMs, othersMs } = limits,
): Promise<readonly Ending[]> {
  const abort = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const after = (ms: number, act: () => void): void => {
    timers.push(setTimeout(act, ms));
  };
  const unended = new Promise<readonly Ending[]>((resolve) => {
    const giveUp = (why: string): void => {
      abort.abort();
      resolve(operation.parts.map(() => ({ unended: why })));
    };
    if (cancelAfter === undefined) {
      after(othersMs, () => {
        giveUp(`still waiting after ${othersMs / 1000} s`);
      });
    } else {
      after(cancelAfter, () => {
        abort.abort();
        after(operation.change?.reportsLater ? othersMs : cancelledMs, () => {
          giveUp('still waiting after it was cancelled');
        });
      });
    }
  });
  const ended = work
    .run(abort.signal, () => operation.run(azure, place, abort.signal))
    .catch((failure: unknown) => operation.parts.map((): Ending => ({ failure })));
  const endings = await Promise.race([ended, unended]);
  timers.forEach(clearTimeout);
  return endings;
}

/** Everything that the emulator knows after a run. */
export interface Evidence {
  readonly state: State;
  readonly requests: readonly LoggedRequest[];
}

/** The invariants that a run breaks, each as a sentence. */
export function judge(run: Run, place: Place, endings: readonly Ending[], evidence: Evidence): string[] {
  const { parts } = run.operation;
  return parts.flatMap((part, i) => {
    const broken = judgePart(run, place, part, endings[i] ?? { unended: 'not reported' }, evidence);
    return parts.length === 1 ? broken : broken.map((sentence) => `${part.name}: ${sentence}`);
  });
}

function judgePart(run: Run, place: Place, part: Part, ending: Ending, { state, requests }: Evidence): string[] {
  const { change, parts } = run.operation;
  const broken: string[] = [];
  const writes = requests.filter(
    (one) => one.carriedOut && one.method === change?.method && (part.sends?.(one, place) ?? true),
  ).length;
  if (writes > 1) broken.push(`Azure carried out ${writes} writes`);
  if ('unended' in ending) broken.push(ending.unended);
  if ('told' in ending) {
    const { told, wasThere = false } = ending;
    const shown = truthIn(part, state, place);
    const mayBeGone = change === undefined || parts.length > 1;
    if (!(shown === gone && mayBeGone) && JSON.stringify(told) !== JSON.stringify(shown)) {
      broken.push(`told ${JSON.stringify(told)}, but the state shows ${JSON.stringify(shown)}`);
    }
    if (wasThere && writes > 0) broken.push('told that it was there before, but Azure carried out a write');
  }
  if ('notStarted' in ending) broken.push(...judgeRest(run, writes, isDone(part, state, place)));
  if ('failure' in ending) broken.push(...judgeFailure(run, ending.failure, isDone(part, state, place)));
  return broken;
}

function judgeRest({ cancelAfter }: Run, writes: number, done: boolean): string[] {
  return [
    ...(cancelAfter === undefined ? ['told that it was not started, but nobody cancelled the run'] : []),
    ...(writes > 0 || done ? ['told that it was not started, but it was'] : []),
  ];
}

function judgeFailure({ cancelAfter }: Run, failure: unknown, done: boolean): string[] {
  if (failure instanceof Error && failure.name === 'AbortError') {
    return cancelAfter === undefined ? ['told that it was cancelled, but nobody cancelled it'] : [];
  }
  if (!isArmError(failure)) return [`failed with ${String(failure)}, not with an ArmError`];
  const text = `${failure.code} "${failure.message.slice(0, 100)}"`;
  if (failure.code === 'UnexpectedError') return [`told that the extension has a mistake: ${text}`];
  const mayBeThere = failure.code === 'OutcomeUnknown' || hasTrait(failure.code, 'alreadyThere');
  return done && !mayBeThere ? [`told ${text}, but the change is there`] : [];
}

/** What the state shows of a resource that has vanished. A read, or an earlier part of a run, may have seen it before. */
const gone = Symbol('gone');

function truthIn({ truth }: Part, state: State, place: Place): unknown {
  try {
    return truth(state, place);
  } catch {
    return gone;
  }
}

function isDone({ done }: Part, state: State, place: Place): boolean {
  try {
    return done?.(state, place) ?? false;
  } catch {
    return false;
  }
}

export const describeRun = ({ seed, operation, kind, skip, times, cancelAfter }: Run): string =>
  `CHAOS_SEED=${seed}: ${operation.name} × ${kind.name} (after ${skip} requests, ${times ?? 'all'}` +
  `${cancelAfter === undefined ? '' : `, cancelled after ${cancelAfter} ms`})`;
