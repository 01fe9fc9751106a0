import { databaseResult, type DatabaseFix } from '../../core/checks/databaseFixWords';
import { notify } from '../messages';
import type { Services } from '../services';

/** Shows what a change of a database, which has been read back, has done, and refreshes its rows. */
export async function showDatabaseResult(services: Services, fix: DatabaseFix): Promise<void> {
  void notify('info', databaseResult(fix));
  await services.tree.refreshServer(fix.server);
}
