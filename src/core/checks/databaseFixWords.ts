import * as l10n from '@vscode/l10n';
import { azCommand, serverValues, type CommandValues } from '../cli/commands';
import type { Fix } from '../errors/fix';
import { hasKey, isProtectorOf } from '../keys/databaseProtector';
import { serverKeyNameOf, shortServerKeyName } from '../keys/serverKeyName';
import type { KeyedDatabase } from '../model';
import { lines, type FixWords } from './fixWords';
import { lostSettings } from './protectorFixWords';

type OfKind<Kind extends Fix['kind']> = Extract<Fix, { readonly kind: Kind }>;
/** A change of the TDE protector of a database. */
export type DatabaseFix = OfKind<
  'assignDatabaseIdentity' | 'addDatabaseKey' | 'setDatabaseProtector' | 'revalidateDatabase' | 'revertDatabase'
>;

const nameOf = (uri: string): string => shortServerKeyName(serverKeyNameOf(uri));

const valuesOf = ({ server, database }: DatabaseFix): CommandValues => ({
  ...serverValues(server),
  database: database.name,
});

const placeOf = ({ server, database }: DatabaseFix): string =>
  l10n.t('Database: {0}, server {1}, resource group {2}', database.name, server.name, server.resourceGroup);

export function assignDatabaseIdentity(fix: OfKind<'assignDatabaseIdentity'>): FixWords {
  const { server, database, identity } = fix;
  const { name } = database;
  return {
    title: l10n.t('Assign Identity to Database…'),
    request: l10n.t('Please assign the identity "{0}" to the database "{1}".', identity.name, name),
    question: l10n.t('Assign the identity "{0}" to the database "{1}"?', identity.name, name),
    detail: lines(
      placeOf(fix),
      l10n.t('Identity: {0}, resource group {1}', identity.name, identity.resourceGroup),
      l10n.t('The database uses it to access its own keys. The identities of the server stay the same.'),
      l10n.t('Can be undone: remove the identity, as long as the database has no keys of its own.'),
    ),
    verb: l10n.t('Assign Identity'),
    progress: l10n.t('Assigning an identity to "{0}" on "{1}"…', name, server.name),
    command: azCommand('assignDatabaseIdentity', { ...valuesOf(fix), identityId: identity.id }),
  };
}

export function addDatabaseKey(fix: OfKind<'addDatabaseKey'>): FixWords {
  const { server, database, uri } = fix;
  const { name } = database;
  const key = nameOf(uri);
  return {
    title: l10n.t('Add Key to Database…'),
    request: l10n.t('Please add the key "{0}" to the database "{1}".', key, name),
    question: l10n.t('Add the key "{0}" to the database "{1}"?', key, name),
    detail: lines(
      placeOf(fix),
      l10n.t('Key identifier: {0}', uri),
      ...(database.protector
        ? [l10n.t('The TDE protector stays the same: "{0}".', nameOf(database.protector.uri))]
        : []),
      l10n.t('The identity of the database needs access to all its keys, as long as it has them.'),
      l10n.t('Can be undone: remove the key from the database in the portal or with Azure CLI.'),
    ),
    verb: l10n.t('Add Key'),
    progress: l10n.t('Adding a key to "{0}" on "{1}"…', name, server.name),
    command: azCommand('addDatabaseKey', { ...valuesOf(fix), keyUri: uri }),
  };
}

export function setDatabaseProtector(fix: OfKind<'setDatabaseProtector'>): FixWords {
  const { database, protector } = fix;
  const { detail, ...words } = isProtectorOf(database, protector) ? rotationWords(fix) : protectorWords(fix);
  return {
    ...words,
    detail: lines(placeOf(fix), l10n.t('Key identifier: {0}', protector.uri), detail),
    command: azCommand('setDatabaseProtector', {
      ...valuesOf(fix),
      keyUri: protector.uri,
      autoRotation: String(protector.autoRotation),
    }),
  };
}

type Words = Omit<FixWords, 'command'>;

function protectorWords({ server, database, protector }: OfKind<'setDatabaseProtector'>): Words {
  const { name } = database;
  const key = nameOf(protector.uri);
  return {
    title: l10n.t('Make TDE Protector of Database…'),
    request: l10n.t('Please make "{0}" the TDE protector of the database "{1}".', key, name),
    question: l10n.t('Make "{0}" the TDE protector of the database "{1}"?', key, name),
    detail: lines(
      protector.autoRotation
        ? l10n.t('Automatic rotation: on. Azure uses a new version of the key within 24 hours.')
        : l10n.t('Automatic rotation: off.'),
      ...(hasKey(database, protector.uri)
        ? []
        : [l10n.t("The database doesn't have the key yet. The change also adds it.")]),
      l10n.t('The database stays online: Azure encrypts only its encryption key again, not its data.'),
      ...formerKey(database),
    ),
    verb: l10n.t('Make TDE Protector'),
    progress: l10n.t('Setting the TDE protector of "{0}" on "{1}"…', name, server.name),
  };
}

/** What becomes of the former TDE protector, and whether the change can be undone. */
const formerKey = ({ protector }: KeyedDatabase): readonly string[] =>
  protector
    ? [
        l10n.t('Keep the former key in its vault and on the database: backups and active logs still need it.'),
        l10n.t('Can be undone: make "{0}" the TDE protector again.', nameOf(protector.uri)),
      ]
    : [
        l10n.t(
          'Can be undone while the TDE protector of the server is the service-managed key: make the database use it again.',
        ),
      ];

function rotationWords({ server, database: { name }, protector }: OfKind<'setDatabaseProtector'>): Words {
  const undo = l10n.t('Can be undone: change automatic rotation again.');
  return protector.autoRotation
    ? {
        title: l10n.t('Turn On Automatic Rotation…'),
        request: l10n.t('Please turn on automatic rotation of the TDE protector of the database "{0}".', name),
        question: l10n.t('Turn on automatic rotation of the TDE protector of the database "{0}"?', name),
        detail: lines(
          l10n.t('Azure uses a new version of the key within 24 hours. The TDE protector stays the same until then.'),
          undo,
        ),
        verb: l10n.t('Turn On'),
        progress: l10n.t('Turning on automatic rotation of "{0}" on "{1}"…', name, server.name),
      }
    : {
        title: l10n.t('Turn Off Automatic Rotation…'),
        request: l10n.t('Please turn off automatic rotation of the TDE protector of the database "{0}".', name),
        question: l10n.t('Turn off automatic rotation of the TDE protector of the database "{0}"?', name),
        detail: lines(
          l10n.t(
            'Azure no longer uses new versions of the key automatically. Rotate before the current version expires.',
          ),
          undo,
        ),
        verb: l10n.t('Turn Off'),
        progress: l10n.t('Turning off automatic rotation of "{0}" on "{1}"…', name, server.name),
      };
}

export function revalidateDatabase(fix: OfKind<'revalidateDatabase'>): FixWords {
  const { name } = fix.database;
  return {
    title: l10n.t('Revalidate Database Key…'),
    request: l10n.t('Please revalidate the key of the database "{0}".', name),
    question: l10n.t('Revalidate the key of the database "{0}"?', name),
    detail: lines(
      placeOf(fix),
      l10n.t('Azure tries to use the key again and brings the database back online, which may take minutes.'),
      lostSettings(),
      l10n.t('Changes no key and no setting of the TDE protector, so there is nothing to undo.'),
    ),
    verb: l10n.t('Revalidate'),
    progress: l10n.t('Revalidating the key of "{0}" on "{1}"…', name, fix.server.name),
    command: azCommand('revalidateDatabaseKey', valuesOf(fix)),
  };
}

export function revertDatabase(fix: OfKind<'revertDatabase'>): FixWords {
  const { name } = fix.database;
  return {
    title: l10n.t("Use Server's TDE Protector…"),
    request: l10n.t('Please make the database "{0}" use the TDE protector of "{1}".', name, fix.server.name),
    question: l10n.t('Make the database "{0}" use the TDE protector of "{1}"?', name, fix.server.name),
    detail: lines(
      placeOf(fix),
      l10n.t(
        'From then on, the service-managed key of the server protects the database, and a change of the TDE protector of the server applies to it.',
      ),
      l10n.t('The database stays online: Azure encrypts only its encryption key again, not its data.'),
      l10n.t('Keep the former key in its vault: backups and active logs still need it.'),
      l10n.t(
        'Can be undone: give the database its own TDE protector again. For that, it needs a user-assigned identity.',
      ),
    ),
    verb: l10n.t("Use Server's TDE Protector"),
    progress: l10n.t('Reverting "{0}" to the TDE protector of "{1}"…', name, fix.server.name),
    command: azCommand('revertDatabaseKey', valuesOf(fix)),
  };
}

/** What a change, which has been read back, has done. */
export function databaseResult({ server, database: { name }, ...fix }: DatabaseFix): string {
  switch (fix.kind) {
    case 'assignDatabaseIdentity':
      return l10n.t('The database "{0}" on "{1}" has the identity "{2}".', name, server.name, fix.identity.name);
    case 'addDatabaseKey':
      return l10n.t('The database "{0}" on "{1}" has the key "{2}".', name, server.name, nameOf(fix.uri));
    case 'revalidateDatabase':
      return l10n.t('The key of the database "{0}" on "{1}" works, and the database is accessible.', name, server.name);
    case 'revertDatabase':
      return l10n.t('The database "{0}" uses the TDE protector of "{1}".', name, server.name);
    case 'setDatabaseProtector': {
      const names = [name, server.name, nameOf(fix.protector.uri)];
      return fix.protector.autoRotation
        ? l10n.t('The TDE protector of the database "{0}" on "{1}" is "{2}", with automatic rotation.', ...names)
        : l10n.t('The TDE protector of the database "{0}" on "{1}" is "{2}", without automatic rotation.', ...names);
    }
  }
}
