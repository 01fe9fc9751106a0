import { databaseId, sameId } from '../core/armId';
import type { DatabaseKey, DatabaseState, KeyedDatabase } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { apiVersions, databasePath, type ArmRequests } from './armRequests';
import { asObject, during } from './gateway/failures';
import { dateOf, propertiesOf, textOf } from './properties';

export function databaseKeys(arm: ArmRequests): Azure['databaseKeys'] {
  return {
    get: (server, database, signal) =>
      during({ name: 'read database', resource: databaseId(server, database) }, () =>
        readDatabase(arm, server, database, signal),
      ),
  };
}

async function readDatabase(
  arm: ArmRequests,
  server: ServerPlace,
  name: string,
  signal?: AbortSignal,
): Promise<KeyedDatabase> {
  const request = { path: databasePath(server, name), apiVersion: apiVersions.sql, expand: 'keys' };
  const database = await arm.send(request, signal);
  const state = toDatabaseState(database);
  const keys = Object.entries(asObject(propertiesOf(database).keys) ?? {}).map(toKey);
  const { protector } = state;
  const isListed = !protector || keys.some(({ uri }) => sameId(uri, protector.uri));
  return { ...state, keys: isListed ? keys : [...keys, { uri: protector.uri }] };
}

function toKey([uri, key]: readonly [string, unknown]): DatabaseKey {
  const { thumbprint, creationDate } = asObject(key) ?? {};
  const created = dateOf(creationDate);
  return { uri, ...(typeof thumbprint === 'string' && { thumbprint }), ...(created && { created }) };
}

/** A database as a list shows it, and as it is read alone. */
export function toDatabaseState(database: unknown): DatabaseState {
  const { name, identity } = asObject(database) ?? {};
  const { status, encryptionProtector, encryptionProtectorAutoRotation } = propertiesOf(database);
  const [uri] = textOf(encryptionProtector);
  return {
    name: textOf(name)[0] ?? '',
    status: textOf(status)[0] ?? '',
    hasIdentity: asObject(identity) !== undefined,
    ...(uri && { protector: { uri, autoRotation: encryptionProtectorAutoRotation === true } }),
  };
}
