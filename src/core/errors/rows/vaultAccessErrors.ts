import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixChoose,
  fixEnable,
  fixFewer,
  fixRevalidate,
  fixRecoverKey,
  fixRecoverVault,
  fixWaitForRights,
} from './commonTexts';
import {
  pageRecovery,
  pageVaultCodes,
  pageVaultNetwork,
  pageVaultPolicies,
  pageVaultRoles,
  pageVaultThrottling,
} from './pages';

const fixCaller = () =>
  l10n.t('To find out who was denied, compare the object ID (oid) in the message with the identity of the server.');
const fixServerNetwork = () =>
  l10n.t(
    "For a server, allow trusted Microsoft services in the vault's firewall, except in national clouds: there, this doesn't help.",
  );
const fixOwnNetwork = () =>
  l10n.t('For your own computer, work from a network that the firewall allows, or through a private endpoint.');

/** Key Vault's own responses, to a server or to a person. Around the more specific codes, it sends Forbidden or Conflict. */
export const vaultAccessErrors = {
  Forbidden: {
    retryMode: 'afterFix',
    page: pageVaultRoles,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Request denied by the vault'),
      what: l10n.t('The vault denies the request{0}.', about),
      cause: l10n.t(
        "The caller lacks permissions on keys, the firewall blocks its address, or the vault's tier doesn't allow the request.",
      ),
      steps: [
        l10n.t(
          'To find out which, look for ForbiddenByFirewall, ForbiddenByConnection, ForbiddenByRbac, or ForbiddenByPolicy in the text.',
        ),
        fixCaller(),
        l10n.t(
          'For your own account, ask for the Key Vault Reader or Key Vault Crypto User role, or for get and list.',
        ),
        fixOwnNetwork(),
        fixWaitForRights(),
      ],
    }),
  },
  KeyNotFound: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'listDeletedKeys',
    traits: ['notFound'],
    texts: ({ about }) => ({
      title: l10n.t('Key or version not found'),
      what: l10n.t("The vault doesn't have this key or version{0}.", about),
      cause: l10n.t('It was deleted, or its name is misspelled.'),
      steps: [fixRecoverKey(), l10n.t('Or choose another key.')],
    }),
  },
  VaultNotFound: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'listDeletedVaults',
    traits: ['notFound'],
    texts: ({ about }) => ({
      title: l10n.t('Vault not found'),
      what: l10n.t("Azure can't find the vault{0}.", about),
      cause: l10n.t('It was deleted or is in another subscription.'),
      steps: [fixRecoverVault(), fixChoose()],
    }),
  },
  Throttled: {
    retryMode: 'auto',
    page: pageVaultThrottling,
    traits: ['throttled'],
    texts: ({ about }) => ({
      title: l10n.t('Too many requests to the vault'),
      what: l10n.t("The vault isn't accepting more requests right now{0}.", about),
      cause: l10n.t('A vault limits the number of requests from all its clients per 10 seconds.'),
      steps: [fixFewer(), l10n.t('Use a dedicated vault for TDE.')],
    }),
  },
  ForbiddenByFirewall: {
    retryMode: 'afterFix',
    page: pageVaultNetwork,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Blocked by the firewall of the vault'),
      what: l10n.t("The vault's firewall blocks the caller{0}.", about),
      cause: l10n.t(
        "The address of the caller isn't allowed, and the caller isn't a trusted service. The message names the address.",
      ),
      steps: [fixCaller(), fixServerNetwork(), fixOwnNetwork()],
    }),
  },
  ForbiddenByConnection: {
    retryMode: 'afterFix',
    page: pageVaultNetwork,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Public access to the vault turned off'),
      what: l10n.t('The vault accepts no requests from public networks{0}.', about),
      cause: l10n.t(
        'The request came neither through an approved private endpoint nor from a trusted service that may bypass this.',
      ),
      steps: [fixCaller(), fixServerNetwork(), fixOwnNetwork()],
    }),
  },
  ForbiddenByRbac: {
    retryMode: 'afterFix',
    page: pageVaultRoles,
    command: 'listRoleAssignments',
    texts: ({ about }) => ({
      title: l10n.t('No role for the vault request'),
      what: l10n.t("No role of the caller allows this use of the vault's keys{0}.", about),
      cause: l10n.t(
        'The vault uses Azure RBAC. The role is missing, too new, or at another scope, or a deny assignment applies.',
      ),
      steps: [
        fixCaller(),
        l10n.t('For a server, grant its identity the Key Vault Crypto Service Encryption User role on the key.'),
        l10n.t(
          'For your own account, ask for the Key Vault Crypto User role; to create keys, Key Vault Crypto Officer.',
        ),
        fixWaitForRights(),
      ],
    }),
  },
  ForbiddenByPolicy: {
    retryMode: 'afterFix',
    page: pageVaultPolicies,
    command: 'showAccessPolicies',
    texts: ({ about }) => ({
      title: l10n.t('No access policy for the vault request'),
      what: l10n.t("The vault's access policies don't allow the caller this operation{0}.", about),
      cause: l10n.t(
        'The message names the permission. This is about access policies of the vault, not about Azure Policy.',
      ),
      steps: [
        fixCaller(),
        l10n.t('For a server, add get, wrapKey, and unwrapKey to the access policy of its identity.'),
        l10n.t('For your own account, ask for get and list, or for the permission that the message names.'),
        fixWaitForRights(),
      ],
    }),
  },
  KeyDisabled: {
    retryMode: 'afterFix',
    page: pageVaultCodes,
    command: 'enableVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Vault refuses a disabled key'),
      what: l10n.t("The vault doesn't use the key for wrapping because it is disabled{0}.", about),
      cause: l10n.t(
        'The key or this version is disabled. Databases that it protects become inaccessible within minutes.',
      ),
      steps: [fixEnable(), fixAgain(), fixRevalidate()],
    }),
  },
  ObjectIsDeletedButRecoverable: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'recoverVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Deleted key with the same name'),
      what: l10n.t('The vault still keeps a deleted key with this name{0}.', about),
      cause: l10n.t(
        "Soft delete keeps it for the retention period of the vault. Until then, its name can't be used again.",
      ),
      steps: [
        l10n.t('If a database, a server key, or a backup needs the key, recover it.'),
        l10n.t("Otherwise, choose another name. With purge protection, the key can't be purged earlier."),
      ],
    }),
  },
  ObjectIsBeingDeleted: {
    retryMode: 'auto',
    page: pageRecovery,
    command: 'listDeletedKeys',
    texts: ({ about }) => ({
      title: l10n.t('Key being deleted'),
      what: l10n.t('The vault is deleting the key right now{0}.', about),
      cause: l10n.t(
        'Someone deleted it moments ago. The deletion must complete before anything else can happen to it.',
      ),
      steps: [
        l10n.t('Wait until the key appears in the list of deleted keys.'),
        l10n.t('If a database, a server key, or a backup needs the key, recover it.'),
      ],
    }),
  },
} satisfies CatalogueTable;
