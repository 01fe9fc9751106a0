import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { isInaccessible } from '../../core/keys/databaseProtector';
import type { DatabaseState, KeyedDatabase, SqlServer } from '../../core/model';
import { orProblem } from '../failures/listProblems';
import { showFailure } from '../failures/notifyFailure';
import { notify } from '../messages';
import { readWithProgress } from '../progress';
import { actionItem, pick, retryItem, type Item } from '../quickPick';
import type { Args, CommandServices } from './handler';
import { askForLogicalServer } from './targets';

/** A database as it is now, and its server. */
export interface Target {
  readonly server: SqlServer;
  readonly database: KeyedDatabase;
}

/**
 * The database a command was invoked on, or else one that the user picks. Undefined if it can't be read, which is then shown.
 * @param isAny also offers databases without their own TDE protector
 */
export async function askForDatabase(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
  isAny = false,
): Promise<Target | undefined> {
  const { row } = args;
  const node = row?.kind === 'databaseKey' ? row.parent : row;
  if (node?.kind === 'database') return readDatabase(services, node.parent.server, node.database.name);
  const server = await askForLogicalServer(services, context, args, title);
  const label = l10n.t('Can\'t list the databases of "{0}"', server.name);
  const items = (signal: AbortSignal) =>
    orProblem<string>(services, label, async () => {
      const { backups } = await services.azure.get();
      const databases = await backups.listDatabases(server, signal);
      return [...databaseItems(server, databases, isAny), ...(isAny ? otherItems(databases) : [])];
    });
  const name = await pick(context.ui, items, {
    title,
    placeHolder: l10n.t('Select the database of "{0}"', server.name),
    loadingPlaceHolder: l10n.t('Loading databases…'),
  });
  return readDatabase(services, server, name, isAny);
}

/** Inaccessible databases come first. */
function databaseItems(
  { name: server }: SqlServer,
  databases: readonly DatabaseState[],
  isAny: boolean,
): Item<string>[] {
  const own = databases
    .filter(({ protector }) => protector)
    .toSorted((a, b) => Number(isInaccessible(b)) - Number(isInaccessible(a)));
  const none = l10n.t('No database of "{0}" has its own TDE protector', server);
  if (own.length === 0 && !isAny) return [actionItem('info', none, () => undefined), retryItem()];
  return own.map(({ name, status }) => ({ label: name, description: status, data: name }));
}

/** The databases that use the TDE protector of their server. */
const otherItems = (databases: readonly DatabaseState[]): Item<string>[] =>
  databases
    .filter(({ protector }) => !protector)
    .map(({ name }) => ({ label: name, group: l10n.t('without their own TDE protector'), data: name }));

/**
 * Reads a database that has its own TDE protector or, with `isAny`, needn't have one. A failure is shown, and that it has none anymore.
 * @returns undefined then, and on Cancel
 */
export async function readDatabase(
  services: CommandServices,
  server: SqlServer,
  name: string,
  isAny = false,
): Promise<Target | undefined> {
  try {
    const { databaseKeys } = await services.azure.get();
    const title = l10n.t('Reading the keys of "{0}"…', name);
    const read = await readWithProgress(services, title, ({ signal }) => databaseKeys.get(server, name, signal));
    if (!read) return undefined;
    if (read.protector || isAny) return { server, database: read };
    void notify(
      'info',
      l10n.t('Nothing to change: the database "{0}" now uses the TDE protector of "{1}".', name, server.name),
    );
    await services.tree.refreshServer(server);
    return undefined;
  } catch (error) {
    await showFailure(services, error);
    return undefined;
  }
}
