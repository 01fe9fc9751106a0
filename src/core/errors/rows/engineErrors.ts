import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixAssign,
  fixDatabaseState,
  fixFirewall,
  fixGrant,
  fixIdentity,
  fixInaccessible,
  fixKeyUsable,
  fixPrincipal,
  fixRecoverVault,
  fixRevalidate,
} from './commonTexts';
import { pageTroubleshoot } from './pages';

/** Error numbers of the database engine, which clients see when a server has lost access to its key. */
export const engineErrors = {
  '33183': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Vault returned an error'),
      what: l10n.t('The server{0} gets an error from the vault when it uses the key.', server),
      cause: l10n.t(
        'The message has details. Usual reasons are permissions, the firewall, or a key that is disabled, expired, or deleted.',
      ),
      steps: [fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
  '33184': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'assignIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Vault not accessible'),
      what: l10n.t('The server{0} lacks something that it needs to access the vault.', server),
      cause: l10n.t("Usually, its identity is missing or gets no token, or the vault isn't found."),
      steps: [fixAssign(), fixPrincipal(), fixRecoverVault(), fixAgain(), fixRevalidate()],
    }),
  },
  '40925': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database refuses connections'),
      what: l10n.t('A database on the server{0} refuses connections in its current state.', server),
      cause: l10n.t(
        "It has had no access to its key for more than 30 minutes, or it's being resumed, scaled, or recovered.",
      ),
      steps: [fixDatabaseState(), fixInaccessible(), l10n.t('Otherwise, try again in a few minutes.')],
    }),
  },
  '40981': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database without access to its key'),
      what: l10n.t(
        "A database on the server{0} isn't accessible because it can't access its key in the vault.",
        server,
      ),
      cause: l10n.t(
        'The vault or key was deleted, the key is disabled or expired, or the identity or its permissions are missing.',
      ),
      steps: [fixRecoverVault(), fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
} satisfies CatalogueTable;
