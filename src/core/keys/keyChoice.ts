import { lastSegment } from '../armId';
import type { KeyIdentifier, KeyVault, VaultKey } from '../model';

/** A key chosen to become a server key. */
export interface ChosenKey {
  readonly id: KeyIdentifier;
  /** What Key Vault says about the version that counts; absent where that is not known. */
  readonly facts?: VaultKey | 'missing';
}

/** The key identifier of a key in a vault: of one version, or of whichever is the latest. */
export function keyIn(vault: Pick<KeyVault, 'kind' | 'name' | 'uri'>, name: string, version?: string): KeyIdentifier {
  const host = vault.uri.replace(/^https:\/\//i, '');
  return { kind: vault.kind, vault: vault.name, host, name, ...(version && { version }) };
}

/** The version that the key identifier of a key version ends with. */
export function versionOf({ uri }: VaultKey): string {
  return lastSegment(uri);
}

/**
 * The version that Azure SQL uses for a versionless key identifier: the newest that is enabled. Where none is, the newest.
 * @param versions newest first
 */
export function latestVersion(versions: readonly VaultKey[]): VaultKey | undefined {
  return versions.find(({ enabled }) => enabled) ?? versions[0];
}
