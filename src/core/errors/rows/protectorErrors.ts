import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeOneAtATime,
  fixCopyId,
  fixFirewall,
  fixForeignRights,
  fixGrant,
  fixIdentity,
  fixKeepKey,
  fixKeyUsable,
  fixLook,
  fixReport,
} from './commonTexts';
import {
  pageAsync,
  pageCliProtector,
  pageCrossTenant,
  pageOverview,
  pageRecovery,
  pageRemove,
  pageRotation,
  pageTroubleshoot,
} from './pages';

/** Errors of changes to the TDE protector, and of server key operations in newer API versions. */
export const protectorErrors = {
  InvalidEncryptionProtectorName: {
    retryMode: 'afterFix',
    page: pageCliProtector,
    command: 'showProtector',
    texts: ({ server }) => ({
      title: l10n.t('Wrong TDE protector name'),
      what: l10n.t('The request uses the wrong name for the TDE protector of the server{0}.', server),
      cause: l10n.t('A server has one TDE protector, and its name is always current.'),
      steps: [l10n.t('Send the request to encryptionProtector/current.'), fixReport()],
    }),
  },
  EncryptionProtectorChangeInProgress: {
    retryMode: 'auto',
    page: pageCliProtector,
    command: 'showProtector',
    texts: ({ server }) => ({
      title: l10n.t('TDE protector change in progress'),
      what: l10n.t('The TDE protector of the server{0} is already being changed.', server),
      cause: causeOneAtATime(),
      steps: [
        l10n.t('Wait until the change completes, then check which TDE protector the server has.'),
        l10n.t('If your change is still needed, repeat it.'),
      ],
    }),
  },
  AzureKeyVaultKeyUsedOnGeoPrimary: {
    retryMode: 'afterFix',
    page: pageRotation,
    command: 'showPartnerProtector',
    texts: ({ key }) => ({
      title: l10n.t('Server key in use on the primary'),
      what: l10n.t("The server key{0} can't be deleted because the geo-primary uses it.", key),
      cause: l10n.t("It's the TDE protector of the primary, and the secondary must be able to use it."),
      steps: [
        l10n.t('Set another TDE protector on the primary.'),
        l10n.t('Wait until the secondary uses it too, then delete the server key there.'),
      ],
    }),
  },
  AzureKeyVaultKeyNameCurrentlyInUse: {
    retryMode: 'afterFix',
    page: pageRemove,
    command: 'showProtector',
    texts: ({ key }) => ({
      title: l10n.t('Key name in use'),
      what: l10n.t("The server key{0} can't be replaced or deleted because a key with its name is in use.", key),
      cause: l10n.t('A key with this name is set as the TDE protector.'),
      steps: [l10n.t('Set another TDE protector first, then try again.'), fixKeepKey()],
    }),
  },
  AzureKeyVaultKeyThumbprintIsDifferent: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Different key with the same name'),
      what: l10n.t('The server{0} finds a different key in the vault than the one it recorded.', server),
      cause: l10n.t("The key was re-created with the same name. The new key can't decrypt what the old one protects."),
      steps: [
        l10n.t(
          'Restore the original key from its backup, to another vault if its name is taken, and create the server key from there.',
        ),
        l10n.t(
          'Next time, add the new key as a new version of the old one, and rotate to it while the old one still works.',
        ),
      ],
    }),
  },
  OldGenerationOfAKVKeyBeingUsedError: {
    retryMode: 'afterFix',
    page: pageRotation,
    command: 'listVaultKeyVersions',
    texts: ({ server }) => ({
      title: l10n.t('Key version outdated'),
      what: l10n.t('The server{0} rejects the key version as the TDE protector because a newer one exists.', server),
      cause: l10n.t('Only the latest version of a key is accepted.'),
      steps: [l10n.t('Choose the newest enabled version.'), l10n.t('Or use the versionless key identifier.')],
    }),
  },
  BlockSystemAssignedIdentityForCrossTenantCMK: {
    retryMode: 'afterFix',
    page: pageCrossTenant,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('System-assigned identity not supported'),
      what: l10n.t('The server{0} can use a key of another tenant only with a user-assigned identity.', server),
      cause: l10n.t('It currently uses its system-assigned identity to access the key.'),
      steps: [
        l10n.t('Assign a user-assigned identity to the server and make it the primary one.'),
        l10n.t("Set the server's federated client ID to the multi-tenant application."),
        fixForeignRights(),
        l10n.t(
          "Azure CLI can't add an identity to a server that has some without removing them: use the portal or REST.",
        ),
      ],
    }),
  },
  AzureKeyVaultTenantValidationForFabricFailed: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'showVault',
    texts: ({ about }) => ({
      title: l10n.t('Vault in the wrong tenant'),
      what: l10n.t("The vault isn't in the tenant of the Fabric workspace of the database{0}.", about),
      cause: l10n.t('The vault must be in the same tenant as the workspace.'),
      steps: [l10n.t('Choose a key from a vault in the same tenant.')],
    }),
  },
  CMKOperationNotAllowed: {
    retryMode: 'afterFix',
    numbers: [45463],
    page: pageTroubleshoot,
    command: 'showProtector',
    instanceCommand: 'showInstanceProtector',
    texts: ({ server }) => ({
      title: l10n.t('TDE settings blocked by a lost key'),
      what: l10n.t(
        "The TDE settings of the server{0} can't be changed until it can use its current key again.",
        server,
      ),
      cause: l10n.t(
        'The key, its vault, the firewall, or the permissions of the identity changed, so the TDE protector fails.',
      ),
      steps: [
        l10n.t('Check the key that is the TDE protector now, not the one that you want to set.'),
        fixKeyUsable(),
        fixIdentity(),
        fixGrant(),
        fixFirewall(),
        l10n.t('Revalidate the TDE protector, then repeat the change.'),
      ],
    }),
  },
  CannotCancelOperation: {
    retryMode: 'never',
    numbers: [45371],
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t("Operation can't be canceled"),
      what: l10n.t('The running operation can no longer be canceled{0}.', about),
      cause: l10n.t('It can be canceled only up to a certain point.'),
      steps: [l10n.t('Wait until it ends.'), fixLook()],
    }),
  },
  AzureKeyVaultClientError: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Vault access failed'),
      what: l10n.t('The server{0} gets an error without a specific code from the vault.', server),
      cause: l10n.t(
        'The key identifier, the state of the key, the permissions on it, or the vault firewall may be the reason.',
      ),
      steps: [
        fixCopyId(),
        fixKeyUsable(),
        fixIdentity(),
        fixGrant(),
        fixFirewall(),
        l10n.t('Wait a minute, then try again once.'),
      ],
    }),
  },
} satisfies CatalogueTable;
