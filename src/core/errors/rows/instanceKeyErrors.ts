import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixCompareHost,
  fixEnable,
  fixGrant,
  fixHealth,
  fixInstanceFirewall,
  fixInstanceIdentity,
  fixInstanceNetwork,
  fixKeyUsable,
  fixOpsInAz,
  fixRevalidateInstance,
  fixWaitForRights,
} from './commonTexts';
import { pageTroubleshoot } from './pages';

/** Errors of the key that a managed instance uses. */
export const instanceKeyErrors = {
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
      steps: [fixInstanceFirewall(), fixInstanceNetwork(), fixRevalidateInstance()],
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
      steps: [
        fixInstanceIdentity(),
        fixGrant(),
        fixInstanceFirewall(),
        fixInstanceNetwork(),
        fixKeyUsable(),
        fixRevalidateInstance(),
      ],
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
      steps: [l10n.t('Recover the key in the vault.'), fixRevalidateInstance()],
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
      steps: [
        fixAgain(),
        l10n.t('Check the load on the vault and the network of the instance.'),
        fixHealth(),
        fixRevalidateInstance(),
      ],
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
        fixRevalidateInstance(),
      ],
    }),
  },
} satisfies CatalogueTable;
