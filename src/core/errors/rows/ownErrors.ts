import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAgain, fixLook, fixProxy } from './commonTexts';
import { pageAsync, pageServerKeys } from './pages';

/** Our own codes, for what got no answer of Azure, or one that is not understood. */
export const ownErrors = {
  RequestTimeout: {
    retryMode: 'auto',
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t('No answer in time'),
      what: l10n.t('Azure gave no answer in time{0}.', about),
      cause: l10n.t('The network or the service is slow; a change may have been made all the same.'),
      remedies: [fixLook(), fixAgain(), fixProxy()],
    }),
  },
  ConnectionFailed: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('No connection to Azure'),
      what: l10n.t("The extension can't connect to Azure{0}.", about),
      cause: l10n.t('The host was not found, or the connection was refused or cut.'),
      remedies: [fixProxy(), fixAgain()],
    }),
  },
  CertificateNotTrusted: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Certificate not trusted'),
      what: l10n.t('The connection to Azure shows a certificate that this computer does not trust{0}.', about),
      cause: l10n.t('A proxy that inspects traffic, or a private cloud, uses a certificate authority of its own.'),
      remedies: [
        l10n.t("Add its root certificate to the operating system's store, or name its file in NODE_EXTRA_CA_CERTS."),
        l10n.t('Restart VS Code.'),
      ],
    }),
  },
  VersionlessNotSupported: {
    retryMode: 'never',
    page: pageServerKeys,
    texts: ({ server }) => ({
      title: l10n.t('Versions needed'),
      what: l10n.t('The server{0} takes no key identifier without version.', server),
      cause: l10n.t('Azure SQL in this cloud does not offer the API version that came with them.'),
      remedies: [l10n.t('Choose a version of the key.')],
    }),
  },
  KeyAlreadyExists: {
    retryMode: 'never',
    command: 'showVaultKeyByName',
    texts: ({ about }) => ({
      title: l10n.t('Name taken'),
      what: l10n.t('The vault has a key of this name already{0}.', about),
      cause: l10n.t('Somebody may have created it meanwhile; its type and size may not be the wanted ones.'),
      remedies: [l10n.t('Choose another name, or use the key that is there.')],
    }),
  },
  ServerKeyStillThere: {
    retryMode: 'auto',
    command: 'listServerKeys',
    texts: ({ server, key }) => ({
      title: l10n.t('Still there'),
      what: l10n.t('The server{0} still lists the server key{1} after its deletion.', server, key),
      cause: l10n.t('Azure said that the deletion was done; its list may be late.'),
      remedies: [l10n.t('Refresh the server, and delete the key again if it is still there.')],
    }),
  },
  ChangeNotThere: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('Change not to be seen'),
      what: l10n.t('Azure accepted the change and does not show it{0}.', about),
      cause: l10n.t('It may be late, or somebody has taken it back.'),
      remedies: [l10n.t('Wait a little, then look again.')],
    }),
  },
  UnexpectedAnswer: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('Answer not understood'),
      what: l10n.t('The answer is not one of Azure Resource Manager{0}.', about),
      cause: l10n.t('A proxy, gateway or sign-in page of the network probably answered instead.'),
      remedies: [
        fixProxy(),
        l10n.t('In a custom cloud, check the setting microsoft-sovereign-cloud.customEnvironment.'),
      ],
    }),
  },
  InvalidSettings: {
    retryMode: 'afterFix',
    texts: ({ says, about }) => ({
      title: l10n.t('Setting not usable'),
      what: says || l10n.t('A setting of the extension cannot be used{0}.', about),
      cause: l10n.t('Without it the extension does not know where to turn, or how to sign in.'),
      remedies: [l10n.t('Correct it in your user settings; the tree then reads everything again.')],
    }),
  },
  UnexpectedHost: {
    retryMode: 'never',
    texts: ({ about }) => ({
      title: l10n.t('Address on another host'),
      what: l10n.t('An answer of Azure pointed to an address outside of Azure Resource Manager{0}.', about),
      cause: l10n.t('The sign-in is not sent there; a proxy or a wrong setting may have changed the answer.'),
      remedies: [fixProxy()],
    }),
  },
  OperationFailed: {
    retryMode: 'afterFix',
    page: pageAsync,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Operation failed'),
      what: l10n.t('The operation failed, and Azure gives no reason{0}.', about),
      cause: l10n.t('Only the activity log of the server may say more.'),
      remedies: [fixLook(), fixAgain()],
    }),
  },
  UnexpectedError: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Unexpected error'),
      what: l10n.t('An unexpected error stopped the operation{0}.', about),
      cause: l10n.t('This is probably a mistake in the extension; the log has the details.'),
      remedies: [l10n.t('Report it to the authors of this extension, with the details from the log.')],
    }),
  },
} satisfies CatalogueTable;
