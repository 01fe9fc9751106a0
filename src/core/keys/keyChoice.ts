import * as l10n from '@vscode/l10n';
import { lastSegment, sameId } from '../armId';
import type { Cloud } from '../clouds';
import type { KeyIdentifier, KeyVault, NewKey, VaultKey } from '../vaultModel';
import { keyIdentifierProblem } from './keyIdentifierRules';
import { isKeyName } from './serverKeyName';

/** A key that the user has chosen. */
export interface ChosenKey {
  readonly id: KeyIdentifier;
  /** The version in use as Key Vault describes it, if known. */
  readonly facts?: VaultKey;
}

/** The key identifier of a key in a vault: of one version, or versionless. */
export function keyIn(vault: Pick<KeyVault, 'kind' | 'name' | 'uri'>, name: string, version?: string): KeyIdentifier {
  const host = vault.uri.replace(/^https:\/\//i, '');
  return { kind: vault.kind, vault: vault.name, host, name, ...(version && { version }) };
}

/**
 * The key identifier as its vault spells it, whatever the casing of a pasted one, because it becomes the name of the server key.
 * @param facts the key or a version of it, if known
 */
export function asSpelled(key: KeyIdentifier, vault: KeyVault | undefined, facts: VaultKey | undefined): KeyIdentifier {
  if (!vault) return key;
  const [name = key.name] = /(?<=\/keys\/)[^/]+/.exec(facts?.uri ?? '') ?? [];
  return keyIn(vault, name, key.version?.toLowerCase());
}

/** The version at the end of the key identifier of a key version. */
export function versionOf({ uri }: VaultKey): string {
  return lastSegment(uri);
}

/**
 * The version that Azure SQL uses for a versionless key identifier: the newest enabled one, or else the newest.
 * @param versions newest first
 */
export function latestVersion(versions: readonly VaultKey[]): VaultKey | undefined {
  return versions.find(({ enabled }) => enabled) ?? versions[0];
}

/**
 * Why a new key can't have this name, in one sentence; undefined if it can.
 * @param taken names of the keys in the vault
 */
export function newKeyNameProblem(
  name: string,
  vault: KeyVault,
  taken: readonly string[],
  cloud: Cloud,
): string | undefined {
  if (!isKeyName(name)) {
    return l10n.t('A key name must have 1 to 127 letters, digits, and hyphens.');
  }
  if (taken.some((other) => sameId(other, name))) {
    return l10n.t('"{0}" already has a key with this name.', vault.name);
  }
  return keyIdentifierProblem(keyIn(vault, name), cloud)?.message;
}

export type NewKeyKind = Pick<NewKey, 'keyType' | 'keySize'>;

/** The kinds of keys that TDE supports and the vault can create, the recommended one first. A managed HSM has only hardware keys. */
export function newKeyKinds({ kind, hardwareKeys }: KeyVault): readonly NewKeyKind[] {
  const types: NewKey['keyType'][] = kind === 'managedHsm' ? ['RSA-HSM'] : hardwareKeys ? ['RSA', 'RSA-HSM'] : ['RSA'];
  return types.flatMap((keyType) => [
    { keyType, keySize: 3072 },
    { keyType, keySize: 2048 },
  ]);
}
