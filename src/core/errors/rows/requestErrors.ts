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

/** Documented errors of the request: name, type or key identifier of a server key, or a conflict with an existing one. */
export const requestErrors = {
  InvalidKeyName: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Invalid server key name'),
      what: l10n.t("The name of the server key{0} doesn't match its key identifier.", key),
      cause: l10n.t('The name must be vault_key_version, or vault_key for a versionless key identifier.'),
      steps: [fixFromId(), l10n.t('Check that the vault name and key name together have at most 94 characters.')],
    }),
  },
  InvalidKeyType: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ server }) => ({
      title: l10n.t('Server key type not supported'),
      what: l10n.t("The request has a server key type that the server{0} doesn't support.", server),
      cause: l10n.t('The only valid type is AzureKeyVault, in this casing, for both key vaults and managed HSMs.'),
      steps: [l10n.t('Send AzureKeyVault as serverKeyType.'), fixReport()],
    }),
  },
  InvalidUpsertKeyType: {
    retryMode: 'never',
    page: pageCliProtector,
    command: 'setServiceManagedKey',
    texts: ({ server }) => ({
      title: l10n.t("Service-managed key can't be changed"),
      what: l10n.t("The service-managed key of the server{0} can't be created or changed.", server),
      cause: l10n.t('Azure manages this key, and it always exists.'),
      steps: [l10n.t('To use it again, set it as the TDE protector.')],
    }),
  },
  InvalidKeyUpsertRequest: {
    retryMode: 'afterFix',
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Request without properties'),
      what: l10n.t("The request for the server key{0} doesn't say what to create.", key),
      cause: l10n.t('Its body is missing or has no properties.'),
      steps: [l10n.t('Send the server key type and the key identifier.'), fixReport()],
    }),
  },
  SecurityAzureKeyVaultUrlNullOrEmpty: {
    retryMode: 'afterFix',
    numbers: [45324],
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Key identifier missing'),
      what: l10n.t('The request for the server key{0} has no key identifier.', key),
      cause: l10n.t('A server key of type AzureKeyVault needs one.'),
      steps: [l10n.t('Choose the key again, or paste its key identifier.'), fixReport()],
    }),
  },
  AzureKeyVaultInvalidUri: {
    retryMode: 'afterFix',
    numbers: [45329],
    page: pageAboutKeys,
    command: 'showVaultKey',
    texts: ({ key }) => ({
      title: l10n.t('No key at the address'),
      what: l10n.t('The vault returns no key for the address of the server key{0}.', key),
      cause: l10n.t(
        'The key or version may not exist there, or the address leads to a secret, a certificate, or another host.',
      ),
      steps: [l10n.t('Check that the key and this version exist in the vault.'), fixCopyId(), fixIdForm()],
    }),
  },
  AzureKeyVaultMalformedVaultUri: {
    retryMode: 'afterFix',
    numbers: [45343],
    page: pageAboutKeys,
    command: 'listVaultKeyVersions',
    texts: ({ key }) => ({
      title: l10n.t('Key identifier malformed'),
      what: l10n.t('The key identifier of the server key{0} is malformed.', key),
      cause: l10n.t(
        'Usually, its version is missing: managed instances, Azure CLI before 2.84, and Terraform need one. Or the host or path is wrong.',
      ),
      steps: [
        l10n.t('Use the form https://<vault host>/keys/<key>/<version>.'),
        fixCopyId(),
        l10n.t('Check that the host belongs to the cloud of the server.'),
      ],
    }),
  },
  SecurityAzureKeyVaultInvalidKeyName: {
    retryMode: 'afterFix',
    numbers: [45336],
    page: pageServerKeys,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Server key name malformed'),
      what: l10n.t("The name of the server key{0} doesn't belong to the key identifier in the request.", key),
      cause: l10n.t("It doesn't have the form vault_key_version, or it names another key or version."),
      steps: [fixFromId()],
    }),
  },
  ServerKeyNameAlreadyExists: {
    retryMode: 'never',
    numbers: [45311],
    page: pageCliKey,
    command: 'listServerKeys',
    traits: ['alreadyThere'],
    texts: ({ key }) => ({
      title: l10n.t('Server key already exists'),
      what: l10n.t('The server already has a server key{0}.', key),
      cause: l10n.t('It was created earlier, possibly with different casing, or another operation is creating it.'),
      steps: [
        l10n.t('If its key identifier is the one you want, use it.'),
        l10n.t(
          'Otherwise, delete it only if no database, active log, replica, or backup needs it, and create it again.',
        ),
      ],
    }),
  },
  ServerKeyUriAlreadyExists: {
    retryMode: 'never',
    numbers: [45312],
    page: pageCliKey,
    command: 'listServerKeys',
    traits: ['alreadyThere'],
    texts: ({ server }) => ({
      title: l10n.t('Key already on the server'),
      what: l10n.t('The server{0} already has another server key with the same key identifier.', server),
      cause: l10n.t('The key was added earlier under another name.'),
      steps: [l10n.t('Use that server key. To protect the databases with it, set it as the TDE protector.')],
    }),
  },
  ServerKeyDoesNotExists: {
    retryMode: 'afterFix',
    numbers: [45314],
    page: pageTroubleshoot,
    command: 'createServerKey',
    texts: ({ key }) => ({
      title: l10n.t('Server key not on the server'),
      what: l10n.t("The server key{0} doesn't exist on the server.", key),
      cause: causeNotCreated(),
      steps: [fixCreateFirst(), fixRecoverKey()],
    }),
  },
  AzureKeyVaultKeyInUse: {
    retryMode: 'afterFix',
    numbers: [45313, 45327],
    page: pageRemove,
    command: 'showProtector',
    texts: ({ key }) => ({
      title: l10n.t('Server key in use'),
      what: l10n.t("The server key{0} can't be deleted because it is in use.", key),
      cause: l10n.t(
        "It's the TDE protector of the server. Azure doesn't check whether backups or the active log need it.",
      ),
      steps: [
        l10n.t('Set another TDE protector on the server and all its partners.'),
        l10n.t(
          'Check in every database that the active log no longer uses the key: sys.dm_db_log_info shows its thumbprint.',
        ),
        l10n.t('Then delete the server key.'),
        fixKeepKey(),
      ],
    }),
  },
} satisfies CatalogueTable;
