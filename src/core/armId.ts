/** The parts of an ARM ID. A missing part is an empty string. */
export interface ArmId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Name of the resource, resource group, or subscription. */
  readonly name: string;
}

/** A resource that an ARM ID names, a resource group, or a subscription. */
export interface ArmResource {
  readonly id: string;
  /** Provider and types, outermost first: "Microsoft.Sql/servers/keys"; "resourceGroups" and "subscriptions" have no provider. */
  readonly type: string;
  readonly name: string;
}

/**
 * Splits an ARM ID into all that it names, outermost first: `/subscriptions/…/resourceGroups/…/providers/Microsoft.Sql/servers/…`.
 * Casing is kept. An extension resource, such as a lock on a server, comes after the resource that it extends. Other text
 * names nothing.
 */
export function armResources(id: string): readonly ArmResource[] {
  const [root, ...segments] = id.split('/');
  if (root !== '') return [];
  const resources: ArmResource[] = [];
  let outerType = '';
  let length = 0;
  for (let end = 2; end <= segments.length; end += 2) {
    const [kind = '', name = ''] = segments.slice(end - 2, end);
    length += `/${kind}/${name}`.length;
    if (sameId(kind, 'providers')) {
      outerType = name;
    } else {
      const type = outerType === '' ? kind : `${outerType}/${kind}`;
      if (outerType !== '') outerType = type;
      resources.push({ id: id.slice(0, length), type, name });
    }
  }
  return resources;
}

/** The parts of an ARM ID. Casing is kept. */
export function parseArmId(id: string): ArmId {
  const resources = armResources(id);
  const nameOf = (type: string) => resources.find((resource) => sameId(resource.type, type))?.name ?? '';
  return {
    subscriptionId: nameOf('subscriptions'),
    resourceGroup: nameOf('resourceGroups'),
    name: lastSegment(id),
  };
}

/** The ARM ID of a database. */
export const databaseId = (server: { readonly id: string }, database: string): string =>
  `${server.id}/databases/${database}`;

/** Whether an ARM ID is that of a managed instance, or below one. */
export function isInstanceId(id: string): boolean {
  return armResources(id).some(({ type }) => sameId(type, 'Microsoft.Sql/managedInstances'));
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

/** Whether an ARM ID is a scope or below it. */
export const isWithin = (id: string, scope: string): boolean => `${idKey(id)}/`.startsWith(`${idKey(scope)}/`);
