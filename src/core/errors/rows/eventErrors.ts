import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixFirewall,
  fixGrant,
  fixIdentity,
  fixKeyUsable,
  fixRevalidate,
  fixSupport,
  fixWhatChanged,
  stepsToInstanceKey,
} from './commonTexts';
import { pageOverview, pageSignInCodes, pageTroubleshoot } from './pages';

/** Names that logs show for a lost key, and a code of the sign-in of a server's identity. */
export const eventErrors = {
  MakeDatabaseInaccessible: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showActivityLog',
    texts: ({ server }) => ({
      title: l10n.t('Database losing access to its key'),
      what: l10n.t("A database on the server{0} can't access its key in the vault.", server),
      cause: l10n.t(
        'While its status is Started or In Progress, the database stays online for up to 30 minutes. Once it is Succeeded, the database is inaccessible.',
      ),
      steps: [fixWhatChanged(), fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
  MakeDatabaseAccessible: {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'listInaccessibleDatabases',
    instanceCommand: 'listInaccessibleInstanceDatabases',
    texts: ({ server }) => ({
      title: l10n.t('Database regaining access to its key'),
      what: l10n.t('Azure is making a database on the server{0} accessible again, or has tried to.', server),
      cause: l10n.t(
        'The key can be used again, or someone started a revalidation. The status Failed means that the key still fails.',
      ),
      steps: [
        l10n.t('If the status is Failed, fix what its message names, then revalidate the TDE protector.'),
        l10n.t(
          'If it is Succeeded after a long outage, restore lost settings: failover group, elastic pool, tags, and backup retention.',
        ),
      ],
    }),
  },
  MakeManagedDbInaccessible: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showInstanceProtector',
    texts: ({ about }) => ({
      title: l10n.t('Instance database losing access to its key'),
      what: l10n.t("A database of the managed instance can't access its key in the vault{0}.", about),
      cause: l10n.t(
        "Microsoft doesn't document this event. By its name, it is MakeDatabaseInaccessible for a managed instance.",
      ),
      steps: [fixWhatChanged(), ...stepsToInstanceKey()],
    }),
  },
  AADSTS1000901: {
    retryMode: 'afterFix',
    page: pageSignInCodes,
    command: 'showServerIdentity',
    texts: ({ about }) => ({
      title: l10n.t('Certificate not accepted for a sign-in'),
      what: l10n.t("Microsoft Entra ID doesn't accept the certificate of an identity or application{0}.", about),
      cause: l10n.t(
        "Microsoft doesn't document this code. For the identity of a server, its certificate may have expired.",
      ),
      steps: [
        l10n.t(
          'Open https://login.microsoftonline.com/error?code=1000901 to see what Microsoft Entra ID says about it.',
        ),
        l10n.t('For the identity of a server, wait 10 minutes, then try again once.'),
        l10n.t('For a key in another tenant, check the credential of the multi-tenant application.'),
        fixSupport(),
      ],
    }),
  },
} satisfies CatalogueTable;
