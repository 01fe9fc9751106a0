import * as l10n from '@vscode/l10n';
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
  type Row,
} from './errorRow';

/** One fate under three names: of Resource Manager, of Resource Graph, and of an answer without a code. */
const throttled: Row = [
  [429],
  'auto',
  pageThrottling,
  ({ about }) => [
    l10n.t('Requests throttled'),
    l10n.t('Azure takes no more requests from this account for the moment{0}.', about),
    l10n.t('There were too many requests in a short time, from here or elsewhere.'),
    fixFewer(),
  ],
];

/** What Azure Resource Manager and Azure SQL answer to any call. */
export const resourceManagerErrors: Readonly<Record<string, Row>> = {
  AuthorizationFailed: [
    [403],
    'afterFix',
    pageRoles,
    ({ action, resource }) => [
      l10n.t('Your account lacks a permission'),
      resource
        ? l10n.t('Your account lacks the permission{0} on the resource{1}.', action, resource)
        : l10n.t('Your account lacks the permission{0}.', action),
      l10n.t('None of its roles on the resource, or above it, holds this permission.'),
      l10n.t(
        'Ask for a role with this permission: for server keys SQL Server Contributor; SQL Security Manager is not enough.',
      ),
      fixWaitForRights(),
    ],
  ],
  ScopeLocked: [
    [409],
    'afterFix',
    pageLocks,
    ({ resource }) => [
      l10n.t('Resource locked'),
      l10n.t('A lock keeps the resource{0} from being changed.', resource),
      l10n.t('A delete or read-only lock is on it, its resource group or its subscription.'),
      l10n.t('Have the lock removed for the time of the change, and put back afterwards.'),
    ],
  ],
  SubscriptionNotFound: [
    [404],
    'afterFix',
    pageNotFound,
    ({ subscription }) => [
      l10n.t('Subscription not found'),
      l10n.t('Azure does not find the subscription{0}.', subscription),
      l10n.t('It does not exist, is in another cloud, or is not visible to this account.'),
      fixAccount(),
      fixChoose(),
    ],
  ],
  ResourceGroupNotFound: [
    [404],
    'afterFix',
    pageNotFound,
    ({ resourceGroup }) => [
      l10n.t('Resource group not found'),
      l10n.t('Azure does not find the resource group{0}.', resourceGroup),
      l10n.t('It was deleted, or is in another subscription.'),
      fixChoose(),
    ],
  ],
  ParentResourceNotFound: [
    [404],
    'afterFix',
    pageParent,
    ({ server }) => [
      l10n.t('Server not found'),
      l10n.t('Azure does not find the server{0}.', server),
      l10n.t('It was deleted, moved or renamed after the tree was loaded.'),
      fixChoose(),
    ],
  ],
  NoRegisteredProviderFound: [
    [400],
    'afterFix',
    pageProvider,
    ({ about }) => [
      l10n.t('API version not offered'),
      l10n.t('This cloud or region does not offer the API version of the request{0}.', about),
      l10n.t('Sovereign and custom clouds get new API versions later; the message names those offered.'),
      l10n.t('Check that the resource provider is registered in the subscription.'),
      fixReport(),
    ],
  ],
  ConflictingServerOperation: [
    [409],
    'auto',
    pageAsync,
    ({ server }) => [
      l10n.t('Server busy'),
      l10n.t('Another operation is running on the server{0}.', server),
      causeOneAtATime(),
      fixWait(),
    ],
  ],
  InternalServerError: [
    [500],
    'auto',
    pageCommon,
    ({ about }) => [
      l10n.t('Failure inside Azure'),
      l10n.t('Azure reports a failure of its own{0}.', about),
      l10n.t('It gives no reason; a kind of key that TDE does not support can show as this error.'),
      fixLook(),
      fixAgain(),
      fixRsa(),
      fixSupport(),
    ],
  ],
  ServiceUnavailable: [
    [503],
    'auto',
    pageCommon,
    ({ about }) => [
      l10n.t('Service not available'),
      l10n.t('The service is not available at the moment{0}.', about),
      l10n.t('It is overloaded or being maintained.'),
      fixAgain(),
      l10n.t('Look for an outage in Azure Service Health.'),
    ],
  ],
  GatewayTimeout: [
    [504],
    'auto',
    pageAsync,
    ({ about }) => [
      l10n.t('Azure SQL did not answer in time'),
      l10n.t('Azure Resource Manager got no answer from the service in time{0}.', about),
      l10n.t('The operation may still be running.'),
      fixLook(),
      fixAgain(),
    ],
  ],
  ServerKeyNotFound: [
    [404],
    'afterFix',
    pageTroubleshoot,
    ({ key }) => [
      l10n.t('Server key not found'),
      l10n.t('The server has no server key{0} to set as TDE protector.', key),
      causeNotCreated(),
      fixCreateFirst(),
      fixRecoverKey(),
    ],
  ],
  RequestDisallowedByPolicy: [
    [403],
    'afterFix',
    pagePolicy,
    ({ resource }) => [
      l10n.t('Refused by Azure Policy'),
      l10n.t('An Azure policy forbids this change to the resource{0}.', resource),
      l10n.t('A policy assignment with the effect deny applies; the message names it.'),
      l10n.t('Choose a key and settings that the policy allows, or ask its owner for an exemption.'),
    ],
  ],
  Http429: throttled,
  SubscriptionRequestsThrottled: throttled,
  RateLimiting: throttled,
};
