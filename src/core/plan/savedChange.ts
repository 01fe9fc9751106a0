import type { Cloud } from '../clouds';
import type { DatabaseProtector } from '../model';
import { asFields, identifierOf, isText, placeOf, protectorOf, savedKey, valuesOf, type Fields } from './savedFields';
import type { NewServerKeys, SingleStep } from './singleStep';

/** The fields of a change. */
export function changeFields(change: SingleStep | NewServerKeys): object {
  if (change.kind === 'createServerKeys') return { ...change, servers: change.servers.map(({ id }) => id) };
  const { server, ...step } = change;
  const former = 'former' in step ? step.former : undefined;
  return { ...step, server: server.id, former: former && ('serverKeyName' in former ? savedKey(former) : former) };
}

/** A saved change. @returns undefined if a field is invalid */
export function stepOf(fields: Fields, cloud: Cloud): SingleStep | NewServerKeys | undefined {
  return fields.kind === 'createServerKeys' ? newKeysOf(fields, cloud) : singleStepOf(fields, cloud);
}

function newKeysOf(fields: Fields, cloud: Cloud): NewServerKeys | undefined {
  const servers = valuesOf(fields.servers, placeOf);
  const keys = valuesOf(fields.keys, (key) => identifierOf(key, cloud));
  const [first, ...others] = servers ?? [];
  return first && keys ? { kind: 'createServerKeys', servers: [first, ...others], keys } : undefined;
}

function singleStepOf(fields: Fields, cloud: Cloud): SingleStep | undefined {
  const { kind, database, autoRotation } = fields;
  const server = placeOf(fields.server);
  if (!server) return undefined;
  const keyIdentifier = identifierOf(fields.keyIdentifier, cloud);
  const former = protectorOf(asFields(fields.former), cloud);
  if (kind === 'revalidateProtector') return { kind, server };
  if (kind === 'deleteServerKey') return keyIdentifier === undefined ? undefined : { kind, server, keyIdentifier };
  if (kind === 'useServiceManagedKey') return former && { kind, server, former };
  if (kind === 'setProtector') {
    const isWhole = typeof autoRotation === 'boolean' && keyIdentifier !== undefined && former;
    return isWhole ? { kind, server, keyIdentifier, autoRotation, former } : undefined;
  }
  return isDatabaseName(database) ? databaseStepOf(fields, { server, database }, cloud) : undefined;
}

/** Source: Azure docs, "Naming rules and restrictions for Azure resources", Microsoft.Sql. */
const isDatabaseName = (value: unknown): value is string =>
  isText(value) && value.length <= 128 && /^[^<>*%&:\\/?]*[^<>*%&:\\/?. ]$/.test(value);

type DatabaseStep = Extract<SingleStep, { readonly database: string }>;

function databaseStepOf(
  fields: Fields,
  place: Pick<DatabaseStep, 'server' | 'database'>,
  cloud: Cloud,
): DatabaseStep | undefined {
  const { kind, autoRotation } = fields;
  if (kind === 'revalidateDatabase') return { kind, ...place };
  const former = databaseProtectorOf(asFields(fields.former), cloud);
  if (fields.former !== undefined && !former) return undefined;
  if (kind === 'revertDatabase') return { kind, ...place, ...(former && { former }) };
  const keyIdentifier = identifierOf(fields.keyIdentifier, cloud);
  if (keyIdentifier === undefined) return undefined;
  if (kind === 'addDatabaseKey') return { kind, ...place, keyIdentifier };
  if (kind !== 'setDatabaseProtector' || typeof autoRotation !== 'boolean') return undefined;
  return { kind, ...place, keyIdentifier, autoRotation, ...(former && { former }) };
}

function databaseProtectorOf(fields: Fields | undefined, cloud: Cloud): DatabaseProtector | undefined {
  const uri = identifierOf(fields?.uri, cloud);
  const autoRotation = fields?.autoRotation;
  return uri !== undefined && typeof autoRotation === 'boolean' ? { uri, autoRotation } : undefined;
}
