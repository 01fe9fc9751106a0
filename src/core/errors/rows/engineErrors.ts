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

/** Numbers of the database engine: what a client of a database sees when the server has lost its key. */
export const engineErrors = {
  '33183': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'showVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Vault answers with an error'),
      what: l10n.t('The server{0} gets an error from the vault when it uses the key.', server),
      cause: l10n.t(
        'The message tells which: mostly rights, the firewall, or a key that is disabled, expired or deleted.',
      ),
      remedies: [fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
  '33184': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'assignIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No way to the vault'),
      what: l10n.t('The server{0} lacks something that it needs to turn to the vault.', server),
      cause: l10n.t('Mostly its identity is missing or gets no token, or the vault is not found.'),
      remedies: [fixAssign(), fixPrincipal(), fixRecoverVault(), fixAgain(), fixRevalidate()],
    }),
  },
  '40925': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database takes no connection'),
      what: l10n.t('A database of the server{0} takes no connection in its current state.', server),
      cause: l10n.t('It is without its key for more than 30 minutes, or is just being resumed, scaled or recovered.'),
      remedies: [fixDatabaseState(), fixInaccessible(), l10n.t('Otherwise try again in a few minutes.')],
    }),
  },
  '40981': {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'revalidateProtector',
    texts: ({ server }) => ({
      title: l10n.t('Database has lost its key'),
      what: l10n.t(
        "A database of the server{0} is not accessible because it can't reach its key in the vault.",
        server,
      ),
      cause: l10n.t('Vault or key is gone, the key is disabled or expired, or the identity or its rights are missing.'),
      remedies: [fixRecoverVault(), fixKeyUsable(), fixIdentity(), fixGrant(), fixFirewall(), fixRevalidate()],
    }),
  },
} satisfies CatalogueTable;
