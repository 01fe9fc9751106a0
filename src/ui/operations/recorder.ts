import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Change } from '../../core/operations/change';
import { endedWith, isDue, newsCount, type Entry, type Journal } from '../../core/operations/entry';
import type { Azure } from '../../core/ports';

/** Enters changes in the journal. */
export interface Recorder {
  /** Azure, with methods that enter each change before its request leaves, and again when it has ended. */
  readonly recorded: (azure: Azure) => Azure;
  /** Enters the address of the operation for the change that is being made in this asynchronous context. */
  readonly onAccepted: (url: string) => void;
}

/**
 * @param cloud the address of its Resource Manager
 * @param onUnsaved told the first time that an entry can't be saved; the change is made nevertheless, because it may protect data
 */
export function createRecorder(journal: Journal, cloud: string, onUnsaved: (error: unknown) => void): Recorder {
  let isTold = false;
  const tellOnce = (error: unknown): void => {
    if (!isTold) onUnsaved(error);
    isTold = true;
  };
  const running = new AsyncLocalStorage<{ save: (changed: (entry: Entry) => Entry) => Promise<void> }>();

  const record: Recording = async (change, make) => {
    let entry = newEntry(journal, change, cloud);
    let saved = Promise.resolve();
    const save = (changed: (before: Entry) => Entry): Promise<void> => {
      saved = saved.then(async () => {
        entry = changed(entry);
        await journal.save(entry).catch(tellOnce);
      });
      return saved;
    };
    await save((before) => before);
    try {
      const result = await running.run({ save }, make);
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
      void running.getStore()?.save((entry) => ({ ...entry, state: 'accepted', url }));
    },
  };
}

/** What earlier windows have left: how many ends the user doesn't know, and whether more have to be found out. */
export async function leftOver(journal: Journal, cloud: string): Promise<{ news: number; isDue: boolean }> {
  const known = await journal.list();
  return { news: newsCount(known), isDue: known.some((one) => isDue(one, cloud, Date.now())) };
}

/** An entry for a change that this window is about to make. */
export function newEntry({ owner, run }: Journal, change: Change, cloud: string): Entry {
  const started = Date.now();
  const id = randomUUID();
  return { version: 1, id, change, cloud, owner, started, state: 'sent', ...(run !== undefined && { run }) };
}

type Recording = <T>(change: Change, make: () => Promise<T>) => Promise<T>;

function recordedWrites(azure: Azure, record: Recording): Azure {
  const { sqlServers, serverKeys, keyVaults, access } = azure;
  return {
    ...azure,
    sqlServers: {
      ...sqlServers,
      assignIdentity: (server, signal) =>
        record({ kind: 'assignIdentity', resource: server.id }, () => sqlServers.assignIdentity(server, signal)),
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

function recordedVaultWrites(vaults: Azure['keyVaults'], record: Recording): Partial<Azure['keyVaults']> {
  return {
    createKey: (key, signal) =>
      record({ kind: 'createKey', resource: `${key.vault.id}/keys/${key.name}` }, () => vaults.createKey(key, signal)),
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
