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

/** What Azure Resource Manager and Key Vault answer besides, also to reads and to rights that are given. */
export const gatewayErrors = {
  InvalidAuthenticationTokenTenant: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in of another tenant'),
      what: l10n.t('The sign-in is for another tenant than that of the subscription{0}.', about),
      cause: l10n.t('Guest accounts and accounts in several tenants meet this; the message names the right tenant.'),
      remedies: [l10n.t('Sign in to the tenant of the subscription, then refresh.'), fixAccount()],
    }),
  },
  LinkedAuthorizationFailed: {
    retryMode: 'afterFix',
    page: pageRoles,
    command: 'grantIdentityOperator',
    texts: ({ resource }) => ({
      title: l10n.t('Permission on a linked resource missing'),
      what: l10n.t('Your account lacks a permission on something that the change to the resource{0} uses.', resource),
      cause: l10n.t(
        'Mostly this is a user-assigned identity that is to be assigned; the message names the resource and the permission.',
      ),
      remedies: [
        l10n.t(
          'Ask for the role Managed Identity Operator on the identity, or for the permission that the message names.',
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
      what: l10n.t('The subscription{0} has not registered the resource provider.', subscription),
      cause: l10n.t('Microsoft.Sql and Microsoft.KeyVault must be registered before they can be used.'),
      remedies: [l10n.t('Register the resource provider that the message names; this takes up to 5 minutes.')],
    }),
  },
  InvalidApiVersionParameter: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'listApiVersions',
    texts: ({ about }) => ({
      title: l10n.t('API version not valid'),
      what: l10n.t('Azure does not know the API version of the request{0}.', about),
      cause: l10n.t('It is misspelt, or this cloud does not offer it; the message lists those that it offers.'),
      remedies: [l10n.t('Use one of the API versions that the message lists.'), fixReport()],
    }),
  },
  Conflict: {
    retryMode: 'auto',
    page: pageCommon,
    command: 'showActivityLog',
    texts: ({ resource }) => ({
      title: l10n.t('Conflict with the present state'),
      what: l10n.t('The present state of the resource{0} does not allow the change.', resource),
      cause: l10n.t('Something else is changing it, or it is not ready; the message says more.'),
      remedies: [fixLook(), fixAgain()],
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
      remedies: [fixWait()],
    }),
  },
  PrincipalNotFound: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'grantKeyAccess',
    texts: ({ about }) => ({
      title: l10n.t('Identity not found for a role'),
      what: l10n.t('Microsoft Entra ID does not find the identity that is to get the role{0}.', about),
      cause: l10n.t('It was created just now, and not every region knows it yet.'),
      remedies: [
        l10n.t('Wait up to 2 minutes, then try again.'),
        l10n.t('Name ServicePrincipal as the type of the principal when you give the role.'),
      ],
    }),
  },
  RoleAssignmentExists: {
    retryMode: 'never',
    page: pageRoles,
    command: 'listRoleAssignments',
    texts: ({ about }) => ({
      title: l10n.t('Role given already'),
      what: l10n.t('The identity has this role already{0}.', about),
      cause: l10n.t('The same role assignment is there; nothing more has to be done.'),
      remedies: [
        l10n.t('Carry on as if it had just been given.'),
        l10n.t('If the rights have no effect yet, wait up to 10 minutes.'),
      ],
    }),
  },
  Forbidden: {
    retryMode: 'afterFix',
    page: pageVaultRoles,
    command: 'listNetworkRules',
    texts: ({ about }) => ({
      title: l10n.t('Refused by the vault'),
      what: l10n.t('The vault refuses the request of your account{0}.', about),
      cause: l10n.t(
        "Your account lacks rights on keys, the firewall keeps this computer out, or the vault's tier does not allow it.",
      ),
      remedies: [
        l10n.t(
          'Ask for the role Key Vault Reader or Key Vault Crypto User; get and list where the vault uses access policies.',
        ),
        l10n.t('If it is the firewall, work from a network that it lets through.'),
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
      title: l10n.t('No such key or version'),
      what: l10n.t('The vault has no such key or version{0}.', about),
      cause: l10n.t('It was deleted, or its name is misspelt.'),
      remedies: [fixRecoverKey(), l10n.t('Or choose another key.')],
    }),
  },
  VaultNotFound: {
    retryMode: 'afterFix',
    page: pageRecovery,
    command: 'listDeletedVaults',
    traits: ['notFound'],
    texts: ({ about }) => ({
      title: l10n.t('Vault not found'),
      what: l10n.t('Azure does not find the vault{0}.', about),
      cause: l10n.t('It was deleted, or is in another subscription.'),
      remedies: [fixRecoverVault(), fixChoose()],
    }),
  },
  Throttled: {
    retryMode: 'auto',
    page: pageVaultThrottling,
    traits: ['throttled'],
    texts: ({ about }) => ({
      title: l10n.t('Too many requests to the vault'),
      what: l10n.t('The vault takes no more requests for the moment{0}.', about),
      cause: l10n.t('Within 10 seconds it takes a limited number of requests, from all that use it together.'),
      remedies: [fixFewer(), l10n.t('Use a vault of its own for TDE.')],
    }),
  },
} satisfies CatalogueTable;
