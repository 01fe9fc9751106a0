import { isDeepStrictEqual } from 'node:util';
import { idKey, isWithin, sameId } from '../../core/armId';
import type { Lock } from '../../core/accessModel';
import type { Azure } from '../../core/ports';
import type { Remembered } from '../../core/remembered';
import { resourceGroupId } from '../../core/resourceGroupId';
import { describeState, type ServerState } from '../../core/serverState/describeState';
import { protectorKeys, type ProtectorKeys } from '../../core/serverState/protectorKey';
import { TaskQueue } from '../../core/taskQueue';
import type { GroupNode, ServerNode } from './nodes';

/** What reading the states needs from the tree. */
export interface StateHost {
  readonly azure: Remembered<Azure>;
  /** The subscriptions in which to look for vaults and databases. */
  readonly subscriptionIds: readonly string[];
  /** Reads the TDE protector of a server, if it hasn't been read yet. */
  readonly readProtector: (node: ServerNode) => Promise<unknown>;
  readonly onChange: (node: ServerNode) => void;
  /** Gets why a state couldn't be read. The row shows what is known. */
  readonly onFailure: (error: unknown) => void;
}

/** How many servers are read at once, and for how many resource groups the locks are read one by one. */
const limits = { parallel: 4, groups: 10 };

/**
 * Reads the state of the servers of one inventory with few requests: the inaccessible databases of all servers in one query, the
 * locks of a subscription in one request, and each key once, however many servers have it as their TDE protector.
 */
export class ServerStates {
  readonly #states = new Map<string, Partial<ServerState>>();
  readonly #queue = new TaskQueue(limits.parallel);
  readonly #locks = new Map<string, Promise<readonly Lock[] | undefined>>();
  /** IDs of the servers that have been read in full. VS Code requests the rows of a server again whenever its own row changes. */
  readonly #read = new Set<string>();
  readonly #end = new AbortController();
  #keys: ProtectorKeys | undefined;

  constructor(private readonly host: StateHost) {}

  /** Stops all reads. */
  dispose(): void {
    this.#queue.clear();
    this.#end.abort();
  }

  /** Reads which databases are inaccessible, and the list of vaults, which the first keys need. */
  async readAll(groups: readonly GroupNode[]): Promise<void> {
    await this.#try(async ({ sqlServers, keyVaults }) => {
      if (groups.some(({ servers }) => servers.some(protectorUri))) this.#keysIn(keyVaults);
      const databases = await sqlServers.listInaccessible(this.host.subscriptionIds, this.#end.signal);
      if (databases.length === 0) return;
      for (const node of groups.flatMap(({ servers }) => servers)) {
        const inaccessible = databases.filter(({ server }) => sameId(server, node.server.id)).map(({ name }) => name);
        if (inaccessible.length > 0) this.#add(node, { inaccessible });
      }
    });
  }

  /** Reads the locks of the servers in a group, and the keys of their TDE protectors. */
  async readGroup({ id, by, servers }: GroupNode): Promise<void> {
    const locks = async (): Promise<void> => {
      if ((await this.#readLocks(id, servers)) || by === 'resourceGroup') return;
      // With roles in resource groups alone, an account can list the locks of each group.
      const groups = [...new Set(servers.map(({ server }) => resourceGroupId(server.id) ?? ''))];
      if (groups.length > limits.groups) return;
      await Promise.all(groups.map((group) => this.#queued(() => this.#readLocks(group, servers))));
    };
    await Promise.all([locks(), this.readKeys(servers)]);
  }

  /** Reads the keys of the TDE protectors. */
  async readKeys(servers: readonly ServerNode[]): Promise<void> {
    await Promise.all(servers.filter(protectorUri).map((node) => this.#queued(() => this.#readKey(node))));
  }

  /** Reads a server in full: also its replication partners and its current inaccessible databases. */
  async readServer(node: ServerNode): Promise<void> {
    const { server } = node;
    if (this.#read.has(idKey(server.id))) return;
    this.#read.add(idKey(server.id));
    const signal = this.#end.signal;
    await Promise.all([
      this.#readKey(node),
      this.#try(async ({ sqlServers }) => {
        this.#add(node, { partners: await sqlServers.listGeoPartners(server, signal) });
      }),
      protectorUri(node) !== undefined &&
        this.#try(async ({ tdeProtectors }) => {
          this.#add(node, { inaccessible: await tdeProtectors.listAllInaccessible(server, signal) });
        }),
    ]);
  }

  /** Takes over which databases are inaccessible, also those that lack a database-level key. */
  setInaccessible(node: ServerNode, inaccessible: readonly string[]): void {
    const before = this.#states.get(idKey(node.server.id))?.inaccessible ?? [];
    if (inaccessible.length + before.length === 0) return;
    this.#add(node, { inaccessible });
  }

  /** Forgets what may have changed outside of the servers: keys, vaults, and locks. */
  forget(): void {
    this.#keys = undefined;
    this.#locks.clear();
    this.#read.clear();
  }

  /** Adds what has been read about a server, and describes its state again. */
  #add(node: ServerNode, more: Partial<ServerState>): void {
    const id = idKey(node.server.id);
    const known = { ...this.#states.get(id), ...more };
    this.#states.set(id, known);
    const protector = typeof node.protector === 'object' ? { protector: node.protector } : {};
    const state = describeState({ server: node.server.name, ...known, ...protector }, new Date());
    if (isDeepStrictEqual(state, node.state)) return;
    node.state = state;
    this.host.onChange(node);
  }

  /** @returns false if the account may not list the locks */
  async #readLocks(scope: string, servers: readonly ServerNode[]): Promise<boolean> {
    const locks = await this.#locksIn(scope);
    for (const node of servers.filter(({ server }) => isWithin(server.id, scope))) {
      const own = locks?.filter((lock) => isWithin(node.server.id, lock.scope)) ?? [];
      if (own.length > 0) this.#add(node, { locks: own });
    }
    return locks !== undefined;
  }

  #locksIn(scope: string): Promise<readonly Lock[] | undefined> {
    const read = async (): Promise<readonly Lock[] | undefined> => {
      let locks: readonly Lock[] | undefined;
      await this.#try(async ({ access }) => {
        locks = await access.listLocksIn(scope, this.#end.signal);
      });
      return locks;
    };
    const locks = this.#locks.get(scope) ?? read();
    this.#locks.set(scope, locks);
    return locks;
  }

  async #readKey(node: ServerNode): Promise<void> {
    const uri = protectorUri(node);
    if (uri === undefined) return;
    await this.#try(async ({ keyVaults }) => {
      const key = await this.#keysIn(keyVaults).read(uri, this.#end.signal);
      // Automatic rotation decides what a newer version means, and the protector may be newer than the list.
      if (key && key !== 'deleted' && !sameId(key.newest.uri, key.version.uri)) await this.host.readProtector(node);
      const now = protectorUri(node);
      if (now !== undefined && !sameId(now, uri)) return this.#readKey(node);
      if (key) this.#add(node, { key });
    });
  }

  #keysIn(keyVaults: Azure['keyVaults']): ProtectorKeys {
    const list = () => keyVaults.list(this.host.subscriptionIds, this.#end.signal).then(({ items }) => items);
    return (this.#keys ??= protectorKeys(keyVaults, list()));
  }

  #queued(task: () => Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      this.#queue.add(() => task().finally(resolve));
    });
  }

  async #try(read: (azure: Azure) => Promise<void>): Promise<void> {
    try {
      await read(await this.host.azure.get());
    } catch (error) {
      if (!this.#end.signal.aborted) this.host.onFailure(error);
    }
  }
}

/** The key identifier of a customer-managed TDE protector, as read, or else as listed. */
function protectorUri({ protector, server: { listedProtector } }: ServerNode): string | undefined {
  if (typeof protector === 'object') return protector.type === 'customerManaged' ? protector.uri : undefined;
  return listedProtector?.type === 'customerManaged' ? listedProtector.uri : undefined;
}
