import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  causeOneAtATime,
  fixForeignRights,
  fixGrant,
  fixReport,
  fixSupport,
  fixWait,
  fixWaitForRights,
} from './commonTexts';
import {
  pageAsync,
  pageCommon,
  pageCreateServer,
  pageFailoverGroup,
  pageIdentity,
  pageServerIdentity,
  pageThrottling,
} from './pages';

/** What Azure SQL answers to changes of a server, its identities and its failover group. */
export const serverErrors = {
  MissingIdentityId: {
    retryMode: 'afterFix',
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No identity named'),
      what: l10n.t('The request for the server{0} names no user-assigned identity.', server),
      cause: l10n.t('Its identity type is UserAssigned, which needs at least one.'),
      remedies: [l10n.t('Name at least one user-assigned identity in the request.'), fixReport()],
    }),
  },
  InvalidPrimaryIdentityId: {
    retryMode: 'afterFix',
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Primary identity not assigned'),
      what: l10n.t('The identity that is to become primary is not one of the server{0}.', server),
      cause: l10n.t('Its resource ID is not complete, or it is not assigned to the server.'),
      remedies: [l10n.t('Assign the identity to the server first.'), l10n.t('Name it by its full resource ID.')],
    }),
  },
  MissingPrimaryIdentity: {
    retryMode: 'afterFix',
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No primary identity'),
      what: l10n.t('The server{0} has user-assigned identities but no primary one.', server),
      cause: l10n.t('Azure SQL chooses none of them by itself.'),
      remedies: [l10n.t('Make one of the user-assigned identities the primary one.')],
    }),
  },
  PrimaryIdentityMissingPermissionForKeyId: {
    retryMode: 'afterFix',
    page: pageIdentity,
    command: 'grantKeyAccess',
    texts: ({ server }) => ({
      title: l10n.t('Key in the settings of the server out of reach'),
      what: l10n.t('The primary identity has no rights on the key in the settings of the server{0}.', server),
      cause: l10n.t('It lacks get, wrapKey or unwrapKey on the key that keyId names.'),
      remedies: [fixGrant(), fixForeignRights(), fixWaitForRights()],
    }),
  },
  InvalidIdentityTypeForKeyId: {
    retryMode: 'afterFix',
    page: pageCreateServer,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Identity type not suitable'),
      what: l10n.t('The identity type of the server{0} does not suit a key that is given at its creation.', server),
      cause: l10n.t('Such a key needs a user-assigned identity that is the primary one.'),
      remedies: [l10n.t('Use the type UserAssigned, or SystemAssigned,UserAssigned, and name a primary identity.')],
    }),
  },
  UpsertLogicalServerRequestAlreadyInProgress: {
    retryMode: 'auto',
    page: pageAsync,
    command: 'showActivityLog',
    texts: ({ server }) => ({
      title: l10n.t('Server being changed'),
      what: l10n.t('Another change of the server{0} is being made already.', server),
      cause: l10n.t('It may be one of its identity.'),
      remedies: [fixWait()],
    }),
  },
  ServerDisabled: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'showServerState',
    texts: ({ server }) => ({
      title: l10n.t('Server disabled'),
      what: l10n.t('The server{0} is disabled.', server),
      cause: l10n.t('The state of its subscription or the billing may be the reason.'),
      remedies: [l10n.t('Check the state and the billing of the subscription.'), fixSupport()],
    }),
  },
  SubscriptionDisabled: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'listSubscriptions',
    texts: ({ subscription }) => ({
      title: l10n.t('Subscription disabled'),
      what: l10n.t('The subscription{0} is disabled.', subscription),
      cause: l10n.t('It has expired, has reached its spending limit, or there is trouble with the billing.'),
      remedies: [l10n.t('Reactivate the subscription, then try again.')],
    }),
  },
  ConflictingSubscriptionOperation: {
    retryMode: 'auto',
    page: pageThrottling,
    traits: ['throttled'],
    texts: ({ subscription }) => ({
      title: l10n.t('Subscription busy'),
      what: l10n.t('Another operation on the subscription{0} blocks this one.', subscription),
      cause: causeOneAtATime(),
      remedies: [fixWait()],
    }),
  },
  ProvisioningDisabled: {
    retryMode: 'never',
    page: pageCommon,
    command: 'listUsages',
    texts: ({ about }) => ({
      title: l10n.t('Region closed to the subscription'),
      what: l10n.t('The subscription may not create or change servers in this region{0}.', about),
      cause: l10n.t('Azure SQL restricts this for some subscriptions and regions.'),
      remedies: [l10n.t('Use another region.'), l10n.t('Or ask Azure support for access to the region.')],
    }),
  },
  FailoverGroupBusy: {
    retryMode: 'auto',
    page: pageFailoverGroup,
    command: 'listFailoverGroups',
    texts: ({ about }) => ({
      title: l10n.t('Failover group busy'),
      what: l10n.t('The failover group is busy with another operation{0}.', about),
      cause: causeOneAtATime(),
      remedies: [fixWait()],
    }),
  },
} satisfies CatalogueTable;
