import * as l10n from '@vscode/l10n';
import {
  causeOneAtATime,
  fixForeignRights,
  fixGrant,
  fixReport,
  fixSupport,
  fixWait,
  fixWaitForRights,
  pageAsync,
  pageCommon,
  pageCreateServer,
  pageFailoverGroup,
  pageIdentity,
  pageServerIdentity,
  pageThrottling,
  type Row,
} from './errorRow';

/** What Azure SQL answers to changes of a server, its identities and its failover group. */
export const serverErrors: Readonly<Record<string, Row>> = {
  MissingIdentityId: [
    [400],
    'afterFix',
    pageServerIdentity,
    ({ server }) => [
      l10n.t('No identity named'),
      l10n.t('The request for the server{0} names no user-assigned identity.', server),
      l10n.t('Its identity type is UserAssigned, which needs at least one.'),
      l10n.t('Name at least one user-assigned identity in the request.'),
      fixReport(),
    ],
  ],
  InvalidPrimaryIdentityId: [
    [400],
    'afterFix',
    pageServerIdentity,
    ({ server }) => [
      l10n.t('Primary identity not assigned'),
      l10n.t('The identity that is to become primary is not one of the server{0}.', server),
      l10n.t('Its resource ID is not complete, or it is not assigned to the server.'),
      l10n.t('Assign the identity to the server first.'),
      l10n.t('Name it by its full resource ID.'),
    ],
  ],
  MissingPrimaryIdentity: [
    [400],
    'afterFix',
    pageServerIdentity,
    ({ server }) => [
      l10n.t('No primary identity'),
      l10n.t('The server{0} has user-assigned identities but no primary one.', server),
      l10n.t('Azure SQL chooses none of them by itself.'),
      l10n.t('Make one of the user-assigned identities the primary one.'),
    ],
  ],
  PrimaryIdentityMissingPermissionForKeyId: [
    [400],
    'afterFix',
    pageIdentity,
    ({ server }) => [
      l10n.t('Key in the settings of the server out of reach'),
      l10n.t('The primary identity has no rights on the key in the settings of the server{0}.', server),
      l10n.t('It lacks get, wrapKey or unwrapKey on the key that keyId names.'),
      fixGrant(),
      fixForeignRights(),
      fixWaitForRights(),
    ],
  ],
  InvalidIdentityTypeForKeyId: [
    [400],
    'afterFix',
    pageCreateServer,
    ({ server }) => [
      l10n.t('Identity type not suitable'),
      l10n.t('The identity type of the server{0} does not suit a key that is given at its creation.', server),
      l10n.t('Such a key needs a user-assigned identity that is the primary one.'),
      l10n.t('Use the type UserAssigned, or SystemAssigned,UserAssigned, and name a primary identity.'),
    ],
  ],
  UpsertLogicalServerRequestAlreadyInProgress: [
    [409],
    'auto',
    pageAsync,
    ({ server }) => [
      l10n.t('Server being changed'),
      l10n.t('Another change of the server{0} is being made already.', server),
      l10n.t('It may be one of its identity.'),
      fixWait(),
    ],
  ],
  ServerDisabled: [
    [409],
    'afterFix',
    pageCommon,
    ({ server }) => [
      l10n.t('Server disabled'),
      l10n.t('The server{0} is disabled.', server),
      l10n.t('The state of its subscription or the billing may be the reason.'),
      l10n.t('Check the state and the billing of the subscription.'),
      fixSupport(),
    ],
  ],
  SubscriptionDisabled: [
    [409],
    'afterFix',
    pageCommon,
    ({ subscription }) => [
      l10n.t('Subscription disabled'),
      l10n.t('The subscription{0} is disabled.', subscription),
      l10n.t('It has expired, has reached its spending limit, or there is trouble with the billing.'),
      l10n.t('Reactivate the subscription, then try again.'),
    ],
  ],
  ConflictingSubscriptionOperation: [
    [429],
    'auto',
    pageThrottling,
    ({ subscription }) => [
      l10n.t('Subscription busy'),
      l10n.t('Another operation on the subscription{0} blocks this one.', subscription),
      causeOneAtATime(),
      fixWait(),
    ],
  ],
  ProvisioningDisabled: [
    [400],
    'never',
    pageCommon,
    ({ about }) => [
      l10n.t('Region closed to the subscription'),
      l10n.t('The subscription may not create or change servers in this region{0}.', about),
      l10n.t('Azure SQL restricts this for some subscriptions and regions.'),
      l10n.t('Use another region.'),
      l10n.t('Or ask Azure support for access to the region.'),
    ],
  ],
  FailoverGroupBusy: [
    [409],
    'auto',
    pageFailoverGroup,
    ({ about }) => [
      l10n.t('Failover group busy'),
      l10n.t('The failover group is busy with another operation{0}.', about),
      causeOneAtATime(),
      fixWait(),
    ],
  ],
};
