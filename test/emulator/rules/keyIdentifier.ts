/** A key identifier as the service reads it: https://HOST/keys/NAME[/VERSION]. Casing is kept, port 443 and a final slash are not. */
export interface KeyUri {
  host: string;
  /** The first label of the host: the vault's or HSM's name. */
  vault: string;
  key: string;
  version?: string;
}

/** Host suffixes of public Azure, which the emulator plays. */
const suffixes = ['.vault.azure.net', '.managedhsm.azure.net'];

const shape = /^https:\/\/([^/:?#@\s]+)(?::443)?\/keys\/([A-Za-z0-9-]{1,127})(?:\/([0-9a-f]{32}))?\/?$/i;

export function parseKeyUri(uri: string): KeyUri | undefined {
  const [, host, key, version] = shape.exec(uri) ?? [];
  if (host === undefined || key === undefined || !isVaultHost(host)) return undefined;
  const vault = host.slice(0, host.indexOf('.'));
  return { host, vault, key, ...(version !== undefined && { version }) };
}

/** One label before a known suffix. */
export const isVaultHost = (host: string): boolean =>
  suffixes.some((suffix) => {
    const lower = host.toLowerCase();
    return lower.endsWith(suffix) && /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(lower.slice(0, -suffix.length));
  });

/** The address of something in a vault that is no key: the root, a secret, a certificate. */
export function isOtherVaultAddress(uri: string): boolean {
  const [, host, path] = /^https:\/\/([^/:?#@\s]+)(?::443)?(\/[^?#]*)?$/i.exec(uri) ?? [];
  return host !== undefined && isVaultHost(host) && !/^\/keys\b/i.test(path ?? '');
}

/** The name that the service demands of a server key: VAULT_KEY_VERSION, or VAULT_KEY without a version. */
export const serverKeyNameOf = ({ vault, key, version }: KeyUri): string =>
  [vault, key, version].filter((part) => part !== undefined).join('_');
