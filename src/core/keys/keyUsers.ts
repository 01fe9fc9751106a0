import { idKey } from '../armId';
import type { ServerKey, SqlServer } from '../model';

/** The servers that use a key or a vault, as far as is known. */
export interface Users {
  /** The key or the vault, without a scheme: "kv-orders.vault.azure.net/tde-orders" */
  readonly id: string;
  readonly vault: string;
  /** The name of the key; absent for a vault. */
  readonly key?: string;
  /** The key identifiers that the servers have. */
  readonly identifiers: readonly string[];
  readonly servers: readonly SqlServer[];
}

/** Server keys that have been read. */
interface ReadKeys {
  readonly server: SqlServer;
  readonly keys: readonly Pick<ServerKey, 'uri'>[];
}

/**
 * Which servers use which key and which vault: by the TDE protectors that the list of servers shows, and by the server keys
 * that have been read. Sorted by name.
 */
export function usersOf(servers: readonly SqlServer[], read: readonly ReadKeys[]): readonly Users[] {
  const known = [
    ...servers.map((server) => ({ server, uri: protectorOf(server) })),
    ...read.flatMap(({ server, keys }) => keys.map(({ uri }) => ({ server, uri }))),
  ];
  const users = new Map<string, Users>();
  for (const { server, uri = '' } of known) {
    const [, host, key] = /^https:\/\/([^/]+)\/keys\/([^/]+)/i.exec(uri) ?? [];
    if (host === undefined || key === undefined) continue;
    const [vault = ''] = host.split('.');
    add(users, { id: host, vault, identifiers: [], servers: [server] });
    add(users, { id: `${host}/${key}`, vault, key, identifiers: [uri], servers: [server] });
  }
  return [...users.values()].sort((a, b) => a.id.localeCompare(b.id));
}

const protectorOf = ({ listedProtector }: SqlServer): string | undefined =>
  listedProtector?.type === 'customerManaged' ? listedProtector.uri : undefined;

function add(users: Map<string, Users>, added: Users): void {
  const id = idKey(added.id);
  const before = users.get(id) ?? added;
  const isNew = ({ id: server }: SqlServer) => !before.servers.some((one) => idKey(one.id) === idKey(server));
  users.set(id, {
    ...before,
    identifiers: [...new Set([...before.identifiers, ...added.identifiers])],
    servers: before === added ? before.servers : [...before.servers, ...added.servers.filter(isNew)],
  });
}
