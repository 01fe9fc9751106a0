import { authorization, distinct, keyChecks, needed, rights, sql, vaults, type NeededAction } from './neededAction';

/** The facts that tell whether a database can use a key. Its key always has a version. */
const databaseChecks = [
  ...keyChecks.filter(({ action }) => !action.endsWith('/vaults/keys/read')),
  ...authorization('locks').map(needed('check', 'server')),
];

/** A change of the TDE protector of a database. */
const databaseChange = (
  action: string,
  operation: string,
  server: 'server' | 'replica' = 'server',
): readonly NeededAction[] => [
  ...sql(`servers/databases/${action}`).map(needed('change', server)),
  ...sql(`locations/${operation}AzureAsyncOperation/read`).map(needed('follow', `${server}Group`)),
  ...sql('servers/databases/read').map(needed('show', server)),
  ...rights(server),
];

/** The same change of the replicas of a database, which the command finds. */
const replicaChanges = [
  ...sql('servers/databases/replicationLinks/read').map(needed('show', 'server')),
  ...databaseChange('write', 'database', 'replica'),
  ...sql('servers/read', 'servers/databases/replicationLinks/read').map(needed('show', 'replica')),
  ...authorization('locks').map(needed('check', 'replica')),
];

/** The actions for each change of a database. */
export const databaseActions = {
  assignDatabaseIdentity: databaseChange('write', 'database'),
  addDatabaseKey: distinct(
    databaseChange('write', 'database'),
    vaults('read', 'keys/read', 'keys/versions/read').map(needed('show', 'vault')),
    databaseChecks,
    replicaChanges,
  ),
  setDatabaseProtector: [...databaseChange('write', 'database'), ...databaseChecks, ...replicaChanges],
  revalidateDatabase: [
    ...databaseChange('encryptionProtector/revalidate/action', 'databaseEncryptionProtectorRevalidate'),
    ...databaseChecks,
  ],
  revertDatabase: distinct(
    databaseChange('encryptionProtector/revert/action', 'databaseEncryptionProtectorRevert'),
    sql('servers/encryptionProtector/read').map(needed('show', 'server')),
  ),
} as const satisfies Readonly<Record<string, readonly NeededAction[]>>;
