import type { State } from '../emulator/base/state';

/** Addresses of things in the demo seed, looked up by the names that tests and people know. */
export function serverId(state: State, name: string): string {
  const found = state.servers.find((s) => s.name === name);
  if (!found) throw new Error(`No server ${name}`);
  return found.id;
}

export function vaultId(state: State, name: string): string {
  const found = state.vaults.find((v) => v.name === name);
  if (!found) throw new Error(`No vault ${name}`);
  return found.id;
}

/** The identifier of a version of a vault's key; counted from 1, the newest when absent. */
export function keyUri(state: State, vault: string, key: string, ordinal?: number): string {
  const home = state.vaults.find((v) => v.name === vault);
  const versions = home?.keys.find((k) => k.name === key)?.versions ?? [];
  const version = ordinal === undefined ? versions.at(-1) : versions[ordinal - 1];
  if (!home || !version) throw new Error(`No version of ${vault}/${key}`);
  return `${home.uri}/keys/${key}/${version.version}`;
}

export function keyName(uri: string): string {
  const [, , host = '', , key = '', version = ''] = uri.split('/');
  return [host.split('.')[0], key, version].join('_');
}

export const keyBody = (uri: string): object => ({ properties: { serverKeyType: 'AzureKeyVault', uri } });
