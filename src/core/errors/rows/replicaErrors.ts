import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixOlderProtectors, fixThenPrimary } from './commonTexts';
import { pageDatabase, pageDatabaseRestore, pageGeo, pageOverview, pageRotation } from './pages';

/** Documented errors of linked servers and database-level keys. */
export const replicaErrors = {
  KeyMaterialNotFoundOnRemoteServer: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ server, remote }) => ({
      title: l10n.t("Linked server can't access the key"),
      what: l10n.t(
        "The server{0} is linked to a server{1} that can't access the key that protects the data.",
        server,
        remote,
      ),
      cause: l10n.t(
        'A geo-secondary, failover group partner, copy target, or restore target lacks the server key or the permissions on it.',
      ),
      steps: [
        l10n.t('Create the server key on every linked server.'),
        l10n.t('Grant the identity of every linked server get, wrapKey, and unwrapKey. Changes take up to 10 minutes.'),
        fixThenPrimary(),
      ],
    }),
  },
  SameKeyMaterialNotFoundOnRemoteServer: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ server, remote }) => ({
      title: l10n.t('Linked server lacks the key'),
      what: l10n.t(
        'The server{0} is linked to a server{1} that lacks the key material of its TDE protector.',
        server,
        remote,
      ),
      cause: l10n.t(
        'The secondary, copy target, or restore target has neither the same key nor a restored backup of it.',
      ),
      steps: [
        l10n.t(
          'Create the server key there first: use the same key, or restore its backup to a vault in the same geography and subscription.',
        ),
        fixOlderProtectors(),
        fixThenPrimary(),
      ],
    }),
  },
  SameKeyUriNotFoundOnRemoteServer: {
    retryMode: 'afterFix',
    page: pageRotation,
    command: 'createServerKeyOnPartner',
    texts: ({ server, remote }) => ({
      title: l10n.t('Partner lacks the key identifier'),
      what: l10n.t('The server{0} has a partner{1} without a server key from the same vault.', server, remote),
      cause: l10n.t(
        "With automatic rotation, every partner needs the same key identifier; a copy of the key in another vault isn't enough.",
      ),
      steps: [
        l10n.t('Grant the identity of every partner get, wrapKey, and unwrapKey on that vault.'),
        l10n.t('Create the server key with the same key identifier on every partner.'),
        fixThenPrimary(),
        l10n.t('Or turn off automatic rotation.'),
      ],
    }),
  },
  SecurityAzureKeyVaultGeoChainError: {
    retryMode: 'afterFix',
    numbers: [45415],
    page: pageGeo,
    command: 'listReplicationLinks',
    texts: ({ server }) => ({
      title: l10n.t('Chained replicas'),
      what: l10n.t(
        "The server{0} is part of a chain of replicas, which doesn't support customer-managed keys.",
        server,
      ),
      cause: l10n.t('A secondary has its own secondary.'),
      steps: [
        l10n.t('Remove the chained replica.'),
        l10n.t('Create the secondaries on the primary itself (at most four), then try again.'),
      ],
    }),
  },
  PerDatabaseCMKRestoreNotSupported: {
    retryMode: 'afterFix',
    numbers: [45596],
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ server }) => ({
      title: l10n.t('Restore with a database-level key not supported'),
      what: l10n.t("The server{0} can't restore a database that has a database-level key in this way.", server),
      cause: l10n.t(
        "The request doesn't pass the keys, identity, and TDE protector of the database, or its API version doesn't support them.",
      ),
      steps: [
        l10n.t('Restore with a tool that passes all three.'),
        l10n.t('Or revert the database to the server-level TDE protector first.'),
      ],
    }),
  },
  PerDatabaseCMKHSNotSupported: {
    retryMode: 'afterFix',
    numbers: [45597],
    page: pageDatabase,
    command: 'showDatabaseSku',
    texts: ({ server }) => ({
      title: l10n.t('Database-level key not supported for Hyperscale'),
      what: l10n.t("A Hyperscale database on the server{0} can't get a database-level key in this way.", server),
      cause: l10n.t("The API version or the region doesn't support it yet."),
      steps: [
        l10n.t('Use API version 2023-08-01 or later.'),
        l10n.t('Or use the server-level TDE protector for this database.'),
      ],
    }),
  },
  PerDatabaseCMKDWNotSupported: {
    retryMode: 'never',
    page: pageDatabase,
    command: 'showDatabaseSku',
    texts: ({ server }) => ({
      title: l10n.t('Database-level key not supported for a dedicated SQL pool'),
      what: l10n.t("A dedicated SQL pool on the server{0} can't have a database-level key.", server),
      cause: l10n.t('Dedicated SQL pools support only the server-level TDE protector.'),
      steps: [
        l10n.t(
          'Use the TDE protector of the server. If the pool is paused, resume it before you change the protector.',
        ),
      ],
    }),
  },
} satisfies CatalogueTable;
