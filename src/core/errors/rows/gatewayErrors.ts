import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeOneAtATime,
  fixAccount,
  fixAgain,
  fixChoose,
  fixFewer,
  fixLook,
  fixRecoverKey,
  fixRecoverVault,
  fixReport,
  fixWait,
  fixWaitForRights,
} from './commonTexts';
import { pageCommon, pageProvider, pageRecovery, pageRoles, pageVaultRoles, pageVaultThrottling } from './pages';

/** Other errors of Azure Resource Manager and Key Vault, also for reads and role assignments. */
export const gatewayErrors = {
  InvalidAuthenticationTokenTenant: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in for another tenant'),
      what: l10n.t('The sign-in is for a different tenant than the subscription{0}.', about),
      cause: l10n.t(
        'This happens with guest accounts and accounts in several tenants. The message names the correct tenant.',
      ),
      steps: [l10n.t('Sign in to the tenant of the subscription, then refresh.'), fixAccount()],
    }),
  },
  LinkedAuthorizationFailed: {
    retryMode: 'afterFix',
    page: pageRoles,
    command: 'grantIdentityOperator',
    texts: ({ resource }) => ({
      title: l10n.t('Permission missing on a linked resource'),
      what: l10n.t('Your account lacks a permission on a resource that the change to the resource{0} uses.', resource),
      cause: l10n.t(
        'Usually, this is a user-assigned identity that the request assigns. The message names the resource and the permission.',
      ),
      steps: [
        l10n.t(
          'Ask for the Managed Identity Operator role on the identity, or for the permission that the message names.',
        ),
        fixWaitForRights(),
      ],
    }),
  },
  MissingSubscriptionRegistration: {
    retryMode: 'afterFix',
    page: pageProvider,
    command: 'registerProvider',
    texts: ({ subscription }) => ({
      title: l10n.t('Resource provider not registered'),
      what: l10n.t("The resource provider isn't registered in the subscription{0}.", subscription),
      cause: l10n.t('Microsoft.Sql and Microsoft.KeyVault must be registered before use.'),
      steps: [l10n.t('Register the resource provider that the message names. This takes up to 5 minutes.')],
    }),
  },
  InvalidApiVersionParameter: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'listApiVersions',
    texts: ({ about }) => ({
      title: l10n.t('Invalid API version'),
      what: l10n.t("Azure doesn't recognize the API version of the request{0}.", about),
      cause: l10n.t("It's misspelled, or this cloud doesn't offer it. The message lists the available versions."),
      steps: [l10n.t('Use one of the API versions that the message lists.'), fixReport()],
    }),
  },
  Conflict: {
    retryMode: 'auto',
    page: pageCommon,
    command: 'showActivityLog',
    texts: ({ resource }) => ({
      title: l10n.t('Conflict with the current state'),
      what: l10n.t("The current state of the resource{0} doesn't allow the change.", resource),
      cause: l10n.t("Another operation is changing it, or it isn't ready. The message has details."),
      steps: [fixLook(), fixAgain()],
    }),
  },
  AnotherOperationInProgress: {
    retryMode: 'auto',
    page: pageCommon,
    command: 'showActivityLog',
    texts: ({ resource }) => ({
      title: l10n.t('Resource busy'),
      what: l10n.t('Another operation is running on the resource{0}.', resource),
      cause: causeOneAtATime(),
      steps: [fixWait()],
    }),
  },
  PrincipalNotFound: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'grantKeyAccess',
    texts: ({ about }) => ({
      title: l10n.t('Identity not found for a role assignment'),
      what: l10n.t("Microsoft Entra ID can't find the identity for the role assignment{0}.", about),
      cause: l10n.t("It was just created and hasn't replicated to all regions yet."),
      steps: [
        l10n.t('Wait up to 2 minutes, then try again.'),
        l10n.t('When you assign the role, specify ServicePrincipal as the principal type.'),
      ],
    }),
  },
  RoleAssignmentExists: {
    retryMode: 'never',
    page: pageRoles,
    command: 'listRoleAssignments',
    texts: ({ about }) => ({
      title: l10n.t('Role already assigned'),
      what: l10n.t('The identity already has this role{0}.', about),
      cause: l10n.t('The same role assignment already exists, so no change is needed.'),
      steps: [
        l10n.t('Continue as if the role had just been assigned.'),
        l10n.t('If the permissions have no effect yet, wait up to 10 minutes.'),
      ],
    }),
  },
  Forbidden: {
    retryMode: 'afterFix',
    page: pageVaultRoles,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Request denied by the vault'),
      what: l10n.t('The vault denies the request of your account{0}.', about),
      cause: l10n.t(
        "Your account lacks permissions on keys, the firewall blocks this computer, or the vault's tier doesn't allow the request.",
      ),
      steps: [
        l10n.t(
          'Ask for the Key Vault Reader or Key Vault Crypto User role, or for get and list if the vault uses access policies.',
        ),
        l10n.t('If the firewall blocks you, work from a network that it allows.'),
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
} satisfies CatalogueTable;
