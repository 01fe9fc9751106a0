import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import {
  fixAgain,
  fixAssign,
  fixFirewall,
  fixForeignRights,
  fixGrant,
  fixIdentity,
  fixPrincipal,
  fixSupport,
  fixWaitForRights,
} from './commonTexts';
import { pageIdentity, pageTroubleshoot } from './pages';

/** Documented codes: what is wrong with the server's identity and its rights. */
export const identityErrors = {
  AzureKeyVaultNoServerIdentity: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'assignIdentity',
    texts: ({ server }) => ({
      title: l10n.t('No usable identity'),
      what: l10n.t('The server{0} has no identity with which to reach the key.', server),
      cause: l10n.t(
        'None is assigned, the primary one was deleted, or it went stale in a move between subscriptions or tenants.',
      ),
      remedies: [fixAssign(), fixGrant(), fixWaitForRights()],
    }),
  },
  AzureKeyVaultMissingPermissions: {
    retryMode: 'afterFix',
    page: pageTroubleshoot,
    command: 'grantKeyAccess',
    traits: ['propagating'],
    texts: ({ server }) => ({
      title: l10n.t('No rights on the key'),
      what: l10n.t('The identity of the server{0} may not use the key.', server),
      cause: l10n.t('It lacks get, wrapKey or unwrapKey; a vault firewall and an expired key show as this error too.'),
      remedies: [
        fixIdentity(),
        fixGrant(),
        fixFirewall(),
        l10n.t('Check that the key has not expired and permits these operations.'),
        fixWaitForRights(),
      ],
    }),
  },
  UmiMissingAkvPermissions: {
    retryMode: 'afterFix',
    page: pageIdentity,
    command: 'grantKeyAccess',
    traits: ['propagating'],
    texts: ({ server }) => ({
      title: l10n.t('Primary identity without rights'),
      what: l10n.t('The primary user-assigned identity of the server{0} may not use the key.', server),
      cause: l10n.t('It has no rights on the key that the server is to use.'),
      remedies: [
        l10n.t('Name the identity by its principal ID, not by its client ID, when you give it rights.'),
        fixGrant(),
        fixForeignRights(),
        fixWaitForRights(),
      ],
    }),
  },
  AdalServicePrincipalNotFound: {
    retryMode: 'auto',
    page: pageIdentity,
    command: 'showServicePrincipal',
    traits: ['propagating'],
    texts: ({ server }) => ({
      title: l10n.t('Identity not known to Microsoft Entra ID'),
      what: l10n.t('Microsoft Entra ID does not know the identity of the server{0}.', server),
      cause: l10n.t('It is only minutes old, deleted, or in another tenant than the vault.'),
      remedies: [
        l10n.t('If it is new, wait 5 minutes, then try again.'),
        l10n.t(
          'If it was deleted or the subscription changed tenant, assign an identity again and give it rights on the key.',
        ),
        l10n.t('For a vault in another tenant, use a user-assigned identity with a federated client ID.'),
      ],
    }),
  },
  AdalGenericError: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'showServicePrincipal',
    texts: ({ server }) => ({
      title: l10n.t('No token for the server'),
      what: l10n.t('Microsoft Entra ID gives the server{0} no token for the vault.', server),
      cause: l10n.t(
        'No closer reason is known: a blocked identity, conditional access, trouble in the tenant or a short outage.',
      ),
      remedies: [
        fixAgain(),
        fixPrincipal(),
        l10n.t('For a vault in another tenant, check the federated client ID and its credential.'),
        l10n.t('Look for a refusal in the sign-in log of managed identities.'),
      ],
    }),
  },
  SecurityAdalPrincipalCertExpiredError: {
    retryMode: 'auto',
    page: pageTroubleshoot,
    command: 'assignIdentity',
    texts: ({ server }) => ({
      title: l10n.t('Credential of the identity expired'),
      what: l10n.t('The identity of the server{0} gets no token because its certificate has expired.', server),
      cause: l10n.t('Azure renews these certificates by itself and has not done so yet.'),
      remedies: [
        l10n.t('Wait 10 minutes, then try again once.'),
        l10n.t('Assign the same identity to the server again.'),
        l10n.t('For a key in another tenant, check the federated credential of the multi-tenant application.'),
        fixSupport(),
      ],
    }),
  },
} satisfies CatalogueTable;
