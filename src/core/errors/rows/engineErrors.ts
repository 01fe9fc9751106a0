import * as l10n from '@vscode/l10n';
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
  pageTroubleshoot,
  type Row,
} from './errorRow';

/** Numbers of the database engine: what a client of a database sees when the server has lost its key. */
export const engineErrors: Readonly<Record<string, Row>> = {
  33183: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Vault answers with an error'),
      l10n.t('The server{0} gets an error from the vault when it uses the key.', server),
      l10n.t('The message tells which: mostly rights, the firewall, or a key that is disabled, expired or deleted.'),
      fixKeyUsable(),
      fixIdentity(),
      fixGrant(),
      fixFirewall(),
      fixRevalidate(),
    ],
  ],
  33184: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('No way to the vault'),
      l10n.t('The server{0} lacks something that it needs to turn to the vault.', server),
      l10n.t('Mostly its identity is missing or gets no token, or the vault is not found.'),
      fixAssign(),
      fixPrincipal(),
      fixRecoverVault(),
      fixAgain(),
      fixRevalidate(),
    ],
  ],
  40925: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Database takes no connection'),
      l10n.t('A database of the server{0} takes no connection in its current state.', server),
      l10n.t('It is without its key for more than 30 minutes, or is just being resumed, scaled or recovered.'),
      fixDatabaseState(),
      fixInaccessible(),
      l10n.t('Otherwise try again in a few minutes.'),
    ],
  ],
  40981: [
    [],
    'afterFix',
    pageTroubleshoot,
    ({ server }) => [
      l10n.t('Database has lost its key'),
      l10n.t("A database of the server{0} is not accessible because it can't reach its key in the vault.", server),
      l10n.t('Vault or key is gone, the key is disabled or expired, or the identity or its rights are missing.'),
      fixRecoverVault(),
      fixKeyUsable(),
      fixIdentity(),
      fixGrant(),
      fixFirewall(),
      fixRevalidate(),
    ],
  ],
};
