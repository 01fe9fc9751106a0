import * as l10n from '@vscode/l10n';
import type { CatalogueRow, CatalogueTable } from '../catalogueRow';
import {
  causeNotCreated,
  causeOneAtATime,
  fixAccount,
  fixAgain,
  fixChoose,
  fixCreateFirst,
  fixFewer,
  fixLook,
  fixRecoverKey,
  fixReport,
  fixRsa,
  fixSupport,
  fixWait,
} from './commonTexts';
import { missingRole, unmetCondition } from './permissionTexts';
import {
  pageAsync,
  pageCommon,
  pageLocks,
  pageNotFound,
  pageParent,
  pagePolicy,
  pageProvider,
  pageRoles,
  pageThrottling,
  pageTroubleshoot,
} from './pages';

/** One error with three codes: of Resource Manager, of Resource Graph, and of a response without a code. */
const throttled: CatalogueRow = {
  retryMode: 'auto',
  page: pageThrottling,
  traits: ['throttled'],
  texts: ({ about }) => ({
    title: l10n.t('Requests throttled'),
    what: l10n.t("Azure isn't accepting more requests from this account right now{0}.", about),
    cause: l10n.t('Too many requests were sent in a short time, from here or elsewhere.'),
    steps: [fixFewer()],
  }),
};

/** Errors that Azure Resource Manager and Azure SQL may return for any request. */
export const resourceManagerErrors = {
  AuthorizationFailed: {
    retryMode: 'afterFix',
    page: pageRoles,
    command: 'grantRole',
    texts: (names) =>
      names.says.includes('has an authorization with ABAC condition') ? unmetCondition(names) : missingRole(names),
  },
  ScopeLocked: {
    retryMode: 'afterFix',
    page: pageLocks,
    command: 'listLocks',
    texts: ({ resource }) => ({
      title: l10n.t('Resource locked'),
      what: l10n.t('A lock prevents changes to the resource{0}.', resource),
      cause: l10n.t('The resource, its resource group, or its subscription has a delete or read-only lock.'),
      steps: [
        l10n.t('To find out which lock, read its scope in the message, or list the locks.'),
        l10n.t('Have the lock removed, make the change, then have the lock restored.'),
      ],
    }),
  },
  SubscriptionNotFound: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'listSubscriptions',
    traits: ['notFound'],
    texts: ({ subscription }) => ({
      title: l10n.t('Subscription not found'),
      what: l10n.t("Azure can't find the subscription{0}.", subscription),
      cause: l10n.t("It isn't visible to this account, is in another cloud or tenant, or doesn't exist."),
      steps: [fixAccount(), fixChoose()],
    }),
  },
  ParentResourceNotFound: {
    retryMode: 'afterFix',
    page: pageParent,
    command: 'listServers',
    traits: ['notFound'],
    texts: ({ server }) => ({
      title: l10n.t('Server not found'),
      what: l10n.t("Azure can't find the server{0}.", server),
      cause: l10n.t('It was deleted or moved after the tree loaded.'),
      steps: [fixChoose()],
    }),
  },
  NoRegisteredProviderFound: {
    retryMode: 'afterFix',
    page: pageProvider,
    command: 'listApiVersions',
    texts: ({ about }) => ({
      title: l10n.t('API version not available'),
      what: l10n.t("This cloud or region doesn't offer the API version of the request{0}.", about),
      cause: l10n.t('Sovereign and custom clouds get new API versions later. The message lists the available ones.'),
      steps: [l10n.t('Check that the resource provider is registered in the subscription.'), fixReport()],
    }),
  },
  ConflictingServerOperation: {
    retryMode: 'auto',
    page: pageAsync,
    command: 'showActivityLog',
    texts: ({ server }) => ({
      title: l10n.t('Server busy'),
      what: l10n.t('Another operation is running on the server{0}.', server),
      cause: causeOneAtATime(),
      steps: [fixWait()],
    }),
  },
  InternalServerError: {
    retryMode: 'auto',
    page: pageCommon,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Internal Azure error'),
      what: l10n.t('Azure reported an internal error{0}.', about),
      cause: l10n.t("Azure gives no reason. A key type that TDE doesn't support can cause this error."),
      steps: [fixLook(), fixAgain(), fixRsa(), fixSupport()],
    }),
  },
  ServiceUnavailable: {
    retryMode: 'auto',
    page: pageCommon,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Service not available'),
      what: l10n.t("The service isn't available right now{0}.", about),
      cause: l10n.t("It's overloaded or under maintenance."),
      steps: [fixAgain(), l10n.t('Check Azure Service Health for an outage.')],
    }),
  },
  GatewayTimeout: {
    retryMode: 'auto',
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t('Azure SQL timed out'),
      what: l10n.t('Azure Resource Manager got no response from the service in time{0}.', about),
      cause: l10n.t('The operation may still be running.'),
      steps: [fixLook(), fixAgain()],
    }),
  },
  ServerKeyNotFound: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'createServerKey',
    traits: ['notFound'],
    texts: ({ key }) => ({
      title: l10n.t('Server key not found'),
      what: l10n.t('The server has no server key{0} to set as the TDE protector.', key),
      cause: causeNotCreated(),
      steps: [fixCreateFirst(), fixRecoverKey()],
    }),
  },
  RequestDisallowedByPolicy: {
    retryMode: 'afterFix',
    page: pagePolicy,
    command: 'listDeniedChanges',
    texts: ({ resource, policy, definition }) => ({
      title: l10n.t('Blocked by Azure Policy'),
      what: l10n.t("An Azure policy doesn't allow this change to the resource{0}.", resource),
      cause:
        policy === ''
          ? l10n.t('A policy assignment with the deny effect applies. The message names it and its definition.')
          : l10n.t('The policy assignment{0} denies it, with the policy definition{1}.', policy, definition),
      steps: [
        l10n.t(
          'To find out which, read policyAssignmentName and policyDefinitionName in the message or in the activity log.',
        ),
        l10n.t(
          'Choose a key and settings that the definition allows, or ask the owner of the assignment for an exemption.',
        ),
        l10n.t(
          'If the definition asks for a policy token, repeat the change in a newer Azure CLI with --acquire-policy-token.',
        ),
      ],
    }),
  },
  Http429: throttled,
  SubscriptionRequestsThrottled: throttled,
  RateLimiting: throttled,
} satisfies CatalogueTable;
