import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixAssign,
  fixCompareHost,
  fixCopyId,
  fixEnable,
  fixFirewall,
  fixHealth,
  fixPrincipal,
  fixRecoverKey,
  fixFindFirewall,
  fixRecoverVault,
  fixRevalidate,
  fixRsa,
  fixSupport,
} from './commonTexts';
import { pageOverview, pageRecovery, pageSoftDelete, pageTroubleshoot, pageVaultNetwork } from './pages';

/** Documented errors of the vault and the key. */
export const vaultErrors = {
  AkvHostNotResolvingFromNode: {
    retryMode: 'auto',
    numbers: [45503],
    page: pageTroubleshoot,
    command: 'showVault',
    texts: ({ server }) => ({
      title: l10n.t('Vault host not found'),
      what: l10n.t("The server{0} can't resolve the host name in the key identifier.", server),
      cause: l10n.t(
        'The host name is misspelled or belongs to another cloud, the vault was deleted, or name resolution is failing.',
      ),
      steps: [fixCompareHost(), fixRecoverVault(), fixAgain(), fixSupport()],
    }),
  },
  AkvEndpointNotReachableFromNode: {
    retryMode: 'auto',
    numbers: [45600],
    page: pageVaultNetwork,
    command: 'listNetworkRules',
    texts: ({ server }) => ({
      title: l10n.t('Vault not reachable'),
      what: l10n.t("The server{0} finds the vault but can't connect to it.", server),
      cause: l10n.t(
        "The vault's firewall or network perimeter blocks Azure SQL, its host name leads elsewhere, or there is an outage.",
      ),
      steps: [
        fixFirewall(),
        l10n.t('If the firewall is open, compare the vault URI with the host in the key identifier.'),
        fixHealth(),
        fixAgain(),
      ],
    }),
  },
  AzureKeyVaultConnectionFailed: {
    retryMode: 'auto',
    numbers: [45321],
    page: pageTroubleshoot,
    command: 'showVault',
    texts: ({ server }) => ({
      title: l10n.t('No connection to the vault'),
      what: l10n.t("The server{0} can't connect to the vault.", server),
      cause: l10n.t("The vault's firewall blocks Azure SQL, the vault was deleted, or there is an outage."),
      steps: [fixFindFirewall(), fixFirewall(), fixRecoverVault(), fixHealth(), fixAgain(), fixRevalidate()],
    }),
  },
  AzureKeyVaultGenericConnectionError: {
    retryMode: 'auto',
    numbers: [45341],
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('No valid response from the vault'),
      what: l10n.t("The server{0} didn't get a valid response from the vault.", server),
      cause: l10n.t('This is usually temporary.'),
      steps: [
        fixAgain(),
        fixFirewall(),
        l10n.t(
          "If the problem persists, check that the vault exists, that the server has permissions on the key, and that the vault isn't overloaded.",
        ),
      ],
    }),
  },
  AzureKeyVaultClientInfoError: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No client for the vault'),
      what: l10n.t("The server{0} can't prepare its access to the vault.", server),
      cause: l10n.t(
        "Usually, its identity is missing or gets no token, or the vault isn't found. The message has details.",
      ),
      steps: [fixAssign(), fixPrincipal(), fixRecoverVault(), fixAgain()],
    }),
  },
  AzureKeyVaultMismatchError: {
    retryMode: 'afterFix',
    numbers: [45385],
    page: pageOverview,
    command: 'showVaultRegion',
    texts: ({ server }) => ({
      title: l10n.t('Vault in an unexpected region'),
      what: l10n.t('The vault of the key answers the server{0} from another region than expected.', server),
      cause: l10n.t("Microsoft's documentation explains it no further. The message names both regions."),
      steps: [
        l10n.t('Check whether the vault was moved or re-created, or its name now belongs to another vault.'),
        l10n.t('Choose a key in a vault in the expected region, or open a support case with the request ID.'),
      ],
    }),
  },
  SecurityInvalidAzureKeyVaultRecoveryLevel: {
    retryMode: 'afterFix',
    numbers: [45377],
    page: pageSoftDelete,
    command: 'enablePurgeProtection',
    texts: ({ server }) => ({
      title: l10n.t('Purge protection missing'),
      what: l10n.t('The server{0} rejects the key because it could be permanently deleted.', server),
      cause: l10n.t(
        'Purge protection or soft delete is off for the vault, even if the message mentions an invalid address.',
      ),
      steps: [
        l10n.t(
          "Turn on purge protection for the vault. It can't be turned off again, and the retention can't be changed.",
        ),
        l10n.t('Wait a minute, then try again.'),
      ],
    }),
  },
  AzureKeyVaultKeyNameNotFound: {
    retryMode: 'afterFix',
    numbers: [45326],
    page: pageRecovery,
    command: 'listDeletedKeys',
    texts: ({ server }) => ({
      title: l10n.t('Key not in the vault'),
      what: l10n.t("The server{0} can't find a key or version with this name in the vault.", server),
      cause: l10n.t('The name is misspelled, or the key was deleted.'),
      steps: [fixCopyId(), fixRecoverKey()],
    }),
  },
  AzureKeyVaultKeyDisabled: {
    retryMode: 'afterFix',
    numbers: [45320],
    page: pageOverview,
    command: 'enableVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Key disabled'),
      what: l10n.t("The server{0} can't use the key because it is disabled.", server),
      cause: l10n.t(
        'The key or this version is disabled in the vault. Databases that it protects become inaccessible.',
      ),
      steps: [fixEnable(), l10n.t('Check that the activation date has passed.'), fixAgain(), fixRevalidate()],
    }),
  },
  AzureKeyVaultInvalidExpirationDate: {
    retryMode: 'afterFix',
    numbers: [45322],
    page: pageOverview,
    command: 'setVaultKeyExpiry',
    texts: ({ server }) => ({
      title: l10n.t('Expiration date not accepted'),
      what: l10n.t('The server{0} rejects the key because of its expiration date.', server),
      cause: l10n.t("The date has passed or isn't valid for a TDE protector."),
      steps: [
        l10n.t('Choose a newer key version, or create one that expires later or never.'),
        l10n.t("Or set a later expiration date. Users report that a date can't be removed once it is set."),
        l10n.t('Plan the next rotation before the new date.'),
      ],
    }),
  },
  AzureKeyVaultRsaKeyNotSupported: {
    retryMode: 'afterFix',
    numbers: [45386],
    page: pageOverview,
    command: 'createVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Key type not supported'),
      what: l10n.t("The server{0} doesn't support keys of this type or size.", server),
      cause: l10n.t('TDE needs an RSA or RSA-HSM key of 2048 or 3072 bits. AES keys are in preview in some regions.'),
      steps: [fixRsa()],
    }),
  },
} satisfies CatalogueTable;
