import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import { fixAgain, fixDatabaseState, fixGrant, fixIdentity, fixInaccessible, fixOlderProtectors } from './commonTexts';
import { pageDatabaseActions, pageDatabaseRestore, pageOverview, pageRotation, pageTroubleshoot } from './pages';

/** One error with two codes; the second has the name of the database in its message. */
const copyWithoutKeys: CatalogueRow = {
  retryMode: 'afterFix',
  page: pageDatabaseRestore,
  command: 'showDatabaseKeys',
  texts: ({ about }) => ({
    title: l10n.t('Copy without all keys'),
    what: l10n.t("The request to copy or replicate the database doesn't specify all the keys that it uses{0}.", about),
    cause: l10n.t('A database with database-level keys can be copied only together with all of them.'),
    steps: [l10n.t('List the keys of the source database.'), l10n.t('Specify all of them in the request.')],
  }),
};

/** Errors of operations on databases, mostly on those with a database-level key. */
export const databaseErrors = {
  DatabaseLevelEncryptionProtectorDoesNotExist: {
    retryMode: 'afterFix',
    numbers: [45712],
    page: pageDatabaseActions,
    command: 'revalidateProtector',
    texts: ({ about }) => ({
      title: l10n.t('No database-level key'),
      what: l10n.t('The database has no database-level key to revalidate or revert{0}.', about),
      cause: l10n.t('The TDE protector of the server protects it.'),
      steps: [l10n.t('Revalidate the TDE protector of the server instead.')],
    }),
  },
  RevertDatabaseLevelKeyOnlySupportedWithSMK: {
    retryMode: 'afterFix',
    numbers: [45713],
    page: pageDatabaseActions,
    command: 'revertDatabaseKey',
    texts: ({ server }) => ({
      title: l10n.t('Server not using its service-managed key'),
      what: l10n.t("A database on the server{0} can't revert its database-level key right now.", server),
      cause: l10n.t('This is possible only while the service-managed key is the TDE protector of the server.'),
      steps: [
        l10n.t('Set the service-managed key as the TDE protector, then revert the database.'),
        l10n.t(
          'This also changes the key of all other databases of the server. Set the previous TDE protector again afterwards.',
        ),
      ],
    }),
  },
  PerDatabaseCMKMissingIdentityOnGeoSecondaryDatabase: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseIdentity',
    texts: ({ about }) => ({
      title: l10n.t('Secondary database without an identity'),
      what: l10n.t("The request doesn't specify a user-assigned identity for the secondary database{0}.", about),
      cause: l10n.t('A database with a database-level key needs one.'),
      steps: [l10n.t('Specify the identity in the request that creates the secondary.')],
    }),
  },
  PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key material of the primary missing'),
      what: l10n.t('The keys for the secondary database lack the key material of the primary{0}.', about),
      cause: l10n.t('The secondary needs the key that is the TDE protector of the primary.'),
      steps: [l10n.t('Add this key to the keys of the secondary.')],
    }),
  },
  PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key identifier of the primary missing'),
      what: l10n.t('The keys for the secondary database lack the key identifier of the primary{0}.', about),
      cause: l10n.t("The secondary needs the same key identifier; a copy of the key in another vault isn't enough."),
      steps: [l10n.t('Add the same key identifier to the keys of the secondary.')],
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
      cause: l10n.t('A backup needs the TDE protector that was in use when it was taken. The message names the key.'),
      steps: [
        l10n.t('Create a server key from the key identifier that the message names, then restore again.'),
        fixIdentity(),
        fixGrant(),
      ],
    }),
  },
  IncorrectAccessToAzureKeyVault: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKey',
    texts: ({ server }) => ({
      title: l10n.t('Target lacks keys of the backup'),
      what: l10n.t("The server{0} can't use all the keys that protect the backup.", server),
      cause: l10n.t(
        'The backup needs every key that was the TDE protector while it was taken. One is missing or not usable.',
      ),
      steps: [
        l10n.t('Create a server key for each key identifier in the message, then restore again.'),
        fixIdentity(),
        fixGrant(),
        fixOlderProtectors(),
      ],
    }),
  },
  MissingThumbprintCrm: {
    retryMode: 'afterFix',
    numbers: [45572],
    page: pageOverview,
    command: 'listServerKeys',
    texts: ({ about }) => ({
      title: l10n.t('TDE certificate missing for the restore'),
      what: l10n.t("The restore doesn't find a TDE certificate that the backup needs{0}.", about),
      cause: l10n.t('Microsoft documents only one solution: restore to an existing elastic pool.'),
      steps: [l10n.t('Restore to an existing elastic pool.')],
    }),
  },
  MissingAsymmetricKeyOnTargetServer: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ about }) => ({
      title: l10n.t('Target server lacks the key'),
      what: l10n.t('The target server of the copy, restore, or replica lacks the key of the source{0}.', about),
      cause: l10n.t('The target server must have the server key before the data arrives.'),
      steps: [l10n.t('Create the server key on the target server, then try again.'), fixOlderProtectors()],
    }),
  },
  CannotDropDatabaseAKVError: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database without access to its key not deleted'),
      what: l10n.t("A database on the server{0} can't be deleted because it lost access to its key.", server),
      cause: l10n.t("Its backups couldn't be restored later."),
      steps: [
        l10n.t("Restore the server's access to the key, and revalidate the TDE protector."),
        l10n.t('Then delete the database.'),
      ],
    }),
  },
  CreateDatabaseAttemptedWithRotationInProgress: {
    retryMode: 'auto',
    page: pageRotation,
    command: 'showProtector',
    texts: ({ server }) => ({
      title: l10n.t('Key rotation in progress'),
      what: l10n.t("The server{0} can't create a database while its TDE protector is being rotated.", server),
      cause: l10n.t("A user or automatic rotation started the rotation, and it hasn't completed yet."),
      steps: [l10n.t('Wait until the rotation completes, then create the database again.')],
    }),
  },
  DatabaseUnavailable: {
    retryMode: 'auto',
    numbers: [45364],
    page: pageTroubleshoot,
    command: 'showDatabaseStatus',
    texts: ({ about }) => ({
      title: l10n.t('Database not available'),
      what: l10n.t("The database isn't available for the operation right now{0}.", about),
      cause: l10n.t('This is usually temporary, but the database may also have lost access to its key.'),
      steps: [fixAgain(), fixDatabaseState(), fixInaccessible()],
    }),
  },
} satisfies CatalogueTable;
