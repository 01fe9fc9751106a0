import { l10n } from 'vscode';
import { serverKeyNameOf, shortServerKeyName } from '../../core/keys/serverKeyName';
import { notify } from '../messages';
import type { Services } from '../services';
import type { DatabaseFix } from './databaseObstacles';

/** Shows what a change of a database, which has been read back, has done, and refreshes its rows. */
export async function showDatabaseResult(services: Services, fix: DatabaseFix): Promise<void> {
  void notify('info', textOf(fix));
  await services.tree.refreshServer(fix.server);
}

function textOf(fix: DatabaseFix): string {
  const { name } = fix.database;
  switch (fix.kind) {
    case 'revalidateDatabase':
      return l10n.t('The key of the database "{0}" works, and the database isn\'t inaccessible.', name);
    case 'revertDatabase':
      return l10n.t('The database "{0}" uses the TDE protector of "{1}".', name, fix.server.name);
    case 'setDatabaseProtector': {
      const key = shortServerKeyName(serverKeyNameOf(fix.protector.uri));
      return fix.protector.autoRotation
        ? l10n.t('The TDE protector of the database "{0}" is "{1}", with automatic rotation.', name, key)
        : l10n.t('The TDE protector of the database "{0}" is "{1}", without automatic rotation.', name, key);
    }
  }
}
