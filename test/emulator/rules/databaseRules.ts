import { runningOn, runningOnDatabase } from '../arm/operations';
import type { ArmRequest } from '../arm/route';
import { same } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { Database, Server } from '../base/state';
import { notFound } from './serverRules';

const type = 'Microsoft.Sql/servers/databases';

/** The system database of every server. */
const master: Database = { name: 'master', status: 'Online', sku: { name: 'System', tier: 'System' } };

export const isMaster = ({ name }: Pick<Database, 'name'>): boolean => name === master.name;

/** The databases of a server, including master. */
export const databasesOf = ({ databases }: Pick<Server, 'databases'>): Database[] => [master, ...databases];

/** The database of a server in a path with :database; throws a Refusal if there is none. */
export function requireDatabase({ params: { database: name = '' } }: ArmRequest, server: Server): Database {
  const database = databasesOf(server).find((d) => same(d.name, name));
  if (!database) throw notFound(type, name);
  return database;
}

interface DatabaseOperationFacts {
  readonly request: ArmRequest;
  readonly server: Server;
  readonly database: Database;
}

/** A database runs one operation at a time. The operations of its server don't matter. */
export const oneDatabaseOperationAtATime: Rule<DatabaseOperationFacts> = {
  code: 'ConflictingDatabaseOperation',
  status: 409,
  when: ({ request: { emulator }, server, database }) =>
    messageIf(
      runningOnDatabase(emulator, server, database.name).length > 0,
      'There is already some operation on the database and the current operation should wait till it is done.',
    ),
};

/** The checks of PUT …/databases/D for a database that doesn't exist. */
export const createDatabaseRules: readonly Rule<DatabaseOperationFacts>[] = [
  {
    code: 'CreateDatabaseAttemptedWithRotationInProgress',
    status: 400,
    when: ({ request: { emulator }, server }) =>
      messageIf(
        runningOn(emulator, server).some(({ kind }) => kind === 'upsertProtector'),
        'The create database operation can not be performed at this time due to ongoing Transparent Data Encryption (TDE) key rotation on the server. Please try the operation again later.',
      ),
  },
  oneDatabaseOperationAtATime,
];

/** The checks of DELETE …/databases/D. */
export const deleteDatabaseRules: readonly Rule<DatabaseOperationFacts>[] = [
  {
    code: 'CannotDropDatabaseAKVError',
    status: 400,
    when: ({ server, database }) =>
      messageIf(
        database.status === 'Inaccessible',
        `The database ${database.name} on server ${server.name} cannot be safely dropped because it is encrypted with a customer managed key that is no longer accessible to take the last backup before drop. Please restore Azure Key Vault Access on the server and revalidate the keys to make this database accessible and then proceed with the drop. For details see https://aka.ms/tdecmkrestorability`,
      ),
  },
  oneDatabaseOperationAtATime,
];
