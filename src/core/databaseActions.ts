import { authorization, distinct, keyChecks, needed, rights, sql, vaults, type NeededAction } from './neededAction';

/** The facts that tell whether a database can use a key. Its key always has a version. */
const databaseChecks = [
  ...keyChecks.filter(({ action }) => !action.endsWith('/vaults/keys/read')),
  ...authorization('locks').map(needed('check', 'server')),
];

/** A change of the TDE protector of a database. */
const databaseChange = (action: string, operation: string): readonly NeededAction[] => [
  ...sql(`servers/databases/${action}`).map(needed('change', 'server')),
  ...sql(`locations/${operation}AzureAsyncOperation/read`).map(needed('follow', 'serverGroup')),
  ...sql('servers/databases/read').map(needed('show', 'server')),
  ...rights('server'),
];

/** The actions for each change of a database. */
export const databaseActions = {
  addDatabaseKey: distinct(
    databaseChange('write', 'database'),
    vaults('read', 'keys/read', 'keys/versions/read').map(needed('show', 'vault')),
    databaseChecks,
  ),
  setDatabaseProtector: [...databaseChange('write', 'database'), ...databaseChecks],
  revalidateDatabase: [
    ...databaseChange('encryptionProtector/revalidate/action', 'databaseEncryptionProtectorRevalidate'),
    ...databaseChecks,
  ],
  revertDatabase: distinct(
    databaseChange('encryptionProtector/revert/action', 'databaseEncryptionProtectorRevert'),
    sql('servers/encryptionProtector/read').map(needed('show', 'server')),
  ),
} as const satisfies Readonly<Record<string, readonly NeededAction[]>>;
