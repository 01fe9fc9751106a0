import assert from 'node:assert/strict';
import { guidOf } from './emulator/base/ids';
import type { State } from './emulator/base/state';
import { group, subscriptions } from './emulator/seeds/demoNames';

/** The primary and the replica of the demo estate that plans rotate. */
export const [primary, replica] = ['sql-orders-weu', 'sql-orders-neu'] as const;

/** Moves the replica to another subscription. */
export function moveReplica(state: State): void {
  const { id } = state.servers.find(({ name }) => name === replica) ?? assert.fail();
  const moved = `${group(subscriptions.development, 'rg-dev')}/providers/Microsoft.Sql/servers/${replica}`;
  Object.assign(state, JSON.parse(JSON.stringify(state).replaceAll(id, moved)));
}

/** Replicates a database of the primary, without a failover group. */
export function replaceGroupByLink(state: State): void {
  const idOf = (server: string) => state.servers.find(({ name }) => name === server)?.id ?? assert.fail();
  state.failoverGroups = [];
  state.replicationLinks = [
    { name: guidOf('orders'), primary: idOf(primary), secondary: idOf(replica), database: 'orders' },
  ];
}

/** The server and the database with database-level keys, and the server of its replica. */
export const [keyedServer, keyedDatabase, keyedReplica] = ['sql-inventory-weu', 'suppliers', 'sql-dev-neu'] as const;

/** Replicates the database with database-level keys, its keys and its identity too, to a server. */
export function replicateKeyed(state: State, to: string = keyedReplica): void {
  const serverOf = (name: string) => state.servers.find((one) => one.name === name) ?? assert.fail();
  const [from, target] = [serverOf(keyedServer), serverOf(to)];
  const database = from.databases.find(({ name }) => name === keyedDatabase) ?? assert.fail();
  target.databases.push(structuredClone(database));
  state.replicationLinks.push({
    ...{ name: guidOf(keyedDatabase), primary: from.id, secondary: target.id, database: keyedDatabase },
  });
}

/** The changes of databases among the requests to the emulator, in order, as the names of their servers. */
export const databaseChangesIn = (requests: readonly { readonly method: string; readonly path: string }[]): string[] =>
  requests
    .filter(({ method }) => method === 'PATCH')
    .map(({ path }) => path.replace(/^.*\/servers\/([^/]*)\/databases\/.*$/, '$1'));

/** The changes of a rotation that gives both servers a new key, in their order, as `changesIn` names them. */
export const inOrder = [
  `${replica} keys`,
  `${primary} keys`,
  `${replica} encryptionProtector`,
  `${primary} encryptionProtector`,
];

/** The changes among the requests to the emulator, in order: "server keys" and "server encryptionProtector", also of managed instances. */
export const changesIn = (requests: readonly { readonly method: string; readonly path: string }[]): string[] =>
  requests
    .filter(({ method }) => method === 'PUT')
    .map(({ path }) => path.replace(/^.*\/(?:servers|managedInstances)\/([^/]*)\/([^/]*)\/.*$/, '$1 $2'));

/** The vault of the replica, with keys of its own, which both servers may use. */
export const replicaVault = 'kv-orders-neu';

/** Adds the vault of the replica to the demo estate. */
export function addReplicaVault({ vaults, roleAssignments }: State): void {
  const { id, ...vault } = vaults.find(({ name }) => name === 'kv-orders') ?? assert.fail();
  const idOf = (text: string) => text.replace('/vaults/kv-orders', `/vaults/${replicaVault}`);
  const keys = vault.keys.map((key) => ({
    ...key,
    versions: key.versions.map((version) => ({ ...version, thumbprint: version.thumbprint.replace(/^../, '00') })),
  }));
  const uri = `https://${replicaVault}.vault.azure.net`;
  vaults.push({ ...vault, id: idOf(id), name: replicaVault, location: 'northeurope', uri, keys });
  const grants = roleAssignments.filter(({ scope }) => scope.startsWith(id));
  roleAssignments.push(
    ...grants.map((one) => ({ ...one, name: guidOf(`${one.name} ${replicaVault}`), scope: idOf(one.scope) })),
  );
}
