import { sameId } from '../armId';
import type { DatabaseKey, DatabaseProtector, DatabaseState, KeyedDatabase } from '../model';
import { isSameVaultKey, isSameVaultKeyName } from './sameKey';

/** Whether a database has its own TDE protector with these settings. With automatic rotation, Azure may use a newer version by now. */
export function hasProtector({ protector }: Pick<DatabaseState, 'protector'>, wanted: DatabaseProtector): boolean {
  if (!protector || protector.autoRotation !== wanted.autoRotation) return false;
  return wanted.autoRotation ? isSameVaultKeyName(protector, wanted) : isSameVaultKey(protector, wanted);
}

/** Whether a database has a key, as its TDE protector or beside it. */
export const hasKey = ({ keys }: Pick<KeyedDatabase, 'keys'>, uri: string): boolean =>
  keys.some((key) => isSameVaultKey(key, { uri }));

/** Whether a database has an identity. */
export const hasIdentity = ({ identity }: Pick<KeyedDatabase, 'identity'>, identityId: string): boolean =>
  identity.userAssigned.some(({ id }) => sameId(id, identityId));

/** Whether a key is the TDE protector of a database. */
export const isProtectorOf = ({ protector }: Pick<DatabaseState, 'protector'>, { uri }: DatabaseKey): boolean =>
  protector !== undefined && isSameVaultKey(protector, { uri });

/** The keys of a database: the TDE protector first, then from new to old. */
export function sortedKeys(database: Pick<KeyedDatabase, 'protector' | 'keys'>): readonly DatabaseKey[] {
  const age = ({ created }: DatabaseKey): number => created?.getTime() ?? 0;
  const rank = (key: DatabaseKey): number => Number(isProtectorOf(database, key));
  return database.keys.toSorted((a, b) => rank(b) - rank(a) || age(b) - age(a));
}

/** Whether Azure can't use the key of a database, so that nobody can open the database. */
export const isInaccessible = ({ status }: Pick<DatabaseState, 'status'>): boolean => sameId(status, 'Inaccessible');
