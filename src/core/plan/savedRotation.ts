import type { Cloud } from '../clouds';
import { formatKeyIdentifier, parseKeyIdentifier } from '../keys/keyIdentifier';
import type { GeoPartner } from '../model';
import type { PlanServer } from './rotationGroup';
import { rotationPlan, type OwnKey, type RotationPlan } from './rotationPlan';
import { asFields, isText, keyOf, listOf, placeOf, protectorOf, savedKey, textOf, type Fields } from './savedFields';

/** The state and the goal of a rotation; the steps follow from them. */
export const rotationFields = ({ first, keyIdentifier, ownKeys, autoRotation, servers }: RotationPlan): object => ({
  first: first.id,
  keyIdentifier,
  ownKeys,
  autoRotation,
  servers: servers.map(({ server, partners, keys, protector }) => ({
    id: server.id,
    partners: partners.map(({ name, id, role }) => ({ name, id, role })),
    protector: savedKey(protector),
    keys: keys.map(savedKey),
  })),
});

/** Plans the steps of a saved rotation anew. @returns undefined if a field is invalid */
export function rotationOf(fields: Fields, cloud: Cloud): RotationPlan | undefined {
  const { keyIdentifier, autoRotation, servers: listed } = fields;
  const servers = Array.isArray(listed) ? listed.map((one) => serverOf(asFields(one), cloud)) : [];
  const known = servers.filter((one) => one !== undefined);
  const first = known.find(({ server }) => server.id === fields.first);
  const key = parseKeyIdentifier(textOf(keyIdentifier), cloud);
  const ownKeys = listOf(fields.ownKeys, (own) => ownKeyOf(own, known, cloud));
  const isWhole = key.ok && typeof autoRotation === 'boolean' && known.length === servers.length && isDistinct(known);
  if (!isWhole || !first || !ownKeys) return undefined;
  const others = known.filter((one) => one !== first);
  return rotationPlan([first, ...others], formatKeyIdentifier(key.key), autoRotation, ownKeys);
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

function partnerOf(fields: Fields): GeoPartner | undefined {
  const { name, role, id } = fields;
  if (!isText(name) || (role !== 'primary' && role !== 'secondary')) return undefined;
  if (id === undefined) return { name, role };
  const place = placeOf(id);
  return place && { name, role, id: place.id };
}
