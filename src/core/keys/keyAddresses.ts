import type { Cloud } from '../clouds';

/** Separates words: an address contains none of these. `](` is part of a Markdown link. */
const gap = /[\s"`<>|“”‘’]+|\]\(/;

/** A word without trailing punctuation and zero-width spaces. An ellipsis stays, so that a truncated name isn't taken for a whole one. */
const wordProper = /^.*[^'.,:;)\]}*\\\u200b](?:\.\.+$)?/;

/** Only a label such as `KeyId=` may precede an address: after `evil.example/?x=` it is part of another address. */
const addressInWord = /^[^/?#@\\]*?(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/.+)/i;
const resourceIdInWord = /^[^/]*(?<![\w.-])(\/subscriptions\/.*)/i;

const keyResourceId =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/(vaults|managedHSMs)\/([^/]+)\/keys\/([^/]+)(?:\/versions\/([^/]+))?\/?$/i;

/**
 * The addresses in a pasted text, such as a line of az output, which may be invalid. A link to the cloud's portal is replaced by the
 * address inside it. Resource IDs of keys become addresses only if the text has no addresses, because most output has both.
 */
export function findAddresses(text: string, cloud: Cloud): string[] {
  const words = text.split(gap).flatMap((word) => (word.includes('/') ? (wordProper.exec(word) ?? []) : []));
  const all = (pattern: RegExp) => words.flatMap((word) => pattern.exec(word)?.[1] ?? []);
  const addresses = all(addressInWord);
  return addresses.length > 0
    ? addresses.map((address) => insidePortalLink(address, cloud))
    : all(resourceIdInWord).map((id) => ofResource(id, cloud));
}

export function isLinkTo(portal: string, address: string): boolean {
  return address.toLowerCase().startsWith(portal.toLowerCase()) && /^([/?#]|$)/.test(address.slice(portal.length));
}

/** Portal pages of Key Vault have the key identifier in their address, plain or percent-encoded. */
function insidePortalLink(address: string, cloud: Cloud): string {
  const [, page = ''] = isLinkTo(cloud.portal, address) ? address.split(/\/Microsoft_Azure_KeyVault\//i) : [];
  const [inside] = /https:\/\/.*|https%3A%2F%2F[^/]*/i.exec(page) ?? [];
  return inside?.replace(/%3A/gi, ':').replace(/%2F/gi, '/') ?? address;
}

/** The address of the key with this resource ID; other resource IDs stay as they are. */
function ofResource(id: string, cloud: Cloud): string {
  const [, home, vault = '', key = '', version] = keyResourceId.exec(id) ?? [];
  if (home === undefined) return id;
  const [suffix = ''] = home.toLowerCase() === 'vaults' ? cloud.vaultSuffixes : cloud.managedHsmSuffixes;
  return `https://${vault}.${suffix}/keys/${key}${version === undefined ? '' : `/${version}`}`;
}
