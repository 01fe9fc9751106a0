import { same } from '../base/ids';

/** A key identifier: https://HOST/keys/NAME[/VERSION]. Its parts keep their casing; port 443 and a trailing slash are ignored. */
export interface KeyIdentifier {
  host: string;
  /** The first label of the host: the name of the key vault or managed HSM. */
  vault: string;
  key: string;
  version?: string;
}

/** Host suffixes of public Azure. */
const suffixes = ['.vault.azure.net', '.managedhsm.azure.net'];

/** True for one label before a known suffix. */
const isVaultHost = (host: string): boolean =>
  suffixes.some((suffix) => {
    const lower = host.toLowerCase();
    return lower.endsWith(suffix) && /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(lower.slice(0, -suffix.length));
  });

const shape = /^https:\/\/([^/:?#@\s]+)(?::443)?\/keys\/([A-Za-z0-9-]{1,127})(?:\/([0-9a-f]{32}))?\/?$/i;

/** Parses a key identifier of public Azure; undefined if it isn't valid. */
export function parseKeyIdentifier(uri: string): KeyIdentifier | undefined {
  const [, host, key, version] = shape.exec(uri) ?? [];
  if (host === undefined || key === undefined || !isVaultHost(host)) return undefined;
  const vault = host.slice(0, host.indexOf('.'));
  return { host, vault, key, ...(version !== undefined && { version }) };
}

/** True for the URL of a vault, a secret, or a certificate. */
export function isOtherVaultUrl(uri: string): boolean {
  const [, host, path] = /^https:\/\/([^/:?#@\s]+)(?::443)?(\/[^?#]*)?$/i.exec(uri) ?? [];
  return host !== undefined && isVaultHost(host) && !/^\/keys\b/i.test(path ?? '');
}

/** True for the name of a server key without a version: VAULT_KEY. */
export const isVersionlessName = (name: string): boolean => /^[^_]+_[^_]+$/.test(name);

/** The required name of a server key: VAULT_KEY_VERSION, or VAULT_KEY for a versionless key identifier. */
export const serverKeyNameOf = ({ vault, key, version }: KeyIdentifier): string =>
  [vault, key, version].filter((part) => part !== undefined).join('_');

/** Compares key identifiers without regard to casing, port, and trailing slash. */
export const sameIdentifier = (a: KeyIdentifier, b: KeyIdentifier | undefined): boolean =>
  b !== undefined && same(a.host, b.host) && same(serverKeyNameOf(a), serverKeyNameOf(b));
