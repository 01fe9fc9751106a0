/** The parts of an ARM ID. A missing part is an empty string. */
export interface ArmId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Provider and types, outermost first: "Microsoft.Sql/servers/keys". */
  readonly type: string;
  /** Name of the resource, resource group, or subscription. */
  readonly name: string;
}

/**
 * Splits an ARM ID into its parts: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Sql/servers/…`. Casing is kept.
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

/** The part of an ARM ID or address after the last slash. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/**
 * An ID as a key of a `Map` or `Set`. Azure ignores the casing of ARM IDs, of resource names, and of the IDs of subscriptions, tenants,
 * and principals, and it doesn't always return the casing that it was given.
 */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Whether Azure treats two IDs or names as the same (see `idKey`). `undefined` never equals anything. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && idKey(one) === idKey(other);
}
