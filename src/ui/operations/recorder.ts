import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { databaseId } from '../../core/armId';
import { serverOf, type Change } from '../../core/operations/change';
import { endedWith, isDue, newsCount, unwatched, type Entry, type Journal } from '../../core/operations/entry';
import type { Azure } from '../../core/ports';
import type { WaitingWork } from '../waits';
import { nextTurn, waitForOwnTurn, type Pause } from './turn';

/** Enters changes in the journal. */
export interface Recorder {
  /** Azure, with methods that enter each change before its request leaves, and again when it has ended. */
  readonly recorded: (azure: Azure) => Azure;
  /** Enters the address of the operation for the change that is being made in this asynchronous context. */
  readonly onAccepted: (url: string) => void;
}

/** What the recorder tells the extension, and asks it. */
export interface RecorderHost {
  /** Told the first time that an entry can't be saved. The change is made nevertheless, because it may protect data. */
  readonly onUnsaved: (error: unknown) => void;
  /** The work of the asynchronous context. */
  readonly work?: () => WaitingWork | undefined;
  /** Waits until it is time to look into the journal again. */
  readonly pause?: Pause;
}

/** @param cloud the address of its Resource Manager */
export function createRecorder(journal: Journal, cloud: string, host: RecorderHost): Recorder {
  let isTold = false;
  const tellOnce = (error: unknown): void => {
    if (!isTold) host.onUnsaved(error);
    isTold = true;
  };
  const running = new AsyncLocalStorage<Save>();

  const record: Recording = async (change, make) => {
    const isOnServer = serverOf(change) !== undefined;
    const work = host.work?.();
    const entry = { ...newEntry(journal, change, cloud), ...(isOnServer && { turn: 0 }) };
    const save = await enter(journal, entry, work?.signal, tellOnce);
    try {
      if (isOnServer) {
        const turn = await nextTurn(journal, entry);
        await waitForOwnTurn(journal, await save((before) => ({ ...before, turn })), work, host.pause);
      }
      const result = await running.run(save, make);
      await save((before) => endedWith(before, undefined, Date.now()));
      return result;
    } catch (error) {
      await save((before) => endedWith(before, error, Date.now()));
      throw error;
    }
  };

  return {
    recorded: (azure) => recordedWrites(azure, record),
    onAccepted(url) {
      void running.getStore()?.((entry) => ({ ...entry, state: 'accepted', url }));
    },
  };
}

/** What earlier windows have left: how many ends the user doesn't know, and whether more have to be found out. */
export async function leftOver(journal: Journal, cloud: string): Promise<{ news: number; isDue: boolean }> {
  const known = await journal.list();
  return { news: newsCount(known), isDue: known.some((one) => isDue(one, cloud, Date.now())) };
}

/** Changes an entry as it was saved last, and saves it. */
type Save = (changes: (before: Entry) => Entry) => Promise<Entry>;

/**
 * Enters a change. The entry is then saved one time after another.
 * @param stopped aborted when the user stops waiting for the end, which the entry then says
 */
export async function enter(
  journal: Journal,
  first: Entry,
  stopped: AbortSignal | undefined,
  onUnsaved: (error: unknown) => void,
): Promise<Save> {
  await journal.save(first).catch(onUnsaved);
  let last = Promise.resolve(first);
  const save: Save = (changes) => {
    last = last.then(async (before) => {
      const entry = changes(before);
      if (entry !== before) await journal.save(entry).catch(onUnsaved);
      return entry;
    });
    return last;
  };
  stopped?.addEventListener('abort', () => void save(unwatched));
  return save;
}

/** An entry for a change that this window is about to make. */
export function newEntry({ owner, run }: Journal, change: Change, cloud: string): Entry {
  const started = Date.now();
  const id = randomUUID();
  return { version: 1, id, change, cloud, owner, started, state: 'sent', ...(run !== undefined && { run }) };
}

type Recording = <T>(change: Change, make: () => Promise<T>) => Promise<T>;

function recordedWrites(azure: Azure, record: Recording): Azure {
  const { sqlServers, serverKeys, tdeProtectors, databaseKeys, keyVaults, access, resourceProviders } = azure;
  return {
    ...azure,
    sqlServers: { ...sqlServers, ...recordedServerWrites(sqlServers, record) },
    resourceProviders: {
      ...resourceProviders,
      register: (subscriptionId, namespace, signal) => {
        const resource = `/subscriptions/${subscriptionId}/providers/${namespace}`;
        return record({ kind: 'registerProvider', resource }, () =>
          resourceProviders.register(subscriptionId, namespace, signal),
        );
      },
    },
    serverKeys: {
      ...serverKeys,
      create: (server, request, signal) => {
        const resource = `${server.id}/keys/${request.name}`;
        const change = { kind: 'createServerKey', resource, keyIdentifier: request.properties.uri } as const;
        return record(change, () => serverKeys.create(server, request, signal));
      },
      delete: (server, key, signal) =>
        record({ kind: 'deleteServerKey', resource: key.id }, () => serverKeys.delete(server, key, signal)),
    },
    tdeProtectors: { ...tdeProtectors, ...recordedProtectorWrites(tdeProtectors, record) },
    databaseKeys: { ...databaseKeys, ...recordedDatabaseWrites(databaseKeys, record) },
    keyVaults: { ...keyVaults, ...recordedVaultWrites(keyVaults, record) },
    access: {
      ...access,
      grantRole: (principalId, roleId, resource, signal) =>
        record({ kind: 'grantRole', resource, principalId, roleId }, () =>
          access.grantRole(principalId, roleId, resource, signal),
        ),
    },
  };
}

function recordedServerWrites(servers: Azure['sqlServers'], record: Recording): Partial<Azure['sqlServers']> {
  return {
    assignIdentity: (server, signal) =>
      record({ kind: 'assignIdentity', resource: server.id }, () => servers.assignIdentity(server, signal)),
    setPrimaryIdentity: (server, identityId, signal) =>
      record({ kind: 'setPrimaryIdentity', resource: server.id, identityId }, () =>
        servers.setPrimaryIdentity(server, identityId, signal),
      ),
  };
}

function recordedProtectorWrites(
  protectors: Azure['tdeProtectors'],
  record: Recording,
): Partial<Azure['tdeProtectors']> {
  return {
    set: (server, key, autoRotation, signal) =>
      record({ kind: 'setProtector', resource: key.id, autoRotation }, () =>
        protectors.set(server, key, autoRotation, signal),
      ),
    revalidate: (server, signal) =>
      record({ kind: 'revalidateProtector', resource: server.id }, () => protectors.revalidate(server, signal)),
  };
}

function recordedDatabaseWrites(keys: Azure['databaseKeys'], record: Recording): Partial<Azure['databaseKeys']> {
  return {
    assignIdentity: (server, database, identityId, signal) =>
      record({ kind: 'assignDatabaseIdentity', resource: databaseId(server, database), identityId }, () =>
        keys.assignIdentity(server, database, identityId, signal),
      ),
    add: (server, database, keyIdentifier, signal) =>
      record({ kind: 'addDatabaseKey', resource: databaseId(server, database), keyIdentifier }, () =>
        keys.add(server, database, keyIdentifier, signal),
      ),
    setProtector: (server, database, protector, signal) => {
      const { uri: keyIdentifier, autoRotation } = protector;
      const resource = databaseId(server, database);
      return record({ kind: 'setDatabaseProtector', resource, keyIdentifier, autoRotation }, () =>
        keys.setProtector(server, database, protector, signal),
      );
    },
    revalidate: (server, database, signal) =>
      record({ kind: 'revalidateDatabase', resource: databaseId(server, database) }, () =>
        keys.revalidate(server, database, signal),
      ),
    revert: (server, database, signal) =>
      record({ kind: 'revertDatabase', resource: databaseId(server, database) }, () =>
        keys.revert(server, database, signal),
      ),
  };
}

function recordedVaultWrites(vaults: Azure['keyVaults'], record: Recording): Partial<Azure['keyVaults']> {
  return {
    createKey: (key, signal) => {
      const { vault, name, lifetime } = key;
      const times = lifetime && { expires: lifetime.expires.getTime(), rotates: lifetime.rotates };
      const change = { kind: 'createKey', resource: `${vault.id}/keys/${name}`, ...times } as const;
      return record(change, () => vaults.createKey(key, signal));
    },
    enablePurgeProtection: (vault, signal) =>
      record({ kind: 'enablePurgeProtection', resource: vault.id }, () => vaults.enablePurgeProtection(vault, signal)),
    allowTrustedServices: (vault, signal) =>
      record({ kind: 'allowTrustedServices', resource: vault.id }, () => vaults.allowTrustedServices(vault, signal)),
    addAccessPolicy: (vault, policy, signal) => {
      const { objectId: principalId, keyPermissions } = policy;
      const change = { kind: 'addAccessPolicy', resource: vault.id, principalId, keyPermissions } as const;
      return record(change, () => vaults.addAccessPolicy(vault, policy, signal));
    },
  };
}
