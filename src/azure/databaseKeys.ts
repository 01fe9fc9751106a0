import { databaseId, sameId } from '../core/armId';
import { hasIdentity, hasKey, hasProtector, isInaccessible } from '../core/keys/databaseProtector';
import type { DatabaseKey, DatabaseProtector, DatabaseState, KeyedDatabase, ServerIdentity } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { apiVersions, databasePath, type ArmRequests } from './armRequests';
import type { RunOperation } from './gateway/deadline';
import { asObject, during } from './gateway/failures';
import { listDatabasePartners } from './geoPartners';
import { dateOf, propertiesOf, textOf } from './properties';
import { toIdentity, type IdentityFacts } from './serverDetails';
import { verified } from './settled';

export function databaseKeys(arm: ArmRequests, runOperation: RunOperation): Azure['databaseKeys'] {
  return {
    get: (server, database, signal) =>
      during({ name: 'read database', resource: databaseId(server, database) }, () =>
        readDatabase(arm, server, database, signal),
      ),
    listPartners: (server, database, signal) =>
      during({ name: 'list replicas of database', resource: databaseId(server, database) }, () =>
        listDatabasePartners(arm, server, database, signal),
      ),
    ...changes(arm, runOperation),
  };
}

function changes(arm: ArmRequests, runOperation: RunOperation): Omit<Azure['databaseKeys'], 'get' | 'listPartners'> {
  const run = ({ name, server, database, request, isThere }: Change, signal?: AbortSignal): Promise<void> =>
    during({ name, resource: databaseId(server, database) }, () =>
      verified(
        () => runOperation(signal, (limited) => arm.run({ ...request, apiVersion: apiVersions.sql }, limited)),
        async () => isThere(await readDatabase(arm, server, database, signal)),
      ),
    );
  return {
    assignIdentity: (server, database, identityId, signal) => {
      const body = { identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } } };
      const request = { method: 'PATCH', path: databasePath(server, database), body } as const;
      const isThere = (read: KeyedDatabase) => hasIdentity(read, identityId);
      return run({ name: 'assign identity to database', server, database, request, isThere }, signal);
    },
    add: (server, database, uri, signal) => {
      const body = { properties: { keys: { [uri]: {} } } };
      const request = { method: 'PATCH', path: databasePath(server, database), body } as const;
      const isThere = (read: KeyedDatabase) => hasKey(read, uri);
      return run({ name: 'add key to database', server, database, request, isThere }, signal);
    },
    setProtector: (server, database, protector, signal) => {
      const body = { properties: propertiesFor(protector) };
      const request = { method: 'PATCH', path: databasePath(server, database), body } as const;
      const isThere = (read: KeyedDatabase) => hasProtector(read, protector);
      return run({ name: 'set TDE protector of database', server, database, request, isThere }, signal);
    },
    revalidate: (server, database, signal) => {
      const request = { method: 'POST', path: `${protectorPath(server, database)}/revalidate` } as const;
      const isThere = (read: KeyedDatabase) => !isInaccessible(read);
      return run({ name: 'revalidate database', server, database, request, isThere }, signal);
    },
    revert: (server, database, signal) => {
      const request = { method: 'POST', path: `${protectorPath(server, database)}/revert` } as const;
      const isThere = ({ protector }: KeyedDatabase) => protector === undefined;
      return run({ name: 'revert database', server, database, request, isThere }, signal);
    },
  };
}

/** A change, which ends when its operation has ended and the database shows it. Its TDE state isn't read: that resumes a paused database. */
interface Change {
  readonly name: string;
  readonly server: ServerPlace;
  readonly database: string;
  readonly request: Omit<Parameters<ArmRequests['run']>[0], 'apiVersion'>;
  readonly isThere: (database: KeyedDatabase) => boolean;
}

const protectorPath = (server: ServerPlace, database: string): string =>
  `${databasePath(server, database)}/encryptionProtector/current`;

/**
 * Azure adds a key that the database lacks: a recorded test of Azure CLI, test_sql_per_db_cmk, sends only the TDE protector. Azure
 * doesn't document whether a request without the flag turns automatic rotation off, so it is always sent.
 */
const propertiesFor = ({ uri, autoRotation }: DatabaseProtector): object => ({
  encryptionProtector: uri,
  encryptionProtectorAutoRotation: autoRotation,
});

async function readDatabase(
  arm: ArmRequests,
  server: ServerPlace,
  name: string,
  signal?: AbortSignal,
): Promise<KeyedDatabase> {
  const request = { path: databasePath(server, name), apiVersion: apiVersions.sql, expand: 'keys' };
  const database = (await arm.send(request, signal)) as Parameters<typeof identityOf>[0];
  const state = toDatabaseState(database);
  const properties = propertiesOf(database);
  const keys = Object.entries(asObject(properties.keys) ?? {}).map(toKey);
  const { protector } = state;
  const isListed = !protector || keys.some(({ uri }) => sameId(uri, protector.uri));
  const [federatedClientId] = textOf(properties.federatedClientId);
  return {
    ...state,
    keys: isListed ? keys : [...keys, { uri: protector.uri }],
    identity: identityOf(database),
    ...(federatedClientId && { federatedClientId }),
  };
}

/** A database has only user-assigned identities, and Azure allows one. */
function identityOf({ identity }: { readonly identity?: IdentityFacts | null }): ServerIdentity {
  const [id] = Object.keys(identity?.userAssignedIdentities ?? {});
  return toIdentity(identity, id);
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
