import { isArmError } from '../armError';
import { idKey } from '../armId';
import { hasTrait } from '../errors/errorCatalogue';
import { hasCode } from '../errors/errorCode';
import type { Azure } from '../ports';
import { findServerKey, serverKeyRequest, type Creation } from './creation';
import { isUnknown, type CreationOutcome, type Result } from './creationReport';
import { replicasFirst } from './replicaOrder';

/** The result for a server key that is on its server. */
export type Registered = Extract<Result, { readonly kind: 'created' | 'found' }>;

/** A failed creation. */
export interface Failed {
  readonly creation: Creation;
  readonly error: unknown;
}

/** A server key that was created or not started, or a failure that is not diagnosed yet. */
export type Attempt = CreationOutcome | Failed;

/** Maximum servers to process at once. Azure SQL runs one operation on a server at a time. */
export const parallelServers = 4;

export const hasServerKey = (attempt: Attempt): boolean => 'result' in attempt && 'serverKey' in attempt.result;

/** The attempts before a run. */
export const notYetCreated = (creations: readonly Creation[]): CreationOutcome[] =>
  creations.map((creation) => {
    const { existing } = creation;
    return { creation, result: existing ? { kind: 'found', serverKey: existing } : { kind: 'notStarted' } };
  });

/** Creates the server key, or finds the one with this key identifier if the server already has it. */
export async function createOrFind({ serverKeys }: Pick<Azure, 'serverKeys'>, creation: Creation): Promise<Registered> {
  const { server, key, existing } = creation;
  if (existing) return { kind: 'found', serverKey: existing };
  try {
    return { kind: 'created', serverKey: await serverKeys.create(server, serverKeyRequest(creation)) };
  } catch (error) {
    // If the server key can't be read, the refusal still says that it is there.
    const found = isThereAlready(error) ? findServerKey(await serverKeys.list(server).catch(() => []), key) : undefined;
    if (found) return { kind: 'found', serverKey: found };
    throw error;
  }
}

const isThereAlready = (error: unknown): boolean => isArmError(error) && hasTrait(error.code, 'alreadyThere');

/** How to create the server keys of a run. */
export interface CreationRun {
  /** Creates one server key, or only reads whether it exists if the result of an earlier attempt is not known. */
  readonly create: (creation: Creation, isCheck: boolean) => Promise<Registered>;
  /** When aborted, no others are started. */
  readonly signal: AbortSignal;
  readonly report: (done: number, total: number) => void;
}

/**
 * Creates the server keys that don't exist yet: several servers at a time, replicas before the servers that they replicate, the keys
 * of a server in sequence. A failure doesn't stop the others.
 */
export async function createAll(
  before: readonly Attempt[],
  { create, signal, report }: CreationRun,
): Promise<readonly Attempt[]> {
  const attempts = [...before];
  const missing = [...attempts.entries()].filter(([, attempt]) => !hasServerKey(attempt));
  let done = 0;
  report(done, missing.length);
  const createOn = async ({ entries }: Work): Promise<void> => {
    for (const [i, attempt] of entries) {
      if (signal.aborted) return;
      attempts[i] = await tried(attempt, create);
      report(++done, missing.length);
    }
  };
  const servers = replicasFirst(byServer(missing)).values();
  const runs = new Map<Work, Promise<void>>();
  const takeServers = async (): Promise<void> => {
    for (const { work, after } of servers) {
      // It waits only for work that was taken earlier.
      const run = Promise.all(after.flatMap((one) => runs.get(one) ?? [])).then(() => createOn(work));
      runs.set(work, run);
      await run;
    }
  };
  // All take from the same iterator.
  await Promise.all(Array.from({ length: parallelServers }, takeServers));
  return attempts;
}

/** The server keys to create on one server, with their places in the run. */
interface Work {
  readonly server: string;
  readonly replicas: readonly string[];
  readonly entries: readonly (readonly [number, Attempt])[];
}

function byServer(entries: readonly (readonly [number, Attempt])[]): readonly Work[] {
  const works = new Map<string, Work>();
  for (const entry of entries) {
    const { server, replicas = [] } = entry[1].creation;
    const before = works.get(idKey(server.id))?.entries ?? [];
    const work = { server: server.name, replicas: replicas.map(({ name }) => name), entries: [...before, entry] };
    works.set(idKey(server.id), work);
  }
  return [...works.values()];
}

async function tried(before: Attempt, create: CreationRun['create']): Promise<Attempt> {
  const { creation } = before;
  try {
    const isCheck = 'result' in before && isUnknown(before.result);
    return { creation, result: await create(creation, isCheck) };
  } catch (error) {
    const isSent = !isArmError(error) || !hasCode(error, 'StoppedBeforeSending');
    return isSent ? { creation, error } : { creation, result: { kind: 'notStarted' } };
  }
}
