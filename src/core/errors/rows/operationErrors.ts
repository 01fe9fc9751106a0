import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAccount, fixAgain, fixChoose, fixFewer, fixFirewall, fixLook, fixSupport, fixWait } from './commonTexts';
import { pageAsync, pageNotFound, pageThrottling, pageTroubleshoot } from './pages';

/** Documented errors of resources that aren't found, and of operations that end early or don't start. */
export const operationErrors = {
  SubscriptionDoesNotHaveServer: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'listServers',
    traits: ['notFound'],
    texts: ({ server }) => ({
      title: l10n.t('Server not in the subscription'),
      what: l10n.t('The subscription has no server{0}.', server),
      cause: l10n.t('The server was deleted or is in another subscription.'),
      steps: [fixChoose(), fixAccount()],
    }),
  },
  ServerNotInSubscriptionResourceGroup: {
    retryMode: 'afterFix',
    numbers: [45317],
    page: pageNotFound,
    command: 'listServers',
    traits: ['notFound'],
    texts: ({ server }) => ({
      title: l10n.t('Server not in the resource group'),
      what: l10n.t("The server{0} isn't in this resource group or subscription.", server),
      cause: l10n.t('It was probably moved after the tree loaded.'),
      steps: [fixChoose(), l10n.t("After a move, check the server's identity and its permissions on the key.")],
    }),
  },
  ResourceNotFound: {
    retryMode: 'afterFix',
    page: pageNotFound,
    command: 'showResource',
    traits: ['notFound'],
    texts: ({ resource }) => ({
      title: l10n.t('Resource not found'),
      what: l10n.t("Azure can't find the resource{0} or something that it needs.", resource),
      cause: l10n.t("It was deleted or moved, or it's still being created."),
      steps: [fixChoose(), l10n.t('If it was just created, wait a few seconds, then try again.')],
    }),
  },
  OperationIdNotFound: {
    retryMode: 'auto',
    numbers: [45184],
    page: pageAsync,
    command: 'showServerKey',
    texts: ({ about }) => ({
      title: l10n.t('Operation record not found'),
      what: l10n.t('Azure no longer has the status of the operation{0}.', about),
      cause: l10n.t(
        'The record of the operation has expired, or its address is wrong. The change itself may have been made.',
      ),
      steps: [
        fixLook(),
        l10n.t("If the change isn't there, start the operation again; asking for the old status again never succeeds."),
      ],
    }),
  },
  OperationCancelled: {
    retryMode: 'auto',
    numbers: [45188],
    page: pageAsync,
    command: 'showActivityLog',
    texts: ({ about }) => ({
      title: l10n.t('Operation canceled'),
      what: l10n.t('The operation was canceled before it completed{0}.', about),
      cause: l10n.t('A user or a script canceled it. The activity log shows who.'),
      steps: [fixLook(), l10n.t('If you still want the change, start the operation again.')],
    }),
  },
  OperationInterrupted: {
    retryMode: 'auto',
    numbers: [45196],
    page: pageAsync,
    command: 'showActivityLog',
    texts: ({ about }) => ({
      title: l10n.t('Operation interrupted'),
      what: l10n.t('Another operation interrupted this one{0}.', about),
      cause: l10n.t('Two operations changed the same server at the same time.'),
      steps: [fixWait(), fixLook()],
    }),
  },
  SubscriptionTooManyCreateUpdateRequests: {
    retryMode: 'auto',
    page: pageThrottling,
    command: 'listDatabaseOperations',
    traits: ['throttled'],
    texts: ({ about }) => ({
      title: l10n.t('Too many changes in progress'),
      what: l10n.t('The subscription has too many changes to Azure SQL in progress{0}.', about),
      cause: l10n.t('Azure SQL limits how many creations and updates run at the same time.'),
      steps: [
        l10n.t('Wait until running operations complete, then try again.'),
        l10n.t('Change one server at a time.'),
      ],
    }),
  },
  SubscriptionTooManyRequests: {
    retryMode: 'auto',
    page: pageThrottling,
    traits: ['throttled'],
    texts: ({ about }) => ({
      title: l10n.t('Too many requests in the subscription'),
      what: l10n.t('The subscription has too many open requests to Azure SQL{0}.', about),
      cause: l10n.t('Azure SQL limits how many requests it processes at the same time.'),
      steps: [fixFewer()],
    }),
  },
  OperationTimedOut: {
    retryMode: 'auto',
    numbers: [45179],
    page: pageTroubleshoot,
    command: 'showServerKey',
    texts: ({ about }) => ({
      title: l10n.t('Operation timed out'),
      what: l10n.t('The operation took too long and was rolled back{0}.', about),
      cause: l10n.t("Azure SQL was busy or couldn't reach the vault in time."),
      steps: [fixLook(), fixAgain(), fixFirewall(), fixSupport()],
    }),
  },
  TooManyRequests: {
    retryMode: 'auto',
    page: pageThrottling,
    traits: ['throttled'],
    texts: ({ about }) => ({
      title: l10n.t('Too many requests or no capacity'),
      what: l10n.t('Azure accepts no more requests of this kind right now{0}.', about),
      cause: l10n.t(
        'With status 429, your account or subscription sends too many. With 503, Azure SQL has no capacity right now.',
      ),
      steps: [fixFewer()],
    }),
  },
} satisfies CatalogueTable;
