/** 3–24 letters, digits and single hyphens, a letter first, no hyphen last. Source: Azure resource name rules, Microsoft.KeyVault. */
export function isVaultName(text: string): boolean {
  return /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(text) && !text.includes('--');
}

/** 1–127 letters, digits and hyphens. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyName(text: string): boolean {
  return /^[a-z0-9-]{1,127}$/i.test(text);
}

/** 32 hexadecimal digits. Source: Key Vault docs, "About keys, secrets, and certificates". */
export function isKeyVersion(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text);
}
