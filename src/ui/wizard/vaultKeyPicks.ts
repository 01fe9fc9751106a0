import type { IAzureQuickPickItem } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import type { Cloud } from '../../core/clouds';
import { expiryText } from '../../core/keys/expiry';
import { keySuitability } from '../../core/keys/keySuitability';
import type { VaultKey } from '../../core/vaultModel';
import { utcDay } from '../../core/text';

/** Keys or versions to pick, in their order. Those that TDE can't use come last, with the reason; the user may still pick them. */
export function vaultKeyPicks(
  keys: readonly VaultKey[],
  label: (key: VaultKey) => string,
  cloud: Cloud,
): IAzureQuickPickItem<VaultKey>[] {
  const now = new Date();
  return keys
    .map((key) => ({ key, suitability: keySuitability(key, now, cloud) }))
    .sort((a, b) => Number(b.suitability.suitable) - Number(a.suitability.suitable))
    .map(({ key, suitability: { suitable, reasons, warnings } }) => ({
      label: label(key),
      iconPath: new ThemeIcon(suitable ? 'key' : 'circle-slash'),
      description: describeVaultKey(key, now),
      detail: [
        suitable ? '' : l10n.t('Not suitable: {0}', reasons.join(', ')),
        ...warnings.map((warning) =>
          warning === expiryText(key, now) ? l10n.t('Allowed; renew the key before then') : warning,
        ),
      ]
        .filter(Boolean)
        .join(' · '),
      data: key,
    }));
}

/** "RSA 3072 · expires in 41 days · created 2026-11-04", without unknown parts. */
export function describeVaultKey(
  key: Pick<VaultKey, 'keyType' | 'keySize' | 'expires'> & { readonly created?: Date | undefined },
  now: Date,
): string {
  const { keyType, keySize, created } = key;
  const kind = [keyType, keySize].filter(Boolean).join(' ');
  const expiry = expiryText(key, now) ?? l10n.t('no expiration date');
  return [kind, expiry, created && l10n.t('created {0}', utcDay(created))].filter(Boolean).join(' · ');
}
