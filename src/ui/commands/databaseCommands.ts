import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { sameId } from '../../core/armId';
import type { Fix } from '../../core/errors/fix';
import { isProtectorOf, sortedKeys } from '../../core/keys/databaseProtector';
import { keyLabel, serverKeyNameOf } from '../../core/keys/serverKeyName';
import type { DatabaseKey, DatabaseProtector, DatabaseState, KeyedDatabase, SqlServer } from '../../core/model';
import { titleOf } from '../../core/plan/planTexts';
import type { SingleStep } from '../../core/plan/singleStep';
import { runFix } from '../fixes/runFix';
import { notify } from '../messages';
import { changeDatabase } from '../plans/changeDatabase';
import { askForRotation } from '../plans/makeProtector';
import { pick, type Item } from '../quickPick';
import { askForDatabaseKey } from '../wizard/askForDatabaseKey';
import { askForDatabase, readDatabase, type Target } from './databaseTargets';
import type { CommandServices, Handler } from './handler';

/** Makes a key of a database its TDE protector, or changes the automatic rotation of the current one. */
export const makeDatabaseProtector: Handler = (services) => async (context, args) => {
  const title = l10n.t('Make TDE Protector of Database');
  const target = await askForDatabase(services, context, args, title, true);
  if (!target) return;
  const uri = args.row?.kind === 'databaseKey' ? args.row.key.uri : await askForKey(services, context, target, title);
  if (uri !== undefined) await askAndSet(services, target, uri);
};

/** Adds a key of a vault to a database, and then offers to make it the TDE protector. */
export const addDatabaseKey: Handler = (services) => async (context, args) => {
  const target = await askForDatabase(services, context, args, l10n.t('Add Key to Database'));
  if (!target) return;
  const uri = await askForDatabaseKey(services, context, target.server, target.database.name);
  if (uri !== undefined) await addKey(services, target, uri);
};

/** Turns automatic rotation of the TDE protector of a database on or off. */
export async function turnDatabaseRotation(
  services: CommandServices,
  server: SqlServer,
  { name }: Pick<DatabaseState, 'name'>,
  autoRotation: boolean,
): Promise<void> {
  const target = await readDatabase(services, server, name);
  const protector = target?.database.protector;
  if (!target || !protector) return;
  if (protector.autoRotation === autoRotation) {
    void notify(
      'info',
      l10n.t('Nothing to change: the TDE protector of the database "{0}" already has these settings.', name),
    );
    return;
  }
  const reason = l10n.t('The TDE protector of "{0}" needs another setting', name);
  await apply(services, { kind: 'setDatabaseProtector', ...target, protector: { ...protector, autoRotation } }, reason);
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

/** Runs a saved change of a database, unless its TDE protector has changed since. */
export async function runDatabaseStep(
  services: CommandServices,
  server: SqlServer,
  step: Extract<SingleStep, { readonly database: string }>,
): Promise<void> {
  const isSetting = step.kind === 'setDatabaseProtector';
  const target = await readDatabase(services, server, step.database, isSetting);
  if (!target) return;
  const { protector } = target.database;
  if (step.kind === 'addDatabaseKey') {
    await addKey(services, target, step.keyIdentifier);
  } else if (step.kind === 'revalidateDatabase') {
    await apply(services, { kind: step.kind, ...target }, titleOf(step));
  } else if (
    !isSameUri(protector, step.former) &&
    !(isSetting && isProtectorOf(target.database, { uri: step.keyIdentifier }))
  ) {
    const text = l10n.t('The TDE protector of the database "{0}" is another key now.', step.database);
    void notify('warning', [text, l10n.t('Create a new plan.')].join(' '));
  } else if (isSetting) {
    await changeDatabase(services, target, { uri: step.keyIdentifier, autoRotation: step.autoRotation });
  } else {
    await apply(services, { kind: step.kind, ...target }, titleOf(step));
  }
}

const isSameUri = (one?: DatabaseProtector, other?: DatabaseProtector): boolean =>
  one === other || sameId(one?.uri, other?.uri);

async function askAndSet(services: CommandServices, target: Target, uri: string): Promise<void> {
  const autoRotation = await askForRotation(services, target.database.name, serverKeyNameOf(uri));
  if (autoRotation !== undefined) await changeDatabase(services, target, { uri, autoRotation });
}

async function addKey(services: CommandServices, target: Target, uri: string): Promise<void> {
  const { server, database } = target;
  const makeProtector = {
    title: l10n.t('Make TDE Protector…'),
    run: async () => {
      const now = await readDatabase(services, server, database.name);
      if (now) await askAndSet(services, now, uri);
    },
  };
  await changeDatabase(services, target, { uri }, isProtectorOf(database, { uri }) ? undefined : makeProtector);
}

async function apply(
  services: CommandServices,
  fix: Extract<Fix, { readonly database: unknown }>,
  text: string,
): Promise<void> {
  await runFix(services, { fix, finding: { outcome: 'warn', text, codes: [] } }, () => Promise.resolve(false));
}

/** A key of a database, or one of a vault, which the next questions ask for. */
type ChosenKey = Partial<DatabaseKey>;

/** Asks for a key of a database or, at the end of the list, of a vault. */
async function askForKey(
  services: CommandServices,
  context: IActionContext,
  { server, database }: Target,
  title: string,
): Promise<string | undefined> {
  if (database.keys.length === 0) return askForDatabaseKey(services, context, server, database.name);
  const items = [...sortedKeys(database).map((key) => keyItem(key, database)), vaultKeyItem()];
  const { uri } = await pick(context.ui, () => Promise.resolve(items), {
    title,
    placeHolder: l10n.t('Select the key of "{0}"', database.name),
  });
  return uri ?? askForDatabaseKey(services, context, server, database.name);
}

function keyItem(key: DatabaseKey, database: KeyedDatabase): Item<ChosenKey> {
  const description = isProtectorOf(database, key) ? l10n.t('protector') : '';
  return { label: keyLabel(key.uri), description, detail: key.uri, data: { uri: key.uri } };
}

const vaultKeyItem = (): Item<ChosenKey> => ({
  label: l10n.t('A key from a key vault or managed HSM…'),
  iconPath: new ThemeIcon('add'),
  detail: l10n.t('Adds it to the database too'),
  data: {},
});
