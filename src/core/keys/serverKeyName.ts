import type { KeyIdentifier } from '../vaultModel';

/** The parts of the name of a customer-managed server key. The name doesn't distinguish key vaults, managed HSMs, and clouds. */
export interface ServerKeyNameParts {
  readonly vault: string;
  readonly key: string;
  readonly version?: string;
}

/** The name of the built-in service-managed key. */
export const serviceManagedKeyName = 'ServiceManaged';

/**
 * The name of the server key for a key: `vault_key_version`, or `vault_key` without a version. Casing is kept.
 * Source: REST reference "Server Keys - Create Or Update", parameter keyName; versionless names as Azure CLI and Az PowerShell form them.
 */
export function serverKeyName(key: Pick<KeyIdentifier, 'vault' | 'name' | 'version'>): string {
  return [key.vault, key.name, ...(key.version === undefined ? [] : [key.version])].join('_');
}

/** The name of the server key for a key identifier that `formatKeyIdentifier` has written. */
export function serverKeyNameOf(keyIdentifier: string): string {
  const [, , host = '', , name = '', version] = keyIdentifier.split('/');
  const [vault = ''] = host.split('.');
  return serverKeyName({ vault, name, ...(version && { version }) });
}

/**
 * The inverse of `serverKeyName`. It is unambiguous because neither vault nor key names contain an underscore.
 * @returns undefined for "ServiceManaged" and for any other name without this form
 */
export function parseServerKeyName(name: string): ServerKeyNameParts | undefined {
  const [vault, key, version, ...rest] = name.split('_');
  if (vault === undefined || key === undefined || rest.length > 0) return undefined;
  if (!isVaultName(vault) || !isKeyName(key)) return undefined;
  if (version === undefined) return { vault, key };
  return isKeyVersion(version) ? { vault, key, version } : undefined;
}

/** The name for sentences, with the first four digits of the version: `vault_key_b7f0…`. Other names stay as they are. */
export function shortServerKeyName(name: string): string {
  const parts = parseServerKeyName(name);
  return parts?.version === undefined ? name : `${parts.vault}_${parts.key}_${parts.version.slice(0, 4)}…`;
}

/**
 * The label of a key in lists, "vault / key".
 * @param text a key identifier or the name of a server key; any other text stays as it is
 */
export function keyLabel(text: string): string {
  const parts = parseServerKeyName(text.includes('/') ? serverKeyNameOf(text) : text);
  return parts ? `${parts.vault} / ${parts.key}` : text;
}

/** 3–24 letters, digits, and single hyphens; starts with a letter and does not end with a hyphen. Source: Azure resource name rules, Microsoft.KeyVault. */
export function isVaultName(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(text) && !text.includes('--');
}

/** 1–127 letters, digits, and hyphens. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyName(text: string): boolean {
  return /^[a-z0-9-]{1,127}$/i.test(text);
}

/** 32 hexadecimal digits. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyVersion(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text);
}
