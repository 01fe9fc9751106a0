import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeNotCreated,
  fixCopyId,
  fixCreateFirst,
  fixFromId,
  fixIdForm,
  fixKeepKey,
  fixRecoverKey,
  fixReport,
} from './commonTexts';
import { pageAboutKeys, pageCliKey, pageCliProtector, pageRemove, pageServerKeys, pageTroubleshoot } from './pages';

/** Documented codes: what Azure SQL finds wrong with the name, the type or the address of a server key, or with what is there already. */
export const requestErrors = {
  InvalidKeyName: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Wrong server key name'),
      what: l10n.t('The name of the server key{0} is not the one that follows from its key identifier.', key),
      cause: l10n.t('The name must be vault_key_version, or vault_key for a versionless key identifier.'),
      remedies: [fixFromId(), l10n.t('Check that vault name and key name have at most 94 characters together.')],
    }),
  },
  InvalidKeyType: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ server }) => ({
      title: l10n.t('Server key type not accepted'),
      what: l10n.t('The request names a server key type that the server{0} does not take.', server),
      cause: l10n.t('The only one is AzureKeyVault, in this casing, for key vaults and managed HSMs alike.'),
      remedies: [l10n.t('Send AzureKeyVault as serverKeyType.'), fixReport()],
    }),
  },
  InvalidUpsertKeyType: {
    retryMode: 'never',
    page: pageCliProtector,
    command: 'setServiceManagedKey',
    texts: ({ server }) => ({
      title: l10n.t("Service-managed key can't be changed"),
      what: l10n.t('The service-managed key of the server{0} can be neither created nor changed.', server),
      cause: l10n.t('It belongs to Azure and always exists.'),
      remedies: [l10n.t('To go back to it, set it as TDE protector.')],
    }),
  },
  InvalidKeyUpsertRequest: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Request without content'),
      what: l10n.t('The request for the server key{0} does not say what to create.', key),
      cause: l10n.t('Its body is missing, or has no properties.'),
      remedies: [l10n.t('Send the server key type and the key identifier.'), fixReport()],
    }),
  },
  SecurityAzureKeyVaultUrlNullOrEmpty: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Key identifier missing'),
      what: l10n.t('The request for the server key{0} has no key identifier.', key),
      cause: l10n.t('The server key type AzureKeyVault needs one.'),
      remedies: [l10n.t('Choose the key again or paste its key identifier.'), fixReport()],
    }),
  },
  AzureKeyVaultInvalidUri: {
    retryMode: 'afterFix',
    page: pageAboutKeys,
    command: 'showVaultKey',
    texts: ({ key }) => ({
      title: l10n.t('Address is not of a key'),
      what: l10n.t('The address given for the server key{0} does not lead to a key.', key),
      cause: l10n.t('It leads to a secret, a certificate, the vault itself, the portal or another host.'),
      remedies: [fixCopyId(), fixIdForm()],
    }),
  },
  AzureKeyVaultMalformedVaultUri: {
    retryMode: 'afterFix',
    page: pageAboutKeys,
    command: 'listVaultKeyVersions',
    texts: ({ key }) => ({
      title: l10n.t('Key identifier malformed'),
      what: l10n.t('The key identifier for the server key{0} is not well formed.', key),
      cause: l10n.t(
        'Its scheme is wrong, its host is not of this cloud, /keys/ is missing, or something follows the version.',
      ),
      remedies: [fixCopyId(), fixIdForm()],
    }),
  },
  SecurityAzureKeyVaultInvalidKeyName: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Server key name malformed'),
      what: l10n.t('The name of the server key{0} does not go with the key identifier of the request.', key),
      cause: l10n.t('It is not of the form vault_key_version, or means another key or version.'),
      remedies: [fixFromId()],
    }),
  },
  ServerKeyNameAlreadyExists: {
    retryMode: 'never',
    page: pageCliKey,
    command: 'listServerKeys',
    traits: ['alreadyThere'],
    texts: ({ key }) => ({
      title: l10n.t('Server key exists already'),
      what: l10n.t('The server has a server key{0} already.', key),
      cause: l10n.t('It was created before, possibly in other casing, or is being created by another operation.'),
      remedies: [
        l10n.t('Use it if its key identifier is the right one.'),
        l10n.t('Otherwise delete it, if nothing uses it, and create it again.'),
      ],
    }),
  },
  ServerKeyUriAlreadyExists: {
    retryMode: 'never',
    page: pageCliKey,
    command: 'listServerKeys',
    traits: ['alreadyThere'],
    texts: ({ server }) => ({
      title: l10n.t('Key is on the server already'),
      what: l10n.t('The server{0} has another server key with the same key identifier.', server),
      cause: l10n.t('The key was added before under another name.'),
      remedies: [l10n.t('Use that server key, and set it as TDE protector if it is to protect the databases.')],
    }),
  },
  ServerKeyDoesNotExists: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Server key not on the server'),
      what: l10n.t('The server key{0} does not exist on the server.', key),
      cause: causeNotCreated(),
      remedies: [fixCreateFirst(), fixRecoverKey()],
    }),
  },
  AzureKeyVaultKeyInUse: {
    retryMode: 'afterFix',
    page: pageRemove,
    command: 'showProtector',
    texts: ({ key }) => ({
      title: l10n.t('Server key in use'),
      what: l10n.t("The server key{0} can't be deleted because it is in use.", key),
      cause: l10n.t('It is the TDE protector, or a database, a secondary or a backup depends on it.'),
      remedies: [
        l10n.t('Set another TDE protector on the server and on all its partners.'),
        l10n.t('Wait until every database has it, then delete the server key.'),
        fixKeepKey(),
      ],
    }),
  },
} satisfies CatalogueTable;
