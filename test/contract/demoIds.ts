import type { ManagedInstance, Server, State, Vault } from '../emulator/base/state';

/** Finds a server of a seed by its name. */
export function findServer(state: State, name: string): Server {
  const found = state.servers.find((s) => s.name === name);
  if (!found) throw new Error(`No server ${name}`);
  return found;
}

/** Finds a managed instance of a seed by its name. */
export function findInstance(state: State, name: string): ManagedInstance {
  const found = state.managedInstances.find((i) => i.name === name);
  if (!found) throw new Error(`No managed instance ${name}`);
  return found;
}

/** Finds a key vault or managed HSM of a seed by its name. */
export function findVault(state: State, name: string): Vault {
  const found = state.vaults.find((v) => v.name === name);
  if (!found) throw new Error(`No vault ${name}`);
  return found;
}

export const serverId = (state: State, name: string): string => findServer(state, name).id;

export const vaultId = (state: State, name: string): string => findVault(state, name).id;

/** The key identifier of a vault key. `ordinal` counts versions from 1; the newest by default. */
export function keyUri(state: State, vault: string, key: string, ordinal?: number): string {
  const { uri, keys } = findVault(state, vault);
  const versions = keys.find((k) => k.name === key)?.versions ?? [];
  const version = ordinal === undefined ? versions.at(-1) : versions[ordinal - 1];
  if (!version) throw new Error(`No version of ${vault}/${key}`);
  return `${uri}/keys/${key}/${version.version}`;
}

/** The server key name for a key identifier. */
export function keyName(uri: string): string {
  const [, , host = '', , key = '', version = ''] = uri.split('/');
  return [host.split('.')[0], key, version].join('_');
}

/** The body of the PUT that creates a server key. */
export const keyBody = (uri: string): object => ({ properties: { serverKeyType: 'AzureKeyVault', uri } });
