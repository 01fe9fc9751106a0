import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import { fixAgain, fixChoose, fixReport } from './commonTexts';
import { pageTde, pageTdeStatement, pageTdeTools } from './pages';

/** One error with two codes, for the lock of the database and of its encryption key. */
const notLocked: CatalogueRow = {
  retryMode: 'auto',
  page: pageTdeStatement,
  command: 'listDatabaseOperations',
  texts: ({ about }) => ({
    title: l10n.t('Database in use by another task'),
    what: l10n.t("The encryption of the database couldn't be changed because of a lock{0}.", about),
    cause: l10n.t('A backup, a bulk load, or another change of the database held the lock.'),
    steps: [fixAgain()],
  }),
};

/** One error with two codes, for the database itself and for the source of a copy. */
const noDatabase: CatalogueRow = {
  retryMode: 'afterFix',
  page: pageTdeTools,
  command: 'listDatabases',
  traits: ['notFound'],
  texts: ({ about }) => ({
    title: l10n.t('Database not found'),
    what: l10n.t('The server has no database with this name{0}.', about),
    cause: l10n.t('The name is misspelled, or the database was deleted, renamed, or is on another server.'),
    steps: [fixChoose()],
  }),
};

/** Errors of turning TDE on or off for one database. */
export const encryptionErrors = {
  EncryptionInProgress: {
    retryMode: 'auto',
    page: pageTdeStatement,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('Encryption in progress'),
      what: l10n.t('The database is still being encrypted or decrypted{0}.', about),
      cause: l10n.t('The scan must complete first. For a large database, it can take hours.'),
      steps: [
        l10n.t('To see the progress, query percent_complete in sys.dm_database_encryption_keys.'),
        l10n.t('When it completes, repeat the change.'),
      ],
    }),
  },
  KeyChangeInProgress: {
    retryMode: 'auto',
    page: pageTdeStatement,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('Encryption key changing'),
      what: l10n.t("The database's encryption key can't be changed during a scan{0}.", about),
      cause: l10n.t('An encryption, a decryption, or a change of this key is running.'),
      steps: [l10n.t('Query encryption_state in sys.dm_database_encryption_keys, and wait until it is 1 or 3.')],
    }),
  },
  NeedsLogBackup: {
    retryMode: 'auto',
    numbers: [45199],
    page: pageTdeStatement,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('Log backup needed first'),
      what: l10n.t('The database has changes of a former encryption scan that await a log backup{0}.', about),
      cause: l10n.t('Azure SQL makes log backups about every 10 minutes.'),
      steps: [l10n.t('Wait until the next log backup, then try again.')],
    }),
  },
  NoBulkOperationLock: notLocked,
  NoDekLock: notLocked,
  CanNotChangeReadOnlyDuringTdeScan: {
    retryMode: 'auto',
    page: pageTdeStatement,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('File group fixed during encryption'),
      what: l10n.t("A file group can't become read-only or read-write during an encryption scan{0}.", about),
      cause: l10n.t('The database is being encrypted or decrypted.'),
      steps: [l10n.t('Wait until the scan completes, then try again.')],
    }),
  },
  ReadOnly: {
    retryMode: 'afterFix',
    page: pageTdeStatement,
    command: 'listReplicationLinks',
    texts: ({ about }) => ({
      title: l10n.t('Database read-only'),
      what: l10n.t("The encryption of the database can't be changed while it's read-only{0}.", about),
      cause: l10n.t('It is a readable secondary, is set to read-only, has read-only files, or is being recovered.'),
      steps: [
        l10n.t('If it is a secondary, make the change on the primary.'),
        l10n.t('If it is set to read-only, run ALTER DATABASE … SET READ_WRITE first.'),
        l10n.t('Otherwise, wait until it is online, then try again.'),
      ],
    }),
  },
  CanNotDropAlterOnMirror: {
    retryMode: 'never',
    page: pageTdeTools,
    command: 'listReplicationLinks',
    texts: ({ about }) => ({
      title: l10n.t('Encryption of a secondary'),
      what: l10n.t('TDE can be turned on or off only for the primary database{0}.', about),
      cause: l10n.t('This database is a secondary, and it gets the setting from its primary.'),
      steps: [l10n.t('Make the change on the primary.')],
    }),
  },
  AltStateConflict: {
    retryMode: 'afterFix',
    page: pageTde,
    command: 'listReplicationLinks',
    texts: ({ about }) => ({
      title: l10n.t('Not possible for a replicated database'),
      what: l10n.t("The database can't be changed in this way while it is replicated{0}.", about),
      cause: l10n.t('It is part of an availability group or another kind of replication.'),
      steps: [l10n.t('Make the change on the primary, or end the replication first.')],
    }),
  },
  AttemptedEncryptionOnSystemDatabase: {
    retryMode: 'never',
    page: pageTde,
    command: 'listDatabases',
    texts: ({ about }) => ({
      title: l10n.t('System database'),
      what: l10n.t("System databases can't be encrypted{0}.", about),
      cause: l10n.t('Azure manages the encryption of master, model, tempdb, msdb, and resource.'),
      steps: [l10n.t('Choose a user database.')],
    }),
  },
  InvalidTransparentDataEncryptionName: {
    retryMode: 'never',
    page: pageTdeTools,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('Wrong name of the TDE setting'),
      what: l10n.t('The request uses a wrong name for the TDE setting of the database{0}.', about),
      cause: l10n.t('A database has one such setting, and its name is always current.'),
      steps: [l10n.t('Send the request to transparentDataEncryption/current.'), fixReport()],
    }),
  },
  InvalidTransparentDataEncryptionUpdateRequest: {
    retryMode: 'never',
    page: pageTdeTools,
    command: 'showEncryption',
    texts: ({ about }) => ({
      title: l10n.t('TDE state missing'),
      what: l10n.t("The request doesn't say whether TDE is to be on or off{0}.", about),
      cause: l10n.t('Its state must be Enabled or Disabled.'),
      steps: [l10n.t('Send Enabled or Disabled as the state.'), fixReport()],
    }),
  },
  DatabaseDoesNotExist: noDatabase,
  SourceDatabaseNotFound: noDatabase,
} satisfies CatalogueTable;
