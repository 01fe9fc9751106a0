/** The parts of an ARM id. A part that the id does not have is empty. */
export interface ArmId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Provider and types, outermost first: "Microsoft.Sql/servers/keys". */
  readonly type: string;
  /** Name of the resource, resource group or subscription. */
  readonly name: string;
}

/**
 * Splits an ARM id into its parts: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Sql/servers/…`. Casing is kept.
 * For an extension resource, such as a lock on a server, type and name are those of the extension.
 */
export function parseArmId(id: string): ArmId {
  const [scope = '', ...extensions] = id.split(/\/providers\//i);
  const [provider, ...pairs] = extensions.at(-1)?.split('/') ?? [];
  const types = pairs.filter((_, i) => i % 2 === 0);
  return {
    subscriptionId: /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1] ?? '',
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(scope)?.[1] ?? '',
    type: provider === undefined ? '' : [provider, ...types].join('/'),
    name: lastSegment(id),
  };
}

/** The part of an ARM id or address after the last slash. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/**
 * An id as key of a `Map` or `Set`. Azure ignores the casing of ARM ids, resource names and the ids of subscriptions, tenants and
 * principals, and doesn't always return the casing that it was given.
 */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Whether two ids or names are the same for Azure, see `idKey`. An unknown id is never the same as another. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && idKey(one) === idKey(other);
}
