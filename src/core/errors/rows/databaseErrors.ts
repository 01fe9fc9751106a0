import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import { fixAgain, fixDatabaseState, fixGrant, fixIdentity, fixInaccessible, fixOlderProtectors } from './commonTexts';
import { pageDatabaseActions, pageDatabaseRestore, pageOverview, pageRotation, pageTroubleshoot } from './pages';

/** Two codes for one fate: the second has the name of the database in its message. */
const copyWithoutKeys: CatalogueRow = {
  retryMode: 'afterFix',
  page: pageDatabaseRestore,
  command: 'showDatabaseKeys',
  texts: ({ about }) => ({
    title: l10n.t('Copy without all keys in use'),
    what: l10n.t('The request to copy or replicate the database does not name all the keys that it uses{0}.', about),
    cause: l10n.t('A database with keys of its own is copied only together with all of them.'),
    remedies: [l10n.t('Read the keys of the source database.'), l10n.t('Name all of them in the request.')],
  }),
};

/** What Azure SQL answers to operations on databases, most of all on those with a key of their own. */
export const databaseErrors = {
  DatabaseLevelEncryptionProtectorDoesNotExist: {
    retryMode: 'afterFix',
    page: pageDatabaseActions,
    command: 'revalidateProtector',
    texts: ({ about }) => ({
      title: l10n.t('Database without a key of its own'),
      what: l10n.t('The database has no key of its own that could be revalidated or reverted{0}.', about),
      cause: l10n.t('The TDE protector of the server protects it.'),
      remedies: [l10n.t('Revalidate the TDE protector of the server instead.')],
    }),
  },
  RevertDatabaseLevelKeyOnlySupportedWithSMK: {
    retryMode: 'afterFix',
    page: pageDatabaseActions,
    command: 'revertDatabaseKey',
    texts: ({ server }) => ({
      title: l10n.t('Server not on its service-managed key'),
      what: l10n.t("A database on the server{0} can't give up its own key now.", server),
      cause: l10n.t('It can only while the service-managed key is the TDE protector of the server.'),
      remedies: [
        l10n.t('Set the service-managed key as TDE protector, then revert the database.'),
        l10n.t('Set the former TDE protector again if it is still wanted.'),
      ],
    }),
  },
  PerDatabaseCMKMissingIdentityOnGeoSecondaryDatabase: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseIdentity',
    texts: ({ about }) => ({
      title: l10n.t('Secondary database without identity'),
      what: l10n.t('The request names no user-assigned identity for the secondary database{0}.', about),
      cause: l10n.t('A database with a key of its own needs one.'),
      remedies: [l10n.t('Name the identity in the request that creates the secondary.')],
    }),
  },
  PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key material of the primary missing'),
      what: l10n.t('The keys for the secondary database lack the key material of the primary{0}.', about),
      cause: l10n.t('The secondary needs the key that is the protector of the primary.'),
      remedies: [l10n.t('Add this key to the keys of the secondary.')],
    }),
  },
  PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key identifier of the primary missing'),
      what: l10n.t('The keys for the secondary database lack the key identifier of the primary{0}.', about),
      cause: l10n.t(
        'The secondary needs the very same key identifier; a copy of the key in another vault does not count.',
      ),
      remedies: [l10n.t('Add the same key identifier to the keys of the secondary.')],
    }),
  },
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeys: copyWithoutKeys,
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName: copyWithoutKeys,
  MissingKeyVaultUriForRestore: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'createServerKey',
    texts: ({ server }) => ({
      title: l10n.t('Key of the backup missing'),
      what: l10n.t('The server{0} lacks a key that the backup needs.', server),
      cause: l10n.t('A backup needs the TDE protector that it was taken with; the message names the key.'),
      remedies: [
        l10n.t('Create a server key from the key identifier that the message names, then restore again.'),
        fixIdentity(),
        fixGrant(),
      ],
    }),
  },
  MissingAsymmetricKeyOnTargetServer: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ about }) => ({
      title: l10n.t('Target server lacks the key'),
      what: l10n.t('The target server of the copy, restore or replica lacks the key of the source{0}.', about),
      cause: l10n.t('It must have the server key before the data comes.'),
      remedies: [l10n.t('Create the server key on the target server, then try again.'), fixOlderProtectors()],
    }),
  },
  CannotDropDatabaseAKVError: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database without its key not deleted'),
      what: l10n.t("A database of the server{0} can't be deleted because it has lost its key.", server),
      cause: l10n.t('Its backups could not be kept restorable.'),
      remedies: [
        l10n.t('Give the server access to the key again and revalidate the TDE protector.'),
        l10n.t('Then delete the database.'),
      ],
    }),
  },
  CreateDatabaseAttemptedWithRotationInProgress: {
    retryMode: 'auto',
    page: pageRotation,
    command: 'showProtector',
    texts: ({ server }) => ({
      title: l10n.t('Key being rotated'),
      what: l10n.t('The server{0} creates no database while its TDE protector is being rotated.', server),
      cause: l10n.t('A person or automatic rotation has started it, and it is not done yet.'),
      remedies: [l10n.t('Wait until the rotation is done, then create the database again.')],
    }),
  },
  DatabaseUnavailable: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showDatabaseStatus',
    texts: ({ about }) => ({
      title: l10n.t('Database not available'),
      what: l10n.t('The database is not reachable for the operation at the moment{0}.', about),
      cause: l10n.t('Mostly this is short; it may also have lost its key.'),
      remedies: [fixAgain(), fixDatabaseState(), fixInaccessible()],
    }),
  },
} satisfies CatalogueTable;
