import { sameId } from '../armId';
import type { DatabaseProtector, DatabaseState } from '../model';
import { isSameVaultKey, isSameVaultKeyName } from './sameKey';

/** Whether a database has a TDE protector of its own with these settings. Automatic rotation may have taken a newer version since. */
export function hasProtector({ protector }: Pick<DatabaseState, 'protector'>, wanted: DatabaseProtector): boolean {
  if (!protector || protector.autoRotation !== wanted.autoRotation) return false;
  return wanted.autoRotation ? isSameVaultKeyName(protector, wanted) : isSameVaultKey(protector, wanted);
}

/** Whether Azure can't use the key of a database, so that nobody can open the database. */
export const isInaccessible = ({ status }: Pick<DatabaseState, 'status'>): boolean => sameId(status, 'Inaccessible');
