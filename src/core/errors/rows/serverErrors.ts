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
  pageOutbound,
  pageServerIdentity,
  pageThrottling,
} from './pages';

/** Errors of changes to a server, its identities and its failover group. */
export const serverErrors = {
  MissingIdentityId: {
    retryMode: 'afterFix',
    numbers: [45521],
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No identity specified'),
      what: l10n.t("The request for the server{0} doesn't specify a user-assigned identity.", server),
      cause: l10n.t('The identity type UserAssigned needs at least one.'),
      steps: [l10n.t('Specify at least one user-assigned identity in the request.'), fixReport()],
    }),
  },
  InvalidPrimaryIdentityId: {
    retryMode: 'afterFix',
    numbers: [45522],
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Primary identity not assigned'),
      what: l10n.t("The new primary identity isn't an identity of the server{0}.", server),
      cause: l10n.t("Its resource ID is incomplete, or it isn't assigned to the server."),
      steps: [l10n.t('Assign the identity to the server first.'), l10n.t('Specify its full resource ID.')],
    }),
  },
  MissingPrimaryIdentity: {
    retryMode: 'afterFix',
    numbers: [45533],
    page: pageServerIdentity,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No primary identity'),
      what: l10n.t('The server{0} has user-assigned identities but no primary one.', server),
      cause: l10n.t("Azure SQL doesn't choose one automatically."),
      steps: [l10n.t('Make one of the user-assigned identities the primary one.')],
    }),
  },
  PrimaryIdentityMissingPermissionForKeyId: {
    retryMode: 'afterFix',
    numbers: [45538],
    page: pageCreateServer,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Primary identity for the key missing'),
      what: l10n.t('The request sets a key for the server{0}, but no primary identity that can use it.', server),
      cause: l10n.t(
        'The request has keyId but no primary user-assigned identity, or this identity has no permissions.',
      ),
      steps: [
        l10n.t('Specify the primary user-assigned identity in the same request.'),
        fixGrant(),
        fixForeignRights(),
        fixWaitForRights(),
      ],
    }),
  },
  InvalidIdentityTypeForKeyId: {
    retryMode: 'afterFix',
    numbers: [45539],
    page: pageCreateServer,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Identity type not supported'),
      what: l10n.t("The identity type of the server{0} doesn't support a key that is set at creation.", server),
      cause: l10n.t('Such a key needs a primary user-assigned identity.'),
      steps: [l10n.t('Use the type UserAssigned or SystemAssigned,UserAssigned, and specify a primary identity.')],
    }),
  },
  BlockedByOutboundFirewall: {
    retryMode: 'afterFix',
    numbers: [45530],
    page: pageOutbound,
    command: 'listOutboundRules',
    texts: ({ server }) => ({
      title: l10n.t('Blocked by outbound firewall rules'),
      what: l10n.t('The outbound firewall rules of the server{0} block the operation.', server),
      cause: l10n.t(
        'The server restricts outbound access and its rules lack a host. The message names the host or the rule.',
      ),
      steps: [
        l10n.t('Add the host to the outbound firewall rules, or turn off the restriction in the networking settings.'),
        l10n.t('These rules are documented for imports, exports, auditing, and assessments, but not for TDE.'),
      ],
    }),
  },
  UpsertLogicalServerRequestAlreadyInProgress: {
    retryMode: 'auto',
    page: pageAsync,
    command: 'showActivityLog',
    texts: ({ server }) => ({
      title: l10n.t('Server update in progress'),
      what: l10n.t('Another update of the server{0} is already in progress.', server),
      cause: l10n.t('It may be an identity change.'),
      steps: [fixWait()],
    }),
  },
  ServerDisabled: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'showServerState',
    texts: ({ server }) => ({
      title: l10n.t('Server disabled'),
      what: l10n.t('The server{0} is disabled.', server),
      cause: l10n.t('The state or billing of its subscription may be the reason.'),
      steps: [l10n.t('Check the state and billing of the subscription.'), fixSupport()],
    }),
  },
  SubscriptionDisabled: {
    retryMode: 'afterFix',
    page: pageCommon,
    command: 'listSubscriptions',
    texts: ({ subscription }) => ({
      title: l10n.t('Subscription disabled'),
      what: l10n.t('The subscription{0} is disabled.', subscription),
      cause: l10n.t('It has expired, has reached its spending limit, or has a billing problem.'),
      steps: [l10n.t('Reactivate the subscription, then try again.')],
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
      steps: [fixWait()],
    }),
  },
  ProvisioningDisabled: {
    retryMode: 'never',
    page: pageCommon,
    command: 'listUsages',
    texts: ({ about }) => ({
      title: l10n.t('Region not available to the subscription'),
      what: l10n.t("The subscription isn't allowed to create or change servers in this region{0}.", about),
      cause: l10n.t('Azure SQL restricts this for some subscriptions and regions.'),
      steps: [l10n.t('Use another region.'), l10n.t('Or ask Azure support for access to the region.')],
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
      steps: [fixWait()],
    }),
  },
} satisfies CatalogueTable;
