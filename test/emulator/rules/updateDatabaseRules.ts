import type { ArmRequest } from '../arm/route';
import { primaryDatabaseOf } from '../base/geo';
import { includesId } from '../base/ids';
import { propertiesOf, recordOf, stringOf } from '../base/json';
import { messageIf, type Rule } from '../base/rule';
import type { Database, DatabaseKey, Server, SqlResource } from '../base/state';
import { isMaster, oneDatabaseOperationAtATime } from './databaseRules';
import { isOtherVaultUrl, parseKeyIdentifier, sameIdentifier } from './keyIdentifier';

export interface UpdateDatabaseFacts {
  request: ArmRequest;
  server: Server;
  database: Database;
  /** The user-assigned identities after the update. */
  identities: string[];
  application?: string;
  /** The key identifiers to add, including that of a new TDE protector. */
  added: string[];
  removed: string[];
  /** The key identifier of the TDE protector after the update. */
  protector?: string;
  changesProtector: boolean;
  autoRotation: boolean;
}

const sameUri = (a: string, b: string): boolean => {
  const left = parseKeyIdentifier(a);
  return left !== undefined && sameIdentifier(left, parseKeyIdentifier(b));
};

/** The current key of a database with a key identifier. */
export const keyOf = ({ keys = [] }: Database, uri: string): DatabaseKey | undefined =>
  keys.find((key) => key.removed === undefined && sameUri(key.uri, uri));

/** A database with database-level keys, in the form in which the rules of vaults take a server. */
export function asResource(
  server: Server,
  { name, keys = [] }: Database,
  { identities, application }: Pick<UpdateDatabaseFacts, 'identities' | 'application'>,
): SqlResource {
  const [primary] = identities;
  const { tenantId, location, state, tags, protector, databases } = server;
  return {
    ...{ tenantId, location, state, tags, protector, databases },
    id: `${server.id}/databases/${name}`,
    name: server.name,
    identityType: primary === undefined ? 'None' : 'UserAssigned',
    userAssignedIdentities: identities,
    ...(primary !== undefined && { primaryUserAssignedIdentityId: primary }),
    ...(application !== undefined && { federatedClientId: application }),
    keys,
  };
}

function identitiesAfter({ identityId }: Database, sent: Record<string, unknown>): string[] {
  if (stringOf(sent.type) === 'None') return [];
  const all = recordOf(sent.userAssignedIdentities);
  const named = Object.keys(all);
  const kept = identityId === undefined || includesId(named, identityId) ? [] : [identityId];
  return [...kept, ...named.filter((id) => all[id] !== null)];
}

/** Reads the facts from a PATCH of a database. */
export function updateDatabaseFacts(request: ArmRequest, server: Server, database: Database): UpdateDatabaseFacts {
  const properties = propertiesOf(request.body);
  const keys = recordOf(properties.keys);
  const sent = stringOf(properties.encryptionProtector);
  const protector = sent === '' ? database.encryptionProtector : sent;
  const application = stringOf(properties.federatedClientId) || database.federatedClientId;
  const named = Object.keys(keys).filter((uri) => keys[uri] !== null);
  const rotation = properties.encryptionProtectorAutoRotation;
  return {
    request,
    server,
    database,
    identities: identitiesAfter(database, recordOf(recordOf(request.body).identity)),
    ...(application !== undefined && { application }),
    added: [...named, ...(sent === '' ? [] : [sent])].filter((uri) => !keyOf(database, uri)),
    removed: Object.keys(keys).filter((uri) => keys[uri] === null),
    ...(protector !== undefined && { protector }),
    changesProtector: sent !== '' && !sameUri(sent, database.encryptionProtector ?? ''),
    autoRotation: typeof rotation === 'boolean' ? rotation : database.autoRotation === true,
  };
}

const isArmId = (id: string): boolean =>
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\//i.test(id);

const brokenUri = ({ added }: UpdateDatabaseFacts, isBroken: (uri: string) => boolean): string | undefined =>
  added.find(isBroken);

/** The checks of PATCH …/databases/D, which changes the identity, the keys, and the TDE protector of a database. */
export const updateDatabaseRules: readonly Rule<UpdateDatabaseFacts>[] = [
  {
    code: 'CannotAssignIdentityToMaster',
    status: 400,
    when: (f) =>
      messageIf(
        isMaster(f.database) && f.identities.length > 0,
        "Cannot assign an identity to a system database. Database identity cannot be assigned to 'master', 'model', 'tempdb', 'msdb', or 'resource' databases.",
      ),
  },
  {
    code: 'InvalidIdentityId',
    status: 400,
    when: (f) =>
      messageIf(
        !f.identities.every(isArmId),
        'One or more identity id(s) provided are not valid ARM resource id(s). Please input valid id(s) and try again.',
      ),
  },
  {
    code: 'InvalidNumberOfIdentities',
    status: 400,
    when: (f) =>
      messageIf(f.identities.length > 1, 'Only one user assigned managed identity is supported at the Database Level.'),
  },
  {
    code: 'AzureKeyVaultInvalidUri',
    status: 400,
    when: (f) =>
      messageIf(
        brokenUri(f, isOtherVaultUrl) !== undefined,
        'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
      ),
  },
  {
    code: 'AzureKeyVaultMalformedVaultUri',
    status: 400,
    when: (f) => {
      const uri = brokenUri(f, (sent) => parseKeyIdentifier(sent)?.version === undefined);
      return uri === undefined ? undefined : `The provided Key Vault uri '${uri}' is not valid.`;
    },
  },
  {
    code: 'PerDatabaseCMKDWNotSupported',
    status: 400,
    when: (f) =>
      messageIf(
        f.added.length > 0 && f.database.sku.tier === 'DataWarehouse',
        'Database-level CMK in preview is not supported for Datawarehouse edition.',
      ),
  },
  {
    code: 'PerDatabaseCMKGeoPrimaryIsNotConfiguredWithDatabaseLevelEncryptionProtector',
    status: 400,
    when: ({ request, server, database, changesProtector }) => {
      const primary = primaryDatabaseOf(request.state, server, database.name);
      return messageIf(
        changesProtector && primary !== undefined && primary.encryptionProtector === undefined,
        'The geo-primary database must be configured with a database level encryption protector before setting a database level encryption protector on the geo-secondary.',
      );
    },
  },
  {
    code: 'PerDBCMKNotSupportedWithLTR',
    status: 400,
    when: (f) =>
      messageIf(
        f.added.length > 0 && f.database.longTermRetention !== undefined,
        'Database-level CMK is not supported when Long-term Backup Retention is enabled on the database.',
      ),
  },
  {
    code: 'PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse',
    status: 400,
    when: (f) =>
      messageIf(
        f.changesProtector && f.database.oldProtectorInUse === true,
        'Key Rotation for the TDE Protector at the database level is blocked when active transactions are holding up the log encrypted with old keys. Please refer to aka.ms/azuresqldbkeyrotation for possible strategies to workaround this issue.',
      ),
  },
  {
    code: 'AzureKeyVaultKeyInUse',
    status: 409,
    when: ({ removed, protector, server }) =>
      messageIf(
        protector !== undefined && removed.some((uri) => sameUri(uri, protector)),
        `The key is currently being used by the server '${server.name}'.`,
      ),
  },
  oneDatabaseOperationAtATime,
];
