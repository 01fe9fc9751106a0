import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import {
  pageCrossTenant,
  pageDatabase,
  pageDatabaseActions,
  pageDatabaseRestore,
  pageRotation,
  pageSynapse,
} from './pages';

/** One error with two codes: of the request, and of the database. */
const manyIdentities: CatalogueRow = {
  retryMode: 'afterFix',
  page: pageDatabase,
  command: 'showDatabaseIdentity',
  texts: ({ about }) => ({
    title: l10n.t('More than one identity for a database'),
    what: l10n.t('A database can have only one user-assigned identity{0}.', about),
    cause: l10n.t('The request names several, or it adds one without removing the current one.'),
    steps: [l10n.t('Specify one identity. To replace the current one, remove it in the same request.')],
  }),
};

/** Errors of identities, keys and replicas of databases with a database-level key. */
export const databaseKeyErrors = {
  InvalidIdentityId: {
    retryMode: 'afterFix',
    numbers: [45523],
    page: pageDatabaseActions,
    command: 'showDatabaseIdentity',
    texts: ({ about }) => ({
      title: l10n.t('Identity ID malformed'),
      what: l10n.t("The request has an identity whose ID isn't a resource ID{0}.", about),
      cause: l10n.t('It is usually a client ID, an object ID, or a name instead of the resource ID.'),
      steps: [
        l10n.t('Use the full ID, which starts with /subscriptions/ and ends with userAssignedIdentities and the name.'),
      ],
    }),
  },
  InvalidNumberOfIdentities: manyIdentities,
  MultipleIdentitiesOnDatabase: manyIdentities,
  MultipleIdentityDelegationsOnDatabase: {
    retryMode: 'afterFix',
    numbers: [45553],
    page: pageCrossTenant,
    command: 'showDatabaseIdentity',
    texts: ({ about }) => ({
      title: l10n.t('More than one delegated identity'),
      what: l10n.t('A database can have only one delegated identity{0}.', about),
      cause: l10n.t('The request delegates more than one.'),
      steps: [l10n.t('Specify one.')],
    }),
  },
  MissingPrimaryDelegatedIdentityClientId: {
    retryMode: 'afterFix',
    page: pageCrossTenant,
    command: 'showDatabaseIdentity',
    texts: ({ about }) => ({
      title: l10n.t('Client ID of the delegated identity missing'),
      what: l10n.t('The request has delegated identities but no primary client ID{0}.', about),
      cause: l10n.t("Azure SQL doesn't choose one of the delegated identities itself."),
      steps: [l10n.t('Specify the client ID of the primary delegated identity.')],
    }),
  },
  CannotAssignIdentityToMaster: {
    retryMode: 'never',
    numbers: [45554],
    page: pageDatabase,
    command: 'listDatabases',
    texts: ({ about }) => ({
      title: l10n.t('Identity for a system database'),
      what: l10n.t("A system database can't have an identity{0}.", about),
      cause: l10n.t('Only user databases can have a database-level key, and so an identity.'),
      steps: [l10n.t('Choose a user database.')],
    }),
  },
  PerDatabaseCMKGeoReplicationNotSupported: {
    retryMode: 'afterFix',
    numbers: [45598],
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Replica with a database-level key not supported'),
      what: l10n.t("A database with a database-level key can't be copied or replicated in this way{0}.", about),
      cause: l10n.t('This limit is from the preview. An older API version or tool still runs into it.'),
      steps: [l10n.t('Use API version 2023-08-01 or later, and pass the keys, the identity, and the TDE protector.')],
    }),
  },
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutDatabaseLevelEncryptionProtector: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Copy without a TDE protector'),
      what: l10n.t("The request doesn't set a database-level TDE protector for the target database{0}.", about),
      cause: l10n.t('The source has a database-level key, so its copy or replica needs one too.'),
      steps: [l10n.t('Specify the TDE protector, the keys, and the identity of the target database.')],
    }),
  },
  SourceDatabaseEncryptionProtectorKeyUriRequiredForPerDatabaseCMKCopyOrReplication: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key of the source missing'),
      what: l10n.t('The keys of the target lack the TDE protector of the source database{0}.', about),
      cause: l10n.t('The target must be able to read data that the key of the source protects.'),
      steps: [l10n.t('Add the key identifier of the TDE protector of the source to the keys of the target.')],
    }),
  },
  PerDatabaseCMKGeoPrimaryIsConfiguredWithDatabaseLevelEncryptionProtector: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Only the primary has a database-level key'),
      what: l10n.t("A failover isn't possible while only the primary has a database-level key{0}.", about),
      cause: l10n.t('The secondary uses the TDE protector of its server.'),
      steps: [l10n.t('Revert the primary to the TDE protector of its server, or give the secondary its own key.')],
    }),
  },
  PerDatabaseCMKGeoPrimaryIsNotConfiguredWithDatabaseLevelEncryptionProtector: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Primary without a database-level key'),
      what: l10n.t('The secondary gets a database-level TDE protector only after its primary has one{0}.', about),
      cause: l10n.t(
        'The order is fixed: the keys on the secondary, the TDE protector on the primary, then the secondary.',
      ),
      steps: [l10n.t('Set the TDE protector on the primary database first, then on the secondary.')],
    }),
  },
  PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse: {
    retryMode: 'auto',
    numbers: [45707],
    page: pageRotation,
    command: 'showDatabaseKeys',
    texts: ({ about }) => ({
      title: l10n.t('Former key still in the log'),
      what: l10n.t("The database-level key can't be rotated while the active log uses a former one{0}.", about),
      cause: l10n.t('A long transaction, or a slow replica or backup, keeps the log of the former key active.'),
      steps: [
        l10n.t('To find the reason, query log_truncation_holdup_reason in sys.dm_db_log_stats.'),
        l10n.t('When no row of sys.dm_db_log_info has the former thumbprint any longer, rotate again.'),
      ],
    }),
  },
  PerDBCMKNotSupportedWithLTR: {
    retryMode: 'afterFix',
    numbers: [45711],
    page: pageDatabase,
    command: 'showLongTermRetention',
    texts: ({ about }) => ({
      title: l10n.t('Long-term retention with a database-level key'),
      what: l10n.t("The database has long-term retention, so it can't get a database-level key{0}.", about),
      cause: l10n.t('This limit is from the preview of database-level keys.'),
      steps: [
        l10n.t('Check in the documentation whether the limit still applies.'),
        l10n.t('Or use the TDE protector of the server for this database.'),
      ],
    }),
  },
  DatabaseCreationBlockedForNonActivatedCMKServer: {
    retryMode: 'afterFix',
    page: pageSynapse,
    command: 'showVault',
    texts: ({ about }) => ({
      title: l10n.t('Synapse workspace not activated'),
      what: l10n.t('The workspace has a customer-managed key but has not been activated yet{0}.', about),
      cause: l10n.t('Its managed identity has no permissions on the key, or its vault has no purge protection.'),
      steps: [
        l10n.t('Grant the managed identity of the workspace get, wrapKey, and unwrapKey on the key.'),
        l10n.t("Turn on purge protection for the vault. It can't be turned off again."),
        l10n.t('Then activate the workspace in Synapse.'),
      ],
    }),
  },
} satisfies CatalogueTable;
