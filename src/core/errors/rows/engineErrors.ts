import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixAssign,
  fixAssignInAz,
  fixDatabaseState,
  fixFirewall,
  fixGrant,
  fixIdentity,
  fixInaccessible,
  fixKeyUsable,
  fixPrincipal,
  fixRecoverVault,
  fixRevalidate,
  fixWhatChanged,
} from './commonTexts';
import { pageConnector, pageMove, pageTroubleshoot } from './pages';

/** One error with three numbers: SQL Server on a machine uses a key of a vault through a provider, which fails. */
const elsewhere: CatalogueRow = {
  retryMode: 'afterFix',
  page: pageConnector,
  texts: ({ about }) => ({
    title: l10n.t('SQL Server with its own key provider'),
    what: l10n.t("SQL Server can't use a key of its cryptographic provider{0}.", about),
    cause: l10n.t(
      'This is SQL Server on a virtual or physical machine, with the SQL Server Connector for Key Vault or another provider.',
    ),
    steps: [l10n.t('This is outside this extension, which manages keys of Azure SQL. The linked page covers it.')],
  }),
};

/** Error numbers of the database engine, which clients see when a server has lost access to its key. */
export const engineErrors = {
  '33028': elsewhere,
  '33049': elsewhere,
  '33111': {
    retryMode: 'afterFix',
    page: pageMove,
    texts: ({ about }) => ({
      title: l10n.t('Key of a backup not on this SQL Server'),
      what: l10n.t("The backup or database is encrypted with a key that isn't on this SQL Server{0}.", about),
      cause: l10n.t(
        'The message shows the thumbprint. Backups of Azure SQL that use a key of a vault need the same key at the target.',
      ),
      steps: [
        l10n.t('On a managed instance, add the key to the instance, then restore again.'),
        l10n.t('On SQL Server on a machine, this is outside this extension. The linked page covers it.'),
      ],
    }),
  },
  '33183': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Vault returned an error'),
      what: l10n.t('The server{0} gets an error from the vault when it uses the key.', server),
      cause: l10n.t(
        'The message has details. Usual reasons are permissions, the firewall, or a key that is disabled, expired, or deleted.',
      ),
      steps: [fixWhatChanged(), fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
  '33184': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showServerIdentity',
    instanceCommand: 'showInstanceIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Vault not accessible'),
      what: l10n.t('The server{0} lacks something that it needs to access the vault.', server),
      cause: l10n.t("Usually, its identity is missing or gets no token, or the vault isn't found."),
      steps: [fixAssign(), fixAssignInAz(), fixPrincipal(), fixRecoverVault(), fixAgain(), fixRevalidate()],
    }),
  },
  '40925': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'listInaccessibleDatabases',
    instanceCommand: 'listInaccessibleInstanceDatabases',
    texts: ({ server }) => ({
      title: l10n.t('Database refuses connections'),
      what: l10n.t('A database on the server{0} refuses connections in its current state.', server),
      cause: l10n.t(
        "It has had no access to its key for more than 30 minutes, or it's being resumed, scaled, or recovered.",
      ),
      steps: [fixDatabaseState(), fixInaccessible(), l10n.t('Otherwise, try again in a few minutes.')],
    }),
  },
  '40981': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    instanceCommand: 'revalidateInstanceProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database without access to its key'),
      what: l10n.t(
        "A database on the server{0} isn't accessible because it can't access its key in the vault.",
        server,
      ),
      cause: l10n.t(
        'The key is disabled, expired, or deleted, the identity has lost its permissions, or the vault was deleted or blocks Azure SQL.',
      ),
      steps: [
        fixWhatChanged(),
        fixRecoverVault(),
        fixKeyUsable(),
        fixIdentity(),
        fixGrant(),
        fixFirewall(),
        fixRevalidate(),
      ],
    }),
  },
} satisfies CatalogueTable;
