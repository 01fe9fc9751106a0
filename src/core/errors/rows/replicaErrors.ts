import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixOlderProtectors, fixThenPrimary } from './commonTexts';
import { pageDatabase, pageDatabaseRestore, pageGeo, pageOverview, pageRotation } from './pages';

/** Documented codes: what other servers lack, and what keys of single databases do not go with. */
export const replicaErrors = {
  KeyMaterialNotFoundOnRemoteServer: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ server, remote }) => ({
      title: l10n.t('Linked server without access to the key'),
      what: l10n.t(
        "The server{0} is linked with a server{1} that can't reach the key that protects the data.",
        server,
        remote,
      ),
      cause: l10n.t(
        'A geo-secondary, failover group partner, copy target or restore target lacks the server key or the rights on it.',
      ),
      remedies: [
        l10n.t('Create the server key on every linked server.'),
        l10n.t(
          "Give every linked server's identity get, wrapKey and unwrapKey; this takes up to 10 minutes to take effect.",
        ),
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
        'The server{0} is linked with a server{1} without the key material of its TDE protector.',
        server,
        remote,
      ),
      cause: l10n.t(
        'The secondary, copy target or restore target has neither the same key nor a restored backup of it.',
      ),
      remedies: [
        l10n.t(
          'Create the server key there first: the same key, or its backup restored in a vault of the same geography and subscription.',
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
      title: l10n.t('Partner lacks the same key identifier'),
      what: l10n.t('The server{0} has a partner{1} without a server key from the same vault.', server, remote),
      cause: l10n.t(
        'With automatic rotation every partner needs the very same key identifier; a copy in another vault does not count.',
      ),
      remedies: [
        l10n.t("Give every partner's identity get, wrapKey and unwrapKey on that vault."),
        l10n.t('Create the server key with the same key identifier on every partner.'),
        fixThenPrimary(),
        l10n.t('Or turn automatic rotation off.'),
      ],
    }),
  },
  SecurityAzureKeyVaultGeoChainError: {
    retryMode: 'afterFix',
    page: pageGeo,
    command: 'listReplicationLinks',
    texts: ({ server }) => ({
      title: l10n.t('Replicas in a chain'),
      what: l10n.t('The server{0} is part of a chain of replicas, which excludes customer-managed keys.', server),
      cause: l10n.t('A secondary has a secondary of its own.'),
      remedies: [
        l10n.t('Remove the chained replica.'),
        l10n.t('Create the secondaries on the primary itself, four at most, then try again.'),
      ],
    }),
  },
  PerDatabaseCMKRestoreNotSupported: {
    retryMode: 'afterFix',
    page: pageDatabaseRestore,
    command: 'showDatabaseKeys',
    texts: ({ server }) => ({
      title: l10n.t('Restore with a database-level key refused'),
      what: l10n.t("The server{0} can't restore a database with a key of its own in this way.", server),
      cause: l10n.t(
        'The request does not pass keys, identity and protector of the database, or its API version does not take them.',
      ),
      remedies: [
        l10n.t('Restore with a tool that passes all three.'),
        l10n.t('Or revert the database to the server-level protector first.'),
      ],
    }),
  },
  PerDatabaseCMKHSNotSupported: {
    retryMode: 'afterFix',
    page: pageDatabase,
    command: 'showDatabaseSku',
    texts: ({ server }) => ({
      title: l10n.t('Database-level key refused for Hyperscale'),
      what: l10n.t("A Hyperscale database on the server{0} can't get a key of its own in this way.", server),
      cause: l10n.t('The API version or the region still refuses it.'),
      remedies: [
        l10n.t('Use API version 2023-08-01 or later.'),
        l10n.t('Or use the server-level protector for this database.'),
      ],
    }),
  },
  PerDatabaseCMKDWNotSupported: {
    retryMode: 'never',
    page: pageDatabase,
    command: 'showDatabaseSku',
    texts: ({ server }) => ({
      title: l10n.t('Database-level key refused for a dedicated SQL pool'),
      what: l10n.t("A dedicated SQL pool on the server{0} can't have a key of its own.", server),
      cause: l10n.t('Dedicated SQL pools know only the server-level protector.'),
      remedies: [l10n.t('Use the TDE protector of the server; resume a paused pool before changing it.')],
    }),
  },
} satisfies CatalogueTable;
