import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixAssign,
  fixAssignInAz,
  fixFirewall,
  fixForeignRights,
  fixGrant,
  fixIdentity,
  fixKeyUsable,
  fixOperations,
  fixPrincipal,
  fixSupport,
  fixWaitForRights,
} from './commonTexts';
import { pageIdentity, pageTroubleshoot } from './pages';

/** Documented errors of the server's identity and its permissions. */
export const identityErrors = {
  AzureKeyVaultNoServerIdentity: {
    retryMode: 'afterFix',
    numbers: [45328],
    page: pageTroubleshoot,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No usable identity'),
      what: l10n.t('The server{0} has no identity to access the key.', server),
      cause: l10n.t(
        'No identity is assigned, the primary one was deleted, or a move between subscriptions or tenants invalidated it.',
      ),
      steps: [fixAssign(), fixAssignInAz(), fixGrant(), fixWaitForRights()],
    }),
  },
  AzureKeyVaultMissingPermissions: {
    retryMode: 'afterFix',
    numbers: [45330],
    page: pageTroubleshoot,
    command: 'grantKeyAccess',
    traits: ['propagating'],
    texts: ({ server }) => ({
      title: l10n.t('No permission on the key'),
      what: l10n.t("The identity of the server{0} isn't allowed to use the key.", server),
      cause: l10n.t(
        "It lacks get, wrapKey, or unwrapKey. The vault's firewall or a disabled, expired, or inactive key can also cause this error.",
      ),
      steps: [fixIdentity(), fixGrant(), fixFirewall(), fixKeyUsable(), fixOperations(), fixWaitForRights()],
    }),
  },
  UmiMissingAkvPermissions: {
    retryMode: 'afterFix',
    numbers: [45532],
    page: pageIdentity,
    command: 'grantKeyAccess',
    traits: ['propagating'],
    texts: ({ server }) => ({
      title: l10n.t('No permission for the primary identity'),
      what: l10n.t("The primary user-assigned identity of the server{0} isn't allowed to use the key.", server),
      cause: l10n.t(
        "It lacks get, wrapKey, or unwrapKey. The vault's firewall or a disabled, expired, or inactive key can also cause this error.",
      ),
      steps: [
        fixGrant(),
        l10n.t('When you grant permissions, use the principal ID of the identity, not its client ID.'),
        fixFirewall(),
        fixKeyUsable(),
        fixOperations(),
        fixForeignRights(),
        fixWaitForRights(),
      ],
    }),
  },
  AdalServicePrincipalNotFound: {
    retryMode: 'auto',
    numbers: [45342],
    page: pageIdentity,
    command: 'showServicePrincipal',
    texts: ({ server }) => ({
      title: l10n.t('Identity not found in Microsoft Entra ID'),
      what: l10n.t("Microsoft Entra ID can't find the identity of the server{0}.", server),
      cause: l10n.t('It was created minutes ago, was deleted, or belongs to another tenant than the vault.'),
      steps: [
        l10n.t('If it is new, wait 5 minutes, then try again.'),
        l10n.t(
          'If it was deleted, or the subscription moved to another tenant, assign an identity again and grant it access to the key.',
        ),
        l10n.t('For a vault in another tenant, use a user-assigned identity with a federated client ID.'),
      ],
    }),
  },
  AdalGenericError: {
    retryMode: 'auto',
    numbers: [45340, 45469],
    page: pageTroubleshoot,
    command: 'showServicePrincipal',
    texts: ({ server }) => ({
      title: l10n.t('No token for the server'),
      what: l10n.t("Microsoft Entra ID doesn't issue a token for the vault to the server{0}.", server),
      cause: l10n.t(
        'The exact reason is unknown: a blocked identity, Conditional Access, a problem in the tenant, or a short outage.',
      ),
      steps: [
        fixAgain(),
        fixPrincipal(),
        l10n.t('For a vault in another tenant, check the federated client ID and its credential.'),
        l10n.t('Check the managed identity sign-in logs for a failure.'),
      ],
    }),
  },
  SecurityAdalPrincipalCertExpiredError: {
    retryMode: 'auto',
    numbers: [45362],
    page: pageTroubleshoot,
    command: 'showServerIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Identity certificate expired'),
      what: l10n.t("The identity of the server{0} can't get a token because its certificate has expired.", server),
      cause: l10n.t("Azure renews these certificates automatically but hasn't renewed this one yet."),
      steps: [
        l10n.t('Wait 10 minutes, then try again once.'),
        l10n.t('Assign the same identity to the server again.'),
        fixAssignInAz(),
        l10n.t('For a key in another tenant, check the federated credential of the multi-tenant application.'),
        fixSupport(),
      ],
    }),
  },
} satisfies CatalogueTable;
