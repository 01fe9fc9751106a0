import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import type { Fix } from '../../core/errors/fix';
import { hasProtector, isInaccessible, isProtectorOf, sortedKeys } from '../../core/keys/databaseProtector';
import { keyLabel, serverKeyNameOf } from '../../core/keys/serverKeyName';
import type { DatabaseKey, DatabaseState, KeyedDatabase, SqlServer } from '../../core/model';
import { orProblem } from '../failures/listProblems';
import { showFailure } from '../failures/notifyFailure';
import { runFix } from '../fixes/runFix';
import { notify } from '../messages';
import { askForRotation } from '../plans/makeProtector';
import { readWithProgress } from '../progress';
import { actionItem, pick, retryItem, type Item } from '../quickPick';
import type { Args, CommandServices, Handler } from './handler';
import { askForLogicalServer } from './targets';

/** A database as it is now, and its server. */
interface Target {
  readonly server: SqlServer;
  readonly database: KeyedDatabase;
}

/** Makes a key of a database its TDE protector, or changes the automatic rotation of the current one. */
export const makeDatabaseProtector: Handler = (services) => async (context, args) => {
  const title = l10n.t('Make TDE Protector of Database');
  const target = await askForDatabase(services, context, args, title);
  if (!target) return;
  const uri = args.row?.kind === 'databaseKey' ? args.row.key.uri : await askForKey(context, target, title);
  const autoRotation = await askForRotation(services, target.database.name, serverKeyNameOf(uri));
  if (autoRotation !== undefined) await setProtector(services, target, uri, autoRotation);
};

/** Turns automatic rotation of the TDE protector of a database on or off. */
export async function turnDatabaseRotation(
  services: CommandServices,
  server: SqlServer,
  { name }: Pick<DatabaseState, 'name'>,
  autoRotation: boolean,
): Promise<void> {
  const target = await readDatabase(services, server, name);
  const uri = target?.database.protector?.uri;
  if (target && uri !== undefined) await setProtector(services, target, uri, autoRotation);
}

/** Makes Azure use the TDE protector of a database again after an outage. */
export const revalidateDatabase: Handler = (services) => async (context, args) => {
  const target = await askForDatabase(services, context, args, l10n.t('Revalidate Database Key'));
  if (!target) return;
  const reason = l10n.t('The database "{0}" may be inaccessible', target.database.name);
  await apply(services, { kind: 'revalidateDatabase', ...target }, reason);
};

/** Makes a database use the TDE protector of its server. */
export const useServerProtector: Handler = (services) => async (context, args) => {
  const target = await askForDatabase(services, context, args, l10n.t("Use Server's TDE Protector"));
  if (!target) return;
  const reason = l10n.t('The database "{0}" no longer needs its own TDE protector', target.database.name);
  await apply(services, { kind: 'revertDatabase', ...target }, reason);
};

async function setProtector(
  services: CommandServices,
  target: Target,
  uri: string,
  autoRotation: boolean,
): Promise<void> {
  const { name } = target.database;
  const protector = { uri, autoRotation };
  if (hasProtector(target.database, protector)) {
    void notify(
      'info',
      l10n.t('Nothing to change: the TDE protector of the database "{0}" already has these settings.', name),
    );
    return;
  }
  const reason = l10n.t('The TDE protector of "{0}" needs another setting', name);
  await apply(services, { kind: 'setDatabaseProtector', ...target, protector }, reason);
}

async function apply(
  services: CommandServices,
  fix: Extract<Fix, { readonly database: unknown }>,
  text: string,
): Promise<void> {
  await runFix(services, { fix, finding: { outcome: 'warn', text, codes: [] } }, () => Promise.resolve(false));
}

/** The database a command was invoked on, or else one that the user picks. Undefined if it can't be read, which is then shown. */
async function askForDatabase(
  services: CommandServices,
  context: IActionContext,
  args: Args,
  title: string,
): Promise<Target | undefined> {
  const { row } = args;
  const node = row?.kind === 'databaseKey' ? row.parent : row;
  if (node?.kind === 'database') return readDatabase(services, node.parent.server, node.database.name);
  const server = await askForLogicalServer(services, context, args, title);
  const label = l10n.t('Can\'t list the databases of "{0}"', server.name);
  const items = (signal: AbortSignal) =>
    orProblem<string>(services, label, async () => {
      const { backups } = await services.azure.get();
      return databaseItems(server, await backups.listDatabases(server, signal));
    });
  const name = await pick(context.ui, items, {
    title,
    placeHolder: l10n.t('Select the database of "{0}"', server.name),
    loadingPlaceHolder: l10n.t('Loading databases…'),
  });
  return readDatabase(services, server, name);
}

/** Inaccessible databases come first. */
function databaseItems({ name: server }: SqlServer, databases: readonly DatabaseState[]): Item<string>[] {
  const own = databases
    .filter(({ protector }) => protector)
    .toSorted((a, b) => Number(isInaccessible(b)) - Number(isInaccessible(a)));
  const none = l10n.t('No database of "{0}" has its own TDE protector', server);
  if (own.length === 0) return [actionItem('info', none, () => undefined), retryItem()];
  return own.map(({ name, status }) => ({ label: name, description: status, data: name }));
}

/**
 * Reads a database that has its own TDE protector. A failure is shown, and that it has none anymore.
 * @returns undefined then, and on Cancel
 */
async function readDatabase(services: CommandServices, server: SqlServer, name: string): Promise<Target | undefined> {
  try {
    const { databaseKeys } = await services.azure.get();
    const title = l10n.t('Reading the keys of "{0}"…', name);
    const read = await readWithProgress(services, title, ({ signal }) => databaseKeys.get(server, name, signal));
    if (!read) return undefined;
    if (read.protector) return { server, database: read };
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

const askForKey = (context: IActionContext, { database }: Target, title: string): Promise<string> =>
  pick(context.ui, () => Promise.resolve(sortedKeys(database).map((key) => keyItem(key, database))), {
    title,
    placeHolder: l10n.t('Select the key of "{0}"', database.name),
  });

function keyItem(key: DatabaseKey, database: KeyedDatabase): Item<string> {
  const description = isProtectorOf(database, key) ? l10n.t('protector') : '';
  return { label: keyLabel(key.uri), description, detail: key.uri, data: key.uri };
}
