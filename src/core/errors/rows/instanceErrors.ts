import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { causeOneAtATime, fixWait, stepsToInstanceKey } from './commonTexts';
import { pageAsync, pageTroubleshoot } from './pages';

/** Errors of managed instances. There is no server to name, so the sentences end with the resource. */
export const instanceErrors = {
  ManagedInstanceStoppingOrStopped: {
    retryMode: 'afterFix',
    numbers: [45558],
    page: pageTroubleshoot,
    command: 'startInstance',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance stopped'),
      what: l10n.t('The managed instance is stopped or stopping{0}.', about),
      cause: l10n.t("Its keys can't be changed while it's stopped."),
      steps: [l10n.t('Start the instance, then try again.')],
    }),
  },
  ManagedInstanceStarting: {
    retryMode: 'auto',
    numbers: [45559],
    page: pageTroubleshoot,
    command: 'showInstanceState',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance starting'),
      what: l10n.t('The managed instance is still starting{0}.', about),
      cause: l10n.t("Its keys can't be changed until it's ready."),
      steps: [l10n.t('Wait until the instance is ready, then try again.')],
    }),
  },
  ConflictingManagedInstanceOperation: {
    retryMode: 'auto',
    page: pageAsync,
    command: 'listInstanceOperations',
    texts: ({ about }) => ({
      title: l10n.t('Managed instance busy'),
      what: l10n.t('Another operation is running on the managed instance{0}.', about),
      cause: causeOneAtATime(),
      steps: [fixWait()],
    }),
  },
  ManagedInstanceContainsInaccessibleDatabases: {
    retryMode: 'afterFix',
    numbers: [45476],
    page: pageTroubleshoot,
    command: 'listInaccessibleInstanceDatabases',
    texts: ({ about }) => ({
      title: l10n.t('Inaccessible databases on the instance'),
      what: l10n.t("The managed instance can't be changed while it has inaccessible databases{0}.", about),
      cause: l10n.t('These databases have lost access to the key of the TDE protector.'),
      steps: stepsToInstanceKey(),
    }),
  },
  ManagedInstanceNoConditionToMakeDatabaseAccessible: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateInstanceProtector',
    texts: ({ about }) => ({
      title: l10n.t('Revalidation unsuccessful'),
      what: l10n.t("The managed instance still can't access the key of its database{0}.", about),
      cause: l10n.t('Access to the key must be restored before the database can be revalidated.'),
      steps: stepsToInstanceKey(),
    }),
  },
} satisfies CatalogueTable;
