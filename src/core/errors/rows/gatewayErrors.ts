import * as l10n from '@vscode/l10n';
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
  pageCommon,
  pageProvider,
  pageRecovery,
  pageRoles,
  pageVaultRoles,
  pageVaultThrottling,
  type Row,
} from './errorRow';

/** What Azure Resource Manager and Key Vault answer besides, also to reads and to rights that are given. */
export const gatewayErrors: Readonly<Record<string, Row>> = {
  InvalidAuthenticationTokenTenant: [
    [401],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Sign-in of another tenant'),
      l10n.t('The sign-in is for another tenant than that of the subscription{0}.', about),
      l10n.t('Guest accounts and accounts in several tenants meet this; the message names the right tenant.'),
      l10n.t('Sign in to the tenant of the subscription, then refresh.'),
      fixAccount(),
    ],
  ],
  LinkedAuthorizationFailed: [
    [403],
    'afterFix',
    pageRoles,
    ({ resource }) => [
      l10n.t('Permission on a linked resource missing'),
      l10n.t('Your account lacks a permission on something that the change to the resource{0} uses.', resource),
      l10n.t(
        'Mostly this is a user-assigned identity that is to be assigned; the message names the resource and the permission.',
      ),
      l10n.t(
        'Ask for the role Managed Identity Operator on the identity, or for the permission that the message names.',
      ),
      fixWaitForRights(),
    ],
  ],
  MissingSubscriptionRegistration: [
    [409],
    'afterFix',
    pageProvider,
    ({ subscription }) => [
      l10n.t('Resource provider not registered'),
      l10n.t('The subscription{0} has not registered the resource provider.', subscription),
      l10n.t('Microsoft.Sql and Microsoft.KeyVault must be registered before they can be used.'),
      l10n.t('Register the resource provider that the message names; this takes up to 5 minutes.'),
    ],
  ],
  InvalidApiVersionParameter: [
    [400],
    'afterFix',
    pageCommon,
    ({ about }) => [
      l10n.t('API version not valid'),
      l10n.t('Azure does not know the API version of the request{0}.', about),
      l10n.t('It is misspelt, or this cloud does not offer it; the message lists those that it offers.'),
      l10n.t('Use one of the API versions that the message lists.'),
      fixReport(),
    ],
  ],
  Conflict: [
    [409],
    'auto',
    pageCommon,
    ({ resource }) => [
      l10n.t('Conflict with the present state'),
      l10n.t('The present state of the resource{0} does not allow the change.', resource),
      l10n.t('Something else is changing it, or it is not ready; the message says more.'),
      fixLook(),
      fixAgain(),
    ],
  ],
  AnotherOperationInProgress: [
    [409],
    'auto',
    pageCommon,
    ({ resource }) => [
      l10n.t('Resource busy'),
      l10n.t('Another operation is running on the resource{0}.', resource),
      causeOneAtATime(),
      fixWait(),
    ],
  ],
  PrincipalNotFound: [
    [400],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Identity not found for a role'),
      l10n.t('Microsoft Entra ID does not find the identity that is to get the role{0}.', about),
      l10n.t('It was created just now, and not every region knows it yet.'),
      l10n.t('Wait up to 2 minutes, then try again.'),
      l10n.t('Name ServicePrincipal as the type of the principal when you give the role.'),
    ],
  ],
  RoleAssignmentExists: [
    [409],
    'never',
    pageRoles,
    ({ about }) => [
      l10n.t('Role given already'),
      l10n.t('The identity has this role already{0}.', about),
      l10n.t('The same role assignment is there; nothing more has to be done.'),
      l10n.t('Carry on as if it had just been given.'),
      l10n.t('If the rights have no effect yet, wait up to 10 minutes.'),
    ],
  ],
  Forbidden: [
    [403],
    'afterFix',
    pageVaultRoles,
    ({ about }) => [
      l10n.t('Refused by the vault'),
      l10n.t('The vault refuses the request of your account{0}.', about),
      l10n.t(
        "Your account lacks rights on keys, the firewall keeps this computer out, or the vault's tier does not allow it.",
      ),
      l10n.t(
        'Ask for the role Key Vault Reader or Key Vault Crypto User; get and list where the vault uses access policies.',
      ),
      l10n.t('If it is the firewall, work from a network that it lets through.'),
      fixWaitForRights(),
    ],
  ],
  KeyNotFound: [
    [404],
    'afterFix',
    pageRecovery,
    ({ about }) => [
      l10n.t('No such key or version'),
      l10n.t('The vault has no such key or version{0}.', about),
      l10n.t('It was deleted, or its name is misspelt.'),
      fixRecoverKey(),
      l10n.t('Or choose another key.'),
    ],
  ],
  VaultNotFound: [
    [404],
    'afterFix',
    pageRecovery,
    ({ about }) => [
      l10n.t('Vault not found'),
      l10n.t('Azure does not find the vault{0}.', about),
      l10n.t('It was deleted, or is in another subscription.'),
      fixRecoverVault(),
      fixChoose(),
    ],
  ],
  Throttled: [
    [429],
    'auto',
    pageVaultThrottling,
    ({ about }) => [
      l10n.t('Too many requests to the vault'),
      l10n.t('The vault takes no more requests for the moment{0}.', about),
      l10n.t('Within 10 seconds it takes a limited number of requests, from all that use it together.'),
      fixFewer(),
      l10n.t('Use a vault of its own for TDE.'),
    ],
  ],
};
