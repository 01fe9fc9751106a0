import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixCompareHost,
  fixCopyId,
  fixEnable,
  fixFirewall,
  fixHealth,
  fixRecoverKey,
  fixRecoverVault,
  fixRsa,
  fixSupport,
} from './commonTexts';
import { pageOverview, pageRecovery, pageSoftDelete, pageTroubleshoot, pageVaultNetwork } from './pages';

/** Documented codes: what is wrong with the vault or the key. */
export const vaultErrors = {
  AkvHostNotResolvingFromNode: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVault',
    texts: ({ server }) => ({
      title: l10n.t('Vault host not found'),
      what: l10n.t("The server{0} can't resolve the host in the key identifier.", server),
      cause: l10n.t('The host is misspelt or of another cloud, the vault is deleted, or name resolution is disturbed.'),
      remedies: [fixCompareHost(), fixRecoverVault(), fixAgain(), fixSupport()],
    }),
  },
  AkvEndpointNotReachableFromNode: {
    retryMode: 'auto',
    page: pageVaultNetwork,
    command: 'allowTrustedServices',
    texts: ({ server }) => ({
      title: l10n.t('Vault not reachable'),
      what: l10n.t('The server{0} finds the vault but gets no connection to it.', server),
      cause: l10n.t("The vault's firewall or network perimeter blocks Azure SQL, or there is an outage."),
      remedies: [
        fixFirewall(),
        l10n.t("Allow the vault's host if the server restricts outbound access."),
        fixHealth(),
        fixAgain(),
      ],
    }),
  },
  AzureKeyVaultConnectionFailed: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'allowTrustedServices',
    texts: ({ server }) => ({
      title: l10n.t('No connection to the vault'),
      what: l10n.t("The server{0} can't connect to the vault.", server),
      cause: l10n.t('The vault is gone, its firewall blocks Azure SQL, or there is an outage.'),
      remedies: [
        fixRecoverVault(),
        fixFirewall(),
        fixHealth(),
        fixAgain(),
        l10n.t('Revalidate the TDE protector afterwards if databases were inaccessible for more than 30 minutes.'),
      ],
    }),
  },
  AzureKeyVaultGenericConnectionError: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('No usable answer from the vault'),
      what: l10n.t('The server{0} gets no usable answer from the vault.', server),
      cause: l10n.t('Mostly this is a short disturbance.'),
      remedies: [
        fixAgain(),
        fixFirewall(),
        l10n.t('If it stays, check that the vault exists, who may use the key, and how much load the vault has.'),
      ],
    }),
  },
  SecurityInvalidAzureKeyVaultRecoveryLevel: {
    retryMode: 'afterFix',
    page: pageSoftDelete,
    command: 'enablePurgeProtection',
    texts: ({ server }) => ({
      title: l10n.t('Purge protection missing'),
      what: l10n.t('The server{0} refuses the key because it could be destroyed for good.', server),
      cause: l10n.t(
        'The vault lacks purge protection or soft-delete, even if the message speaks of an invalid address.',
      ),
      remedies: [
        l10n.t('Turn on purge protection and soft-delete of the vault; purge protection cannot be turned off again.'),
        l10n.t('Wait a minute, then try again.'),
      ],
    }),
  },
  AzureKeyVaultKeyNameNotFound: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'recoverVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Key not in the vault'),
      what: l10n.t('The server{0} finds no key or version of that name in the vault.', server),
      cause: l10n.t('The name is misspelt, or the key was deleted.'),
      remedies: [fixCopyId(), fixRecoverKey()],
    }),
  },
  AzureKeyVaultKeyDisabled: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'enableVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Key disabled'),
      what: l10n.t("The server{0} can't use the key because it is disabled.", server),
      cause: l10n.t(
        'The key or this version of it is turned off in the vault; databases that it protects become inaccessible.',
      ),
      remedies: [fixEnable(), l10n.t('Check that its activation date has passed.'), fixAgain()],
    }),
  },
  AzureKeyVaultInvalidExpirationDate: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'setVaultKeyExpiry',
    texts: ({ server }) => ({
      title: l10n.t('Expiry date not accepted'),
      what: l10n.t('The server{0} refuses the key because of its expiry date.', server),
      cause: l10n.t('The date has passed or does not suit a TDE protector.'),
      remedies: [
        l10n.t('Set a later expiry date or remove it, or choose a newer key version.'),
        l10n.t('Plan the next rotation before the new date.'),
      ],
    }),
  },
  AzureKeyVaultRsaKeyNotSupported: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Kind of key not supported'),
      what: l10n.t("The server{0} can't use a key of this type or size.", server),
      cause: l10n.t('TDE needs an RSA or RSA-HSM key of 2048 or 3072 bits; AES keys are a preview in some regions.'),
      remedies: [fixRsa()],
    }),
  },
} satisfies CatalogueTable;
