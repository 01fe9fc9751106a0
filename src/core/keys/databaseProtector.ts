import { sameId } from '../armId';
import type { DatabaseProtector, DatabaseState } from '../model';
import { isSameVaultKey, isSameVaultKeyName } from './sameKey';

/** Whether a database has its own TDE protector with these settings. With automatic rotation, Azure may use a newer version by now. */
export function hasProtector({ protector }: Pick<DatabaseState, 'protector'>, wanted: DatabaseProtector): boolean {
  if (!protector || protector.autoRotation !== wanted.autoRotation) return false;
  return wanted.autoRotation ? isSameVaultKeyName(protector, wanted) : isSameVaultKey(protector, wanted);
}

/** Whether Azure can't use the key of a database, so that nobody can open the database. */
export const isInaccessible = ({ status }: Pick<DatabaseState, 'status'>): boolean => sameId(status, 'Inaccessible');
