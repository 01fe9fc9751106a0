import { parseArmId, sameId } from '../armId';
import type { Cloud } from '../clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import type { ServerKey, TdeProtector } from '../model';
import type { ServerPlace } from '../ports';
import { serverTypes } from '../serverType';

const longestText = 2000;

/** A JSON object that nothing is known about. */
export type Fields = Readonly<Record<string, unknown>>;

export const asFields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

/** The items of a list; undefined if one is invalid. */
export function listOf<T>(value: unknown, itemOf: (fields: Fields) => T | undefined): readonly T[] | undefined {
  return valuesOf(value, (one) => {
    const fields = asFields(one);
    return fields && itemOf(fields);
  });
}

/** The values of a list; undefined if one is invalid. */
export function valuesOf<T>(value: unknown, valueOf: (one: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const values = value.map((one) => valueOf(one));
  const valid = values.filter((one) => one !== undefined);
  return valid.length === values.length ? valid : undefined;
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestText;
export const textOf = (value: unknown): string => (isText(value) ? value : '');

/** A key identifier, written anew from its parts; undefined if it isn't one of the cloud. */
export function identifierOf(value: unknown, cloud: Cloud): string | undefined {
  const parsed = parseKeyIdentifier(textOf(value), cloud);
  return parsed.ok ? formatKeyIdentifier(parsed.key) : undefined;
}

/** The place that an ARM ID of a server names; undefined for any other text. */
export function placeOf(id: unknown): ServerPlace | undefined {
  if (!isText(id)) return undefined;
  const { subscriptionId, resourceGroup, name } = parseArmId(id);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const isServer = serverTypes.some((type) => sameId(id, `${group}/providers/${type.name}/${name}`));
  const isNamed =
    /^[\p{L}\p{N}_.()-]*[\p{L}\p{N}_()-]$/u.test(resourceGroup) &&
    [subscriptionId, name].every((part) => /^[\w-]+$/.test(part));
  return isServer && isNamed ? { id, subscriptionId, resourceGroup, name } : undefined;
}

/** What a plan needs of a server key or a TDE protector. */
export function savedKey(key: ServerKey | TdeProtector): object {
  const { type, uri, thumbprint, version: keyVersion } = key;
  const common = { type, uri, thumbprint, version: keyVersion };
  return 'serverKeyName' in key
    ? { name: key.serverKeyName, ...common, autoRotation: key.autoRotation }
    : { name: key.name, ...common };
}

/** A server key; undefined if a field is invalid. */
export function keyOf(fields: Fields, server: ServerPlace, cloud: Cloud): ServerKey | undefined {
  const material = materialOf(fields, cloud);
  return material && { id: `${server.id}/keys/${material.name}`, ...material };
}

/** A TDE protector; undefined if a field is invalid. */
export function protectorOf(fields: Fields | undefined, cloud: Cloud): TdeProtector | undefined {
  const material = fields && materialOf(fields, cloud);
  if (!material || typeof fields.autoRotation !== 'boolean') return undefined;
  const { name: serverKeyName, ...rest } = material;
  return { serverKeyName, ...rest, autoRotation: fields.autoRotation };
}

type Material = Pick<ServerKey, 'name' | 'type' | 'uri' | 'thumbprint' | 'version'>;

/** The key identifier becomes that of server keys to create, so it is written anew from its parts. */
function materialOf({ name, type, uri, thumbprint, version: keyVersion }: Fields, cloud: Cloud): Material | undefined {
  const isKnown = type === 'serviceManaged' || type === 'customerManaged';
  const identifier = identifierOf(uri, cloud);
  if (!isText(name) || !isKnown || (uri !== undefined && identifier === undefined)) return undefined;
  if (![thumbprint, keyVersion].every((value) => value === undefined || isText(value))) return undefined;
  return {
    name,
    type,
    ...(identifier && { uri: identifier }),
    ...(isText(thumbprint) && { thumbprint }),
    ...(isText(keyVersion) && { version: keyVersion }),
  };
}
