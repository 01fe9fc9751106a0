import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixCompareHost,
  fixEnable,
  fixFirewall,
  fixGrant,
  fixHealth,
  fixIdentity,
  fixKeyUsable,
  fixRecoverKey,
  fixWaitForRights,
} from './commonTexts';
import { pageTroubleshoot } from './pages';

/** What a managed instance answers. It has no server to name, so that the sentences end with what they are about. */
export const instanceErrors = {
  ManagedInstanceStoppingOrStopped: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'startInstance',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance stopped'),
      what: l10n.t('The managed instance is stopped or about to stop{0}.', about),
      cause: l10n.t('While it is stopped, nothing can be changed on its keys.'),
      remedies: [l10n.t('Start the instance, then try again.')],
    }),
  },
  ManagedInstanceStarting: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showInstanceState',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance starting'),
      what: l10n.t('The managed instance is still starting{0}.', about),
      cause: l10n.t('Until it is ready, nothing can be changed on its keys.'),
      remedies: [l10n.t('Wait until the instance is ready, then try again.')],
    }),
  },
  AkvKeyDisabled: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'enableVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Key of the managed instance disabled'),
      what: l10n.t("The managed instance can't use the key because it is disabled{0}.", about),
      cause: l10n.t('The key or this version of it is turned off in the vault.'),
      remedies: [fixEnable(), fixAgain()],
    }),
  },
  AkvKeyOperationNotAllowed: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'setVaultKeyOperations',
    texts: ({ about }) => ({
      title: l10n.t('Key does not permit wrapping'),
      what: l10n.t('The key does not permit what the managed instance has to do with it{0}.', about),
      cause: l10n.t('Its permitted operations lack wrapKey or unwrapKey.'),
      remedies: [l10n.t('Add wrapKey and unwrapKey to the permitted operations of the key.')],
    }),
  },
  AkvKeyOperationNotAllowedByRBAC: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'grantKeyAccess',
    texts: ({ about }) => ({
      title: l10n.t('No role on the key'),
      what: l10n.t('The identity of the managed instance has no role that lets it use the key{0}.', about),
      cause: l10n.t(
        'The vault gives rights by roles, and those of the identity do not hold get, wrapKey and unwrapKey.',
      ),
      remedies: [fixGrant(), fixWaitForRights()],
    }),
  },
  AkvKeyOperationNotAllowedByFirewall: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'allowTrustedServices',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance stopped by the firewall'),
      what: l10n.t("The vault's firewall blocks the managed instance{0}.", about),
      cause: l10n.t('It lets neither trusted Microsoft services nor the network of the instance through.'),
      remedies: [fixFirewall(), l10n.t('Or open a way from the network of the instance, such as a private endpoint.')],
    }),
  },
  AkvKeyAccessDenied: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'grantKeyAccess',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance refused by the vault'),
      what: l10n.t('The vault refuses the identity of the managed instance{0}.', about),
      cause: l10n.t('Its role or access policy is missing or not sufficient.'),
      remedies: [fixGrant(), fixWaitForRights()],
    }),
  },
  AkvKeyAccessGeneral403: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance refused without a reason'),
      what: l10n.t('The vault refuses the managed instance and gives no precise reason{0}.', about),
      cause: l10n.t('It may be the rights, the firewall or the state of the key.'),
      remedies: [fixIdentity(), fixGrant(), fixFirewall(), fixKeyUsable()],
    }),
  },
  AkvKeyDeleted: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'recoverVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Key of the managed instance deleted'),
      what: l10n.t('The key of the managed instance is no longer in the vault{0}.', about),
      cause: l10n.t('It was deleted; soft-delete keeps it for a time.'),
      remedies: [fixRecoverKey(), l10n.t('Then revalidate the TDE protector of the instance.')],
    }),
  },
  AkvKeyTimeout: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ about }) => ({
      title: l10n.t('Vault answers the managed instance too late'),
      what: l10n.t('The vault does not answer the managed instance in time{0}.', about),
      cause: l10n.t('The vault has much to do, or the network is slow.'),
      remedies: [fixAgain(), l10n.t('Check the load of the vault and the network of the instance.'), fixHealth()],
    }),
  },
  AkvKeyDNS: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showVault',
    texts: ({ about }) => ({
      title: l10n.t('Vault host not found by the managed instance'),
      what: l10n.t("The managed instance can't resolve the host of the vault{0}.", about),
      cause: l10n.t('The DNS of its virtual network does not know the host, or the host is misspelt.'),
      remedies: [
        l10n.t('Check custom DNS servers and private DNS zones of the virtual network.'),
        fixCompareHost(),
        fixAgain(),
      ],
    }),
  },
  ManagedInstanceNoConditionToMakeDatabaseAccessible: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showInstanceProtector',
    texts: ({ about }) => ({
      title: l10n.t('Revalidation without success'),
      what: l10n.t("The managed instance still can't reach the key of its database{0}.", about),
      cause: l10n.t('The access to the key has to be repaired before the database can be revalidated.'),
      remedies: [fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), l10n.t('Then revalidate again.')],
    }),
  },
} satisfies CatalogueTable;
