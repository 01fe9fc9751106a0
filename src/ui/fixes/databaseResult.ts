import { databaseResult, type DatabaseFix } from '../../core/checks/databaseFixWords';
import { notify, type Action } from '../messages';
import type { Services } from '../services';

/**
 * Shows what a change of a database, which has been read back, has done, and refreshes its rows.
 * @param next offered then
 */
export async function showDatabaseResult(services: Services, fix: DatabaseFix, next?: Action): Promise<void> {
  void notify('info', databaseResult(fix), ...(next ? [next] : []));
  await services.tree.refreshServer(fix.server);
}
