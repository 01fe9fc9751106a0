import { serverKeyRequest } from '../../src/core/creation/creation';
import type { Azure, ByTenant } from '../../src/core/ports';
import { findServer, findVault } from '../contract/demoIds';
import type { Server, State, Vault } from '../emulator/base/state';
import { roles } from '../emulator/seeds/roleDefinitions';
import { createServerKeys } from './createServerKeys';
import { keyIn, newestServerKey, oldServerKey, type Place, toKeyVault, toSqlServer } from './estate';
import type { Operation, Part } from './operation';

/** One method of the ports. */
interface Method {
  readonly name: string;
  /** Resolves to what the extension reports to the user. */
  readonly run: (azure: Azure, place: Place, signal: AbortSignal) => Promise<unknown>;
  readonly truth: Part['truth'];
  readonly change?: Operation['change'] & { readonly done: NonNullable<Part['done']> };
}

/** The operation that calls a method. */
const operationOf = ({ name, run, truth, change }: Method): Operation => ({
  name,
  run: async (...args) => [{ told: await run(...args) }],
  parts: [{ name, truth, ...(change && { done: change.done }) }],
  ...(change && { change }),
});

const names = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name).sort();

/** The names in a list of several tenants, or its failure. */
function namesOf({ items, failures: [failure] }: ByTenant<{ readonly name: string }>): string[] {
  if (failure) throw failure.error;
  return names(items);
}

const serverIn = (state: State, place: Place): Server => findServer(state, place.server.name);
const vaultIn = (state: State, place: Place): Vault => findVault(state, place.vault.name);
const unfitVaultIn = (state: State, place: Place): Vault => findVault(state, place.unfitVault.name);
const versionsOf = (state: State, place: Place) =>
  vaultIn(state, place).keys.find(({ name }) => name === 'tde')?.versions;

const newServerKey = (place: Place) => serverKeyRequest({ key: keyIn(place, 'tde') });

const reads: readonly Method[] = [
  {
    name: 'list subscriptions',
    run: async (azure, _, signal) => namesOf(await azure.subscriptions.list(undefined, signal)),
    truth: ({ subscriptions }, { subscriptionId }) =>
      subscriptions.filter((s) => s.subscriptionId === subscriptionId).map(({ displayName }) => displayName),
  },
  {
    name: 'list SQL servers',
    run: async (azure, place, signal) => namesOf(await azure.sqlServers.list([place.subscriptionId], signal)),
    truth: ({ servers }, place) => names(servers.filter(({ id }) => id.includes(place.subscriptionId))),
  },
  {
    name: 'find SQL server',
    run: async (azure, place, signal) =>
      (await azure.sqlServers.find(place.server.name, [place.subscriptionId], signal))?.name,
    truth: (state, place) => state.servers.find(({ name }) => name === place.server.name)?.name,
  },
  {
    name: 'read SQL server',
    run: async (azure, place, signal) =>
      (await azure.sqlServers.get(toSqlServer(place.server), signal)).identity.systemAssigned?.principalId,
    truth: (state, place) => serverIn(state, place).principalId,
  },
  {
    name: 'list databases',
    run: (azure, place, signal) => azure.sqlServers.listDatabases(toSqlServer(place.server), signal),
    truth: (state, place) => names(serverIn(state, place).databases),
  },
  {
    name: 'list server keys',
    run: async (azure, place, signal) => names(await azure.serverKeys.list(toSqlServer(place.server), signal)),
    truth: (state, place) => [...names(serverIn(state, place).keys), 'ServiceManaged'].sort(),
  },
  {
    name: 'read TDE protector',
    run: async (azure, place, signal) =>
      (await azure.tdeProtectors.get(toSqlServer(place.server), signal)).serverKeyName,
    truth: (state, place) => serverIn(state, place).protector.serverKeyName,
  },
  {
    name: 'list key vaults',
    run: async (azure, place, signal) => namesOf(await azure.keyVaults.list([place.subscriptionId], signal)),
    truth: ({ vaults }, place) => names(vaults.filter(({ id }) => id.includes(place.subscriptionId))),
  },
  {
    name: 'list keys',
    run: async (azure, place, signal) =>
      (await azure.keyVaults.listKeys(toKeyVault(place.vault), signal)).map(({ uri }) => uri),
    truth: (state, place) => {
      const { keys, uri } = vaultIn(state, place);
      return names(keys).map((name) => `${uri}/keys/${name}`);
    },
  },
  {
    name: 'list key versions',
    run: async (azure, place, signal) =>
      (await azure.keyVaults.listVersions(toKeyVault(place.vault), 'tde', signal)).map(({ uri }) => uri),
    truth: (state, place) =>
      versionsOf(state, place)
        ?.map(({ version }) => `${place.vault.uri}/keys/tde/${version}`)
        .reverse(),
  },
  {
    name: 'read key vault',
    run: async (azure, place, signal) => {
      const { permissionModel, purgeProtection } = await azure.keyVaults.getSettings(toKeyVault(place.vault), signal);
      return { permissionModel, purgeProtection };
    },
    truth: (state, place) => ({ permissionModel: 'roles', purgeProtection: vaultIn(state, place).purgeProtection }),
  },
  {
    name: 'list roles',
    run: async (azure, place, signal) =>
      (await azure.access.listRoles(place.server.principalId ?? '', place.vault.id, signal)).map(
        ({ roleId }) => roleId,
      ),
    truth: ({ roleAssignments }, place) =>
      roleAssignments.filter((a) => a.principalId === place.server.principalId).map(({ roleId }) => roleId),
  },
  {
    name: 'list permissions',
    run: (azure, place, signal) => azure.access.listPermissions(place.vault.id, signal),
    truth: () => [{ actions: ['*'], notActions: [] }],
  },
];

/** A change that reports success without a result. */
const silent = (
  name: string,
  run: (azure: Azure, place: Place, signal: AbortSignal) => Promise<unknown>,
  change: NonNullable<Method['change']>,
): Method => ({
  name,
  run: async (...args) => {
    await run(...args);
    return true;
  },
  truth: change.done,
  change,
});

const newPolicy = (place: Place) => ({
  tenantId: place.unfitVault.tenantId,
  objectId: place.server.principalId ?? '',
  keyPermissions: ['get', 'wrapKey', 'unwrapKey'],
});

const changes: readonly Method[] = [
  {
    name: 'create server key',
    run: async (azure, place, signal) =>
      (await azure.serverKeys.create(toSqlServer(place.server), newServerKey(place), signal)).name,
    truth: (state, place) => names(serverIn(state, place).keys).find((name) => name === newServerKey(place).name),
    change: {
      method: 'PUT',
      polled: true,
      done: (state, place) => serverIn(state, place).keys.some(({ name }) => name === newServerKey(place).name),
    },
  },
  silent(
    'delete server key',
    (azure, place, signal) => azure.serverKeys.delete(toSqlServer(place.server), oldServerKey(place), signal),
    {
      method: 'DELETE',
      polled: true,
      done: (state, place) => serverIn(state, place).keys.every(({ name }) => name !== oldServerKey(place).name),
    },
  ),
  {
    name: 'set TDE protector',
    run: async (azure, place, signal) => {
      const protector = await azure.tdeProtectors.set(
        toSqlServer(place.secondServer),
        newestServerKey(place),
        true,
        signal,
      );
      return [protector.uri, protector.autoRotation];
    },
    truth: (state, place) => {
      const { protector, keys } = findServer(state, place.secondServer.name);
      return [keys.find(({ name }) => name === protector.serverKeyName)?.uri, protector.autoRotationEnabled];
    },
    change: {
      method: 'PUT',
      polled: true,
      done: (state, place) =>
        findServer(state, place.secondServer.name).protector.serverKeyName === newestServerKey(place).name,
    },
  },
  silent(
    'revalidate TDE protector',
    (azure, place, signal) => azure.tdeProtectors.revalidate(toSqlServer(place.inaccessibleServer), signal),
    {
      method: 'POST',
      polled: true,
      done: (state, place) =>
        findServer(state, place.inaccessibleServer.name).databases.every(({ status }) => status === 'Online'),
    },
  ),
  {
    name: 'create key',
    run: async (azure, place, signal) => {
      const key = { vault: toKeyVault(place.vault), name: 'new', keyType: 'RSA', keySize: 3072 } as const;
      return (await azure.keyVaults.createKey(key, signal)).uri;
    },
    truth: (state, place) => {
      const version = vaultIn(state, place).keys.find(({ name }) => name === 'new')?.versions[0];
      return version && `${place.vault.uri}/keys/new/${version.version}`;
    },
    change: { method: 'PUT', done: (state, place) => vaultIn(state, place).keys.some(({ name }) => name === 'new') },
  },
  {
    name: 'assign identity',
    run: async (azure, place, signal) =>
      (await azure.sqlServers.assignIdentity(toSqlServer(place.serverWithoutIdentity), signal)).identity.systemAssigned
        ?.principalId,
    truth: (state, place) => findServer(state, place.serverWithoutIdentity.name).principalId,
    change: {
      method: 'PATCH',
      polled: true,
      done: (state, place) => findServer(state, place.serverWithoutIdentity.name).principalId !== undefined,
    },
  },
  silent(
    'grant role',
    (azure, place, signal) =>
      azure.access.grantRole(place.server.principalId ?? '', roles.reader, place.vault.id, signal),
    {
      method: 'PUT',
      done: ({ roleAssignments }, place) =>
        roleAssignments.some((a) => a.principalId === place.server.principalId && a.roleId === roles.reader),
    },
  ),
  silent(
    'enable purge protection',
    (azure, place, signal) => azure.keyVaults.enablePurgeProtection(toKeyVault(place.unfitVault), signal),
    { method: 'PATCH', done: (state, place) => unfitVaultIn(state, place).purgeProtection },
  ),
  silent(
    'allow trusted services',
    (azure, place, signal) => azure.keyVaults.allowTrustedServices(toKeyVault(place.unfitVault), signal),
    { method: 'PATCH', done: (state, place) => unfitVaultIn(state, place).network.bypass === 'AzureServices' },
  ),
  silent(
    'add access policy',
    (azure, place, signal) => azure.keyVaults.addAccessPolicy(toKeyVault(place.unfitVault), newPolicy(place), signal),
    {
      method: 'PUT',
      done: (state, place) =>
        unfitVaultIn(state, place).accessPolicies.some(({ objectId }) => objectId === place.server.principalId),
    },
  ),
];

export const operations: readonly Operation[] = [...[...reads, ...changes].map(operationOf), createServerKeys];
