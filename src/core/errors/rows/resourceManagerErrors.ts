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
  fixWaitForRights,
} from './commonTexts';
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

/** One fate under three names: of Resource Manager, of Resource Graph, and of an answer without a code. */
const throttled: CatalogueRow = {
  retryMode: 'auto',
  page: pageThrottling,
  traits: ['throttled'],
  texts: ({ about }) => ({
    title: l10n.t('Requests throttled'),
    what: l10n.t('Azure takes no more requests from this account for the moment{0}.', about),
    cause: l10n.t('There were too many requests in a short time, from here or elsewhere.'),
    remedies: [fixFewer()],
  }),
};

/** What Azure Resource Manager and Azure SQL answer to any call. */
export const resourceManagerErrors = {
  AuthorizationFailed: {
    retryMode: 'afterFix',
    page: pageRoles,
    command: 'grantServerContributor',
    texts: ({ action, resource }) => ({
      title: l10n.t('Your account lacks a permission'),
      what: resource
        ? l10n.t('Your account lacks the permission{0} on the resource{1}.', action, resource)
        : l10n.t('Your account lacks the permission{0}.', action),
      cause: l10n.t('None of its roles on the resource, or above it, holds this permission.'),
      remedies: [
        l10n.t(
          'Ask for a role with this permission: for server keys SQL Server Contributor; SQL Security Manager is not enough.',
        ),
        fixWaitForRights(),
      ],
    }),
  },
  ScopeLocked: {
    retryMode: 'afterFix',
    page: pageLocks,
    command: 'listLocks',
    texts: ({ resource }) => ({
      title: l10n.t('Resource locked'),
      what: l10n.t('A lock keeps the resource{0} from being changed.', resource),
      cause: l10n.t('A delete or read-only lock is on it, its resource group or its subscription.'),
      remedies: [l10n.t('Have the lock removed for the time of the change, and put back afterwards.')],
    }),
  },
  SubscriptionNotFound: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'listSubscriptions',
    traits: ['notFound'],
    texts: ({ subscription }) => ({
      title: l10n.t('Subscription not found'),
      what: l10n.t('Azure does not find the subscription{0}.', subscription),
      cause: l10n.t('It does not exist, is in another cloud, or is not visible to this account.'),
      remedies: [fixAccount(), fixChoose()],
    }),
  },
  ResourceGroupNotFound: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'showResourceGroup',
    traits: ['notFound'],
    texts: ({ resourceGroup }) => ({
      title: l10n.t('Resource group not found'),
      what: l10n.t('Azure does not find the resource group{0}.', resourceGroup),
      cause: l10n.t('It was deleted, or is in another subscription.'),
      remedies: [fixChoose()],
    }),
  },
  ParentResourceNotFound: {
    retryMode: 'afterFix',
    page: pageParent,
    command: 'listServers',
    traits: ['notFound'],
    texts: ({ server }) => ({
      title: l10n.t('Server not found'),
      what: l10n.t('Azure does not find the server{0}.', server),
      cause: l10n.t('It was deleted, moved or renamed after the tree was loaded.'),
      remedies: [fixChoose()],
    }),
  },
  NoRegisteredProviderFound: {
    retryMode: 'afterFix',
    page: pageProvider,
    command: 'registerProvider',
    texts: ({ about }) => ({
      title: l10n.t('API version not offered'),
      what: l10n.t('This cloud or region does not offer the API version of the request{0}.', about),
      cause: l10n.t('Sovereign and custom clouds get new API versions later; the message names those offered.'),
      remedies: [l10n.t('Check that the resource provider is registered in the subscription.'), fixReport()],
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
      remedies: [fixWait()],
    }),
  },
  InternalServerError: {
    retryMode: 'auto',
    page: pageCommon,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Failure inside Azure'),
      what: l10n.t('Azure reports a failure of its own{0}.', about),
      cause: l10n.t('It gives no reason; a kind of key that TDE does not support can show as this error.'),
      remedies: [fixLook(), fixAgain(), fixRsa(), fixSupport()],
    }),
  },
  ServiceUnavailable: {
    retryMode: 'auto',
    page: pageCommon,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Service not available'),
      what: l10n.t('The service is not available at the moment{0}.', about),
      cause: l10n.t('It is overloaded or being maintained.'),
      remedies: [fixAgain(), l10n.t('Look for an outage in Azure Service Health.')],
    }),
  },
  GatewayTimeout: {
    retryMode: 'auto',
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t('Azure SQL did not answer in time'),
      what: l10n.t('Azure Resource Manager got no answer from the service in time{0}.', about),
      cause: l10n.t('The operation may still be running.'),
      remedies: [fixLook(), fixAgain()],
    }),
  },
  ServerKeyNotFound: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'createServerKey',
    traits: ['notFound'],
    texts: ({ key }) => ({
      title: l10n.t('Server key not found'),
      what: l10n.t('The server has no server key{0} to set as TDE protector.', key),
      cause: causeNotCreated(),
      remedies: [fixCreateFirst(), fixRecoverKey()],
    }),
  },
  RequestDisallowedByPolicy: {
    retryMode: 'afterFix',
    page: pagePolicy,
    command: 'listPolicyStates',
    texts: ({ resource }) => ({
      title: l10n.t('Refused by Azure Policy'),
      what: l10n.t('An Azure policy forbids this change to the resource{0}.', resource),
      cause: l10n.t('A policy assignment with the effect deny applies; the message names it.'),
      remedies: [l10n.t('Choose a key and settings that the policy allows, or ask its owner for an exemption.')],
    }),
  },
  Http429: throttled,
  SubscriptionRequestsThrottled: throttled,
  RateLimiting: throttled,
} satisfies CatalogueTable;
