/** The parts of an ARM id. A part that the id does not have is empty. */
export interface ArmId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Provider and types from the outside in, as they are written: "Microsoft.Sql/servers/keys". */
  readonly type: string;
  /** Name of the resource itself, of the resource group or of the subscription. */
  readonly name: string;
}

/**
 * Takes an ARM id apart: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Sql/servers/…`. Casing is kept.
 * Of an extension resource, such as a lock on a server, type and name are those of the extension.
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

/** What stands after the last slash of an ARM id or an address. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/**
 * The form of an id to use as a key of a `Map` or `Set`. Azure ignores the casing of ARM ids, of names of resources and of the ids of
 * subscriptions, tenants and principals, and does not always return the casing it was given.
 */
export function idKey(id: string): string {
  return id.toLowerCase();
}

/** Whether two ids or names mean the same to Azure, see `idKey`. An id that is not known is no other's. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && idKey(one) === idKey(other);
}
