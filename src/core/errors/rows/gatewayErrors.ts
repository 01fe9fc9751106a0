import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeOneAtATime,
  fixAccount,
  fixAgain,
  fixChoose,
  fixLook,
  fixReport,
  fixWait,
  fixWaitForRights,
} from './commonTexts';
import { pageCommon, pageDenials, pageNotFound, pageProvider, pageRoles } from './pages';

/** Other errors of Azure Resource Manager, also for reads and role assignments. */
export const gatewayErrors = {
  InvalidAuthenticationTokenTenant: {
    retryMode: 'afterFix',
    traits: ['otherSignIn'],
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
    texts: ({ account, resource }) => ({
      title: l10n.t('Permission missing on a linked resource'),
      what:
        account === undefined
          ? l10n.t('Your account lacks a permission on a resource that the change to the resource{0} uses.', resource)
          : l10n.t(
              'The account{0} lacks a permission on a resource that the change to the resource{1} uses.',
              account,
              resource,
            ),
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
  DenyAssignmentAuthorizationFailed: {
    retryMode: 'afterFix',
    page: pageDenials,
    command: 'listDenyAssignments',
    texts: ({ resource, action }) => ({
      title: l10n.t('Blocked by a deny assignment'),
      what: l10n.t('A deny assignment forbids the action{0} on the resource{1}.', action, resource),
      cause: l10n.t(
        'It applies to owners too. A deployment stack, a managed application, or a service such as Synapse made it.',
      ),
      steps: [
        l10n.t('To find out which, read the name and the scope of the deny assignment in the message.'),
        l10n.t(
          'Make the change with the tool that manages the resource, such as the deployment stack or the workspace.',
        ),
        l10n.t('Or ask its owner to exclude this action or the account.'),
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
  ResourceGroupNotFound: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'showResourceGroup',
    traits: ['notFound'],
    texts: ({ resourceGroup }) => ({
      title: l10n.t('Resource group not found'),
      what: l10n.t("Azure can't find the resource group{0}.", resourceGroup),
      cause: l10n.t('It was deleted or is in another subscription.'),
      steps: [fixChoose()],
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
    command: 'grantKeyRole',
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
} satisfies CatalogueTable;
