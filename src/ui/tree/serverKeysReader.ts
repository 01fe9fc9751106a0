import { idKey, sameId } from '../../core/armId';
import type { Diagnosis } from '../../core/errors/diagnose';
import { isSameKey } from '../../core/keys/sameKey';
import type { ServerKey, SqlServer, TdeProtector } from '../../core/model';
import type { Azure } from '../../core/ports';
import { remembered, type Remembered } from '../../core/remembered';
import type { ServerKeyNode } from './nodes';
import type { KeyUse } from './tooltip';

/** The keys and protector of a server. Each can fail separately, and the view shows the other. */
export interface ServerKeys {
  readonly server: SqlServer;
  readonly keys: readonly ServerKey[];
  readonly protector: TdeProtector | undefined;
  /** The failure to list the keys comes before the failure to read the protector. */
  readonly failures: readonly Diagnosis[];
  readonly asOf: Date;
  /** Whether something of an earlier read is kept, because a later one failed. */
  readonly isKept: boolean;
}

/** A read now; a part that failed is undefined. */
interface ReadNow extends Pick<ServerKeys, 'server' | 'protector' | 'failures'> {
  readonly keys: readonly ServerKey[] | undefined;
}

const reasonOf = (result: PromiseSettledResult<unknown>): readonly unknown[] =>
  result.status === 'rejected' ? [result.reason] : [];

const valueOf = <T>(result: PromiseSettledResult<T>): T | undefined =>
  result.status === 'fulfilled' ? result.value : undefined;

/** Reads the keys and the TDE protector of servers, and remembers them until they are forgotten. */
export class ServerKeysReader {
  readonly #remembered = new Map<string, Remembered<ServerKeys>>();
  readonly #protectors = new Map<string, Remembered<TdeProtector>>();
  /** Everything read since the last `forgetAll`, to find the servers that share a key. */
  readonly #read = new Map<string, ServerKeys>();
  /** What was read before, to keep it if a read fails. */
  readonly #before = new Map<string, ServerKeys>();

  constructor(
    private readonly azure: Remembered<Azure>,
    private readonly logFailure: (error: unknown) => Promise<Diagnosis>,
  ) {}

  /** Everything read since the last `forgetAll`. */
  get all(): readonly ServerKeys[] {
    return [...this.#read.values()];
  }

  get(server: SqlServer): Promise<ServerKeys> {
    return this.#of(server).get();
  }

  /** The TDE protector alone, which is read once, also for `get`. */
  protector(server: SqlServer): Promise<TdeProtector> {
    const id = idKey(server.id);
    const protector =
      this.#protectors.get(id) ??
      remembered(async (signal) => (await this.azure.get()).tdeProtectors.get(server, signal));
    this.#protectors.set(id, protector);
    return protector.get();
  }

  forget(server: SqlServer): void {
    this.#protectors.get(idKey(server.id))?.forget();
    this.#of(server).forget();
  }

  /** @param keep whether a server keeps its keys if they can't be read again */
  forgetAll(keep: boolean): void {
    for (const one of [...this.#protectors.values(), ...this.#remembered.values()]) one.forget();
    this.#read.clear();
    if (!keep) this.#before.clear();
  }

  /** Where a key is used. Other servers are those read so far. */
  async useOf({ key, parent: { server } }: ServerKeyNode): Promise<KeyUse> {
    const azure = await this.azure.get();
    const databases = await azure.sqlServers.listDatabases(server).catch(async (error: unknown) => {
      await this.logFailure(error);
      return undefined;
    });
    return { databases, otherServers: this.#othersWith(key, server) };
  }

  #othersWith(key: ServerKey, server: SqlServer): readonly string[] {
    return [...this.#read.values()]
      .filter((other) => !sameId(other.server.id, server.id) && other.keys.some((one) => isSameKey(one, key)))
      .map((other) => other.server.name);
  }

  #of(server: SqlServer): Remembered<ServerKeys> {
    const id = idKey(server.id);
    const keys = this.#remembered.get(id) ?? remembered((signal) => this.#load(server, signal));
    this.#remembered.set(id, keys);
    return keys;
  }

  async #load(server: SqlServer, signal: AbortSignal): Promise<ServerKeys> {
    const connecting = this.azure.get();
    const [keys, protector] = await Promise.allSettled([
      connecting.then((azure) => azure.serverKeys.list(server, signal)),
      this.protector(server),
    ]);
    signal.throwIfAborted();
    const failures: Diagnosis[] = [];
    // Without a connection both reads fail with the same error.
    for (const reason of new Set([...reasonOf(keys), ...reasonOf(protector)])) {
      failures.push(await this.logFailure(reason));
    }
    signal.throwIfAborted();
    return this.#kept({ server, keys: valueOf(keys), protector: valueOf(protector), failures });
  }

  /** Remembers what it reads. After a temporary failure, it keeps the values of the last read. */
  #kept({ server, failures, ...now }: ReadNow): ServerKeys {
    const id = idKey(server.id);
    const isTemporary = failures.every(({ retryMode }) => retryMode === 'auto');
    const before = failures.length > 0 && isTemporary ? this.#before.get(id) : undefined;
    const read = {
      server,
      keys: now.keys ?? before?.keys ?? [],
      protector: now.protector ?? before?.protector,
      failures,
      asOf: before?.asOf ?? new Date(),
      isKept: before !== undefined,
    };
    this.#read.set(id, read);
    if (before !== undefined || failures.length === 0) this.#before.set(id, read);
    return read;
  }
}
