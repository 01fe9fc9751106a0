import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeOneAtATime,
  fixAgain,
  fixCompareHost,
  fixEnable,
  fixFirewall,
  fixGrant,
  fixHealth,
  fixIdentity,
  fixKeyUsable,
  fixOpsInAz,
  fixRecoverKey,
  fixRevalidateInstance,
  fixWait,
  fixWaitForRights,
} from './commonTexts';
import { pageAsync, pageTroubleshoot } from './pages';

/** Errors of managed instances. There is no server to name, so the sentences end with the resource. */
export const instanceErrors = {
  ManagedInstanceStoppingOrStopped: {
    retryMode: 'afterFix',
    numbers: [45558],
    page: pageTroubleshoot,
    command: 'startInstance',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance stopped'),
      what: l10n.t('The managed instance is stopped or stopping{0}.', about),
      cause: l10n.t("Its keys can't be changed while it's stopped."),
      steps: [l10n.t('Start the instance, then try again.')],
    }),
  },
  ManagedInstanceStarting: {
    retryMode: 'auto',
    numbers: [45559],
    page: pageTroubleshoot,
    command: 'showInstanceState',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance starting'),
      what: l10n.t('The managed instance is still starting{0}.', about),
      cause: l10n.t("Its keys can't be changed until it's ready."),
      steps: [l10n.t('Wait until the instance is ready, then try again.')],
    }),
  },
  ConflictingManagedInstanceOperation: {
    retryMode: 'auto',
    page: pageAsync,
    command: 'listInstanceOperations',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance busy'),
      what: l10n.t('Another operation is running on the managed instance{0}.', about),
      cause: causeOneAtATime(),
      steps: [fixWait()],
    }),
  },
  ManagedInstanceContainsInaccessibleDatabases: {
    retryMode: 'afterFix',
    numbers: [45476],
    page: pageTroubleshoot,
    command: 'listInaccessibleInstanceDatabases',
    texts: ({ about }) => ({
      title: l10n.t('Inaccessible databases on the instance'),
      what: l10n.t("The managed instance can't be changed while it has inaccessible databases{0}.", about),
      cause: l10n.t('These databases have lost access to the key of the TDE protector.'),
      steps: [fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidateInstance()],
    }),
  },
  AkvKeyDisabled: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'enableVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Key of the managed instance disabled'),
      what: l10n.t("The managed instance can't use the key because it is disabled{0}.", about),
      cause: l10n.t('The key or this version is disabled in the vault.'),
      steps: [fixEnable(), fixAgain(), fixRevalidateInstance()],
    }),
  },
  AkvKeyOperationNotAllowed: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKeyOperations',
    texts: ({ about }) => ({
      title: l10n.t("Key doesn't permit wrapping"),
      what: l10n.t("The key doesn't permit the operations that the managed instance needs{0}.", about),
      cause: l10n.t("Its permitted operations don't include wrapKey or unwrapKey."),
      steps: [
        l10n.t('Permit wrapKey and unwrapKey in addition to the current operations.'),
        fixOpsInAz(),
        fixRevalidateInstance(),
      ],
    }),
  },
  AkvKeyOperationNotAllowedByRBAC: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'grantKeyRole',
    texts: ({ about }) => ({
      title: l10n.t('No role on the key'),
      what: l10n.t('The identity of the managed instance has no role that allows it to use the key{0}.', about),
      cause: l10n.t(
        "The vault uses Azure RBAC, and the roles of the identity don't include get, wrapKey, and unwrapKey.",
      ),
      steps: [fixGrant(), fixWaitForRights(), fixRevalidateInstance()],
    }),
  },
  AkvKeyOperationNotAllowedByFirewall: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance blocked by the firewall'),
      what: l10n.t("The vault's firewall blocks the managed instance{0}.", about),
      cause: l10n.t('It allows neither trusted Microsoft services nor the network of the instance.'),
      steps: [
        l10n.t("With a system-assigned identity, allow trusted Microsoft services in the vault's firewall."),
        l10n.t("With a user-assigned identity, this doesn't help: connect the network of the instance to the vault."),
        fixRevalidateInstance(),
      ],
    }),
  },
  AkvKeyAccessDenied: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'grantKeyAccess',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance denied by the vault'),
      what: l10n.t('The vault denies access to the identity of the managed instance{0}.', about),
      cause: l10n.t('Its role or access policy is missing or insufficient.'),
      steps: [fixGrant(), fixWaitForRights(), fixRevalidateInstance()],
    }),
  },
  AkvKeyAccessGeneral403: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance denied without a reason'),
      what: l10n.t('The vault denies access to the managed instance without a specific reason{0}.', about),
      cause: l10n.t('Permissions, the firewall, or the state of the key may be the reason.'),
      steps: [fixIdentity(), fixGrant(), fixFirewall(), fixKeyUsable(), fixRevalidateInstance()],
    }),
  },
  AkvKeyDeleted: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'recoverVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Key of the managed instance deleted'),
      what: l10n.t('The key of the managed instance is no longer in the vault{0}.', about),
      cause: l10n.t('It was deleted. Soft delete keeps it for a limited time.'),
      steps: [fixRecoverKey(), fixRevalidateInstance()],
    }),
  },
  AkvKeyTimeout: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Vault timed out for the managed instance'),
      what: l10n.t("The vault doesn't respond to the managed instance in time{0}.", about),
      cause: l10n.t('The vault is overloaded, or the network is slow.'),
      steps: [fixAgain(), l10n.t('Check the load on the vault and the network of the instance.'), fixHealth()],
    }),
  },
  AkvKeyDNS: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVault',
    texts: ({ about }) => ({
      title: l10n.t('Vault host not found by the managed instance'),
      what: l10n.t("The managed instance can't resolve the host name of the vault{0}.", about),
      cause: l10n.t("The DNS of its virtual network doesn't know the host name, or the host name is misspelled."),
      steps: [
        l10n.t('Check the custom DNS servers and private DNS zones of the virtual network.'),
        fixCompareHost(),
        fixAgain(),
      ],
    }),
  },
  ManagedInstanceNoConditionToMakeDatabaseAccessible: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateInstanceProtector',
    texts: ({ about }) => ({
      title: l10n.t('Revalidation unsuccessful'),
      what: l10n.t("The managed instance still can't access the key of its database{0}.", about),
      cause: l10n.t('Access to the key must be restored before the database can be revalidated.'),
      steps: [fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidateInstance()],
    }),
  },
} satisfies CatalogueTable;
