import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import type { Cloud } from '../clouds';
import { parseKeyIdentifier } from './keyIdentifier';
import { isKeyName } from './keyNames';
import type { KeyVault, NewKey } from '../model';

/**
 * What keeps a name from becoming that of a new key, in one sentence; undefined when nothing does.
 * @param taken the names of the keys that the vault has
 */
export function newKeyNameProblem(
  name: string,
  vault: KeyVault,
  taken: readonly string[],
  cloud: Cloud,
): string | undefined {
  if (!isKeyName(name)) {
    return l10n.t('The name of a key has 1 to 127 letters, digits and hyphens.');
  }
  if (taken.some((other) => sameId(other, name))) {
    return l10n.t('"{0}" has a key of this name already.', vault.name);
  }
  const result = parseKeyIdentifier(`${vault.uri}/keys/${name}`, cloud);
  return result.ok ? undefined : result.message;
}

export type NewKeyKind = Pick<NewKey, 'keyType' | 'keySize'>;

/** The kinds of keys that TDE takes and this vault can create, the recommended one first. A managed HSM has hardware keys only. */
export function newKeyKinds({ kind, hardwareKeys }: KeyVault): readonly NewKeyKind[] {
  const types: NewKey['keyType'][] = kind === 'managedHsm' ? ['RSA-HSM'] : hardwareKeys ? ['RSA', 'RSA-HSM'] : ['RSA'];
  return types.flatMap((keyType) => [
    { keyType, keySize: 3072 },
    { keyType, keySize: 2048 },
  ]);
}
