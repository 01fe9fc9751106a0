import * as l10n from '@vscode/l10n';
import type { Cloud } from '../clouds';
import { parseKeyIdentifier } from './keyIdentifier';
import type { VaultKey } from '../vaultModel';
import { utcDay, utcMinute } from '../text';
import { day, expiresSoon, expiryText, isExpired } from './expiry';

/** Why a key can't become a server key, or might not. `text` is a short phrase, `code` the error code that Azure SQL returns. */
export interface KeyProblem {
  readonly text: string;
  readonly code: KeyCode;
  readonly severity: 'refused' | 'doubtful';
}

/** Whether a key can become a server key. Reasons and warnings are short phrases for the description of a pick. */
export interface KeySuitability {
  readonly suitable: boolean;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}

/** `keyProblems` as short phrases. */
export function keySuitability(key: VaultKey, now: Date, cloud: Cloud): KeySuitability {
  const problems = keyProblems(key, now, cloud);
  const texts = (of: KeyProblem['severity']) =>
    problems.filter(({ severity }) => severity === of).map(({ text }) => text);
  const reasons = texts('refused');
  return { suitable: reasons.length === 0, reasons, warnings: texts('doubtful') };
}

/** The error codes for keys that Azure SQL refuses. */
export const keyCodes = {
  kind: 'AzureKeyVaultRsaKeyNotSupported',
  disabled: 'AzureKeyVaultKeyDisabled',
  expired: 'AzureKeyVaultInvalidExpirationDate',
  identifier: 'AzureKeyVaultMalformedVaultUri',
} as const;

type KeyCode = (typeof keyCodes)[keyof typeof keyCodes];

/**
 * Judges a key by its properties in Key Vault: TDE needs RSA or RSA-HSM with 2048 or 3072 bits, enabled, active, not expired, and with
 * an identifier that Azure SQL accepts in this cloud. An unknown property is only a warning, and so is an AES key ("oct"), which is in
 * preview. Other checks judge the vault and the server's identity. Source: Azure SQL docs, "TDE with customer-managed keys", requirements for the protector.
 * @param now the time for which to judge; dates are shown in UTC
 */
export function keyProblems(key: VaultKey, now: Date, cloud: Cloud): readonly KeyProblem[] {
  const kind = kindOf(key);
  return [
    ...problem('refused', keyCodes.kind, kind.reason),
    ...usabilityProblems(key, now),
    ...problem('refused', keyCodes.identifier, identifierProblem(key, cloud)),
    ...problem('doubtful', keyCodes.kind, kind.warning),
    ...problem('doubtful', keyCodes.expired, expiresSoon(key, now) ? expiryText(key, now) : undefined),
  ];
}

/** Why a server can't use a key now, whatever its kind: it is disabled, not active yet, or expired. */
export function usabilityProblems(key: VaultKey, now: Date): readonly KeyProblem[] {
  return [
    ...problem('refused', keyCodes.disabled, key.enabled ? undefined : l10n.t('disabled')),
    ...problem('refused', keyCodes.disabled, activation(key, now)),
    ...problem('refused', keyCodes.expired, isExpired(key, now) ? expiryText(key, now) : undefined),
  ];
}

const problem = (severity: KeyProblem['severity'], code: KeyCode, text: string | undefined): KeyProblem[] =>
  text === undefined ? [] : [{ severity, code, text }];

function identifierProblem({ uri }: VaultKey, cloud: Cloud): string | undefined {
  const result = parseKeyIdentifier(uri, cloud);
  return result.ok || uri === '' ? undefined : result.message.replace(/\.$/, '');
}

function kindOf({ keyType, keySize }: VaultKey): { readonly reason?: string; readonly warning?: string } {
  if (keyType === undefined) return { warning: l10n.t('key type unknown') };
  const family = keyType.toUpperCase().replace(/-HSM$/, '');
  if (family === 'OCT') return { warning: l10n.t('AES key: in preview in some regions') };
  if (family !== 'RSA') return { reason: l10n.t('{0} key: TDE needs RSA 2048 or 3072', keyType) };
  if (keySize === undefined) return { warning: l10n.t('key size unknown') };
  return keySize === 2048 || keySize === 3072
    ? {}
    : { reason: l10n.t('{0} {1} key: TDE needs RSA 2048 or 3072', keyType, keySize) };
}

function activation({ notBefore }: VaultKey, now: Date): string | undefined {
  if (notBefore === undefined || !(notBefore.getTime() > now.getTime())) return undefined;
  const isNear = notBefore.getTime() - now.getTime() < day;
  return l10n.t('not active until {0}', isNear ? utcMinute(notBefore) : utcDay(notBefore));
}
