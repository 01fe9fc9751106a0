/**
 * Whether a resource, as Resource Manager returns it, has a tag.
 * @param tag "name=value", or "name" for any value. Case doesn't matter: a mistake must not hide a production server.
 */
export function hasTag(resource: unknown, tag: string): boolean {
  const [name = '', ...rest] = tag.split('=').map((part) => part.trim().toLowerCase());
  const value = rest.length === 0 ? undefined : rest.join('=');
  return Object.entries(tagsOf(resource)).some(
    ([key, text]) => key.toLowerCase() === name && (value === undefined || String(text).trim().toLowerCase() === value),
  );
}

function tagsOf(resource: unknown): object {
  const tags = typeof resource === 'object' && resource !== null && 'tags' in resource ? resource.tags : undefined;
  return typeof tags === 'object' && tags !== null ? tags : {};
}

/** The IDs of a server, its resource group, and its subscription. */
export const taggedIds = (serverId: string): readonly string[] => [
  serverId,
  serverId.split('/').slice(0, 5).join('/'),
  serverId.split('/').slice(0, 3).join('/'),
];
