import * as l10n from '@vscode/l10n';
import { parseArmId, sameId } from '../armId';
import type { Cloud } from '../clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import type { GeoPartner, ServerKey, TdeProtector } from '../model';
import type { ServerPlace } from '../ports';
import { serverTypes } from '../serverType';
import type { Plan } from './plan';
import type { PlanServer } from './rotationGroup';
import { rotationPlan, type OwnKey } from './rotationPlan';

const schema = 'sql-server-keys/rotation-plan';
const version = 1;

/** In characters; a plan of ten servers with dozens of keys fits. */
const longestPlan = 500_000;
const longestText = 2000;

/** The plan as JSON. It has the state and the goal; the steps follow from them. */
export function savedPlan({ id, cloud, created, first, keyIdentifier, ownKeys, autoRotation, servers }: Plan): string {
  const saved = {
    schema,
    version,
    id,
    cloud,
    created: created.toISOString(),
    first: first.id,
    keyIdentifier,
    ownKeys,
    autoRotation,
    servers: servers.map(({ server, partners, keys, protector }) => ({
      id: server.id,
      partners: partners.map(({ name, id: partner, role }) => ({ name, id: partner, role })),
      protector: savedKey(protector),
      keys: keys.map(savedKey),
    })),
  };
  return `${JSON.stringify(saved, undefined, 2)}\n`;
}

function savedKey(key: ServerKey | TdeProtector): object {
  const { type, uri, thumbprint, version: keyVersion } = key;
  const common = { type, uri, thumbprint, version: keyVersion };
  return 'serverKeyName' in key
    ? { name: key.serverKeyName, ...common, autoRotation: key.autoRotation }
    : { name: key.name, ...common };
}

/** A plan, or what is wrong with the text. */
export type ParsedPlan = { readonly plan: Plan } | { readonly problem: string };

/** Reads a saved plan. Trusts nothing in it: the steps are planned anew from its state, and IDs and key identifiers are checked. */
export function parsePlan(text: string, cloud: Cloud): ParsedPlan {
  const plan = text.length > longestPlan ? undefined : asFields(parsed(text));
  if (plan?.schema !== schema) return { problem: l10n.t("The file isn't a rotation plan of this extension.") };
  if (plan.version !== version) {
    return { problem: l10n.t('The plan was saved by another version of the extension. Create a new plan.') };
  }
  if (plan.cloud !== cloud.resourceManager) {
    return {
      problem: l10n.t('The plan is for the cloud at {0}, but the settings choose another one.', textOf(plan.cloud)),
    };
  }
  return planOf(plan, cloud) ?? { problem: l10n.t("The plan isn't complete, or was changed. Create a new plan.") };
}

function planOf(fields: Fields, cloud: Cloud): { readonly plan: Plan } | undefined {
  const { id, created, keyIdentifier, autoRotation, servers: listed } = fields;
  const servers = Array.isArray(listed) ? listed.map((one) => serverOf(asFields(one), cloud)) : [];
  const known = servers.filter((one) => one !== undefined);
  const first = known.find(({ server }) => server.id === fields.first);
  const key = parseKeyIdentifier(textOf(keyIdentifier), cloud);
  const date = new Date(textOf(created));
  const ownKeys = listOf(fields.ownKeys, (own) => ownKeyOf(own, known, cloud));
  const isWhole =
    isUuid(id) && key.ok && typeof autoRotation === 'boolean' && known.length === servers.length && isDistinct(known);
  if (!isWhole || !first || !ownKeys || Number.isNaN(date.getTime())) return undefined;
  const others = known.filter((one) => one !== first);
  const planned = rotationPlan([first, ...others], formatKeyIdentifier(key.key), autoRotation, ownKeys);
  return { plan: { ...planned, id, cloud: cloud.resourceManager, created: date } };
}

function ownKeyOf({ server, keyIdentifier }: Fields, servers: readonly PlanServer[], cloud: Cloud): OwnKey | undefined {
  const key = parseKeyIdentifier(textOf(keyIdentifier), cloud);
  const known = servers.find(({ server: { id } }) => id === server);
  return key.ok && known ? { server: known.server.id, keyIdentifier: formatKeyIdentifier(key.key) } : undefined;
}

const isDistinct = (servers: readonly PlanServer[]): boolean =>
  new Set(servers.map(({ server }) => server.id.toLowerCase())).size === servers.length;

function serverOf(fields: Fields | undefined, cloud: Cloud): PlanServer | undefined {
  const server = placeOf(fields?.id);
  const partners = listOf(fields?.partners, partnerOf);
  const keys = server && listOf(fields?.keys, (key) => keyOf(key, server, cloud));
  const protector = protectorOf(asFields(fields?.protector), cloud);
  return server && partners && keys && protector && { server, partners, keys, protector };
}

/** The place that an ARM ID of a server names; undefined for any other text. */
function placeOf(id: unknown): ServerPlace | undefined {
  if (!isText(id)) return undefined;
  const { subscriptionId, resourceGroup, name } = parseArmId(id);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const isServer = serverTypes.some((type) => sameId(id, `${group}/providers/${type.name}/${name}`));
  const isNamed =
    /^[\p{L}\p{N}_.()-]*[\p{L}\p{N}_()-]$/u.test(resourceGroup) &&
    [subscriptionId, name].every((part) => /^[\w-]+$/.test(part));
  return isServer && isNamed ? { id, subscriptionId, resourceGroup, name } : undefined;
}

function partnerOf(fields: Fields): GeoPartner | undefined {
  const { name, role, id } = fields;
  if (!isText(name) || (role !== 'primary' && role !== 'secondary')) return undefined;
  if (id === undefined) return { name, role };
  const place = placeOf(id);
  return place && { name, role, id: place.id };
}

function keyOf(fields: Fields, server: ServerPlace, cloud: Cloud): ServerKey | undefined {
  const material = materialOf(fields, cloud);
  return material && { id: `${server.id}/keys/${material.name}`, ...material };
}

function protectorOf(fields: Fields | undefined, cloud: Cloud): TdeProtector | undefined {
  const material = fields && materialOf(fields, cloud);
  if (!material || typeof fields.autoRotation !== 'boolean') return undefined;
  const { name: serverKeyName, ...rest } = material;
  return { serverKeyName, ...rest, autoRotation: fields.autoRotation };
}

type Material = Pick<ServerKey, 'name' | 'type' | 'uri' | 'thumbprint' | 'version'>;

/** The key identifier becomes that of server keys to create, so it is written anew from its parts. */
function materialOf({ name, type, uri, thumbprint, version: keyVersion }: Fields, cloud: Cloud): Material | undefined {
  const isKnown = type === 'serviceManaged' || type === 'customerManaged';
  const parsedUri = uri === undefined ? undefined : parseKeyIdentifier(textOf(uri), cloud);
  if (!isText(name) || !isKnown || parsedUri?.ok === false) return undefined;
  if (![thumbprint, keyVersion].every((value) => value === undefined || isText(value))) return undefined;
  return {
    name,
    type,
    ...(parsedUri && { uri: formatKeyIdentifier(parsedUri.key) }),
    ...(isText(thumbprint) && { thumbprint }),
    ...(isText(keyVersion) && { version: keyVersion }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const asFields = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null ? (value as Fields) : undefined;

/** The items of a list; undefined if one is invalid. */
function listOf<T>(value: unknown, itemOf: (fields: Fields) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((one) => asFields(one)).map((one) => one && itemOf(one));
  const valid = items.filter((one) => one !== undefined);
  return valid.length === items.length ? valid : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= longestText;
const textOf = (value: unknown): string => (isText(value) ? value : '');
const isUuid = (value: unknown): value is string => isText(value) && /^[0-9a-f-]{36}$/.test(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
