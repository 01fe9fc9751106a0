import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAgain, fixLook, fixProxy, fixRemote } from './commonTexts';
import { pageAsync, pageServerKeys } from './pages';

/** Errors that the extension recognizes itself: no response from Azure, or an unexpected one. */
export const ownErrors = {
  RequestTimeout: {
    retryMode: 'auto',
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t('Request timed out'),
      what: l10n.t("Azure didn't respond in time{0}.", about),
      cause: l10n.t('The network or the service is slow. A change may still have been made.'),
      steps: [fixLook(), fixAgain(), fixProxy()],
    }),
  },
  ConnectionFailed: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('No connection to Azure'),
      what: l10n.t("The extension can't connect to Azure{0}.", about),
      cause: l10n.t("The host wasn't found, or the connection was refused or lost."),
      steps: [fixProxy(), fixRemote(), fixAgain()],
    }),
  },
  ProxyAuthenticationRequired: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Proxy requires credentials'),
      what: l10n.t('The proxy requires credentials for the connection to Azure{0}.', about),
      cause: l10n.t('VS Code has no credentials for the proxy, or the proxy refuses them.'),
      steps: [
        l10n.t('Add your user name and password to the setting http.proxy: http://user:password@host:port.'),
        l10n.t("Check that the setting http.proxySupport isn't off."),
        fixRemote(),
      ],
    }),
  },
  CertificateNotTrusted: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Certificate not trusted'),
      what: l10n.t("The connection to Azure uses a certificate that this computer doesn't trust{0}.", about),
      cause: l10n.t('A proxy that inspects traffic, or a private cloud, uses its own certificate authority.'),
      steps: [
        l10n.t(
          "Add its root certificate to the operating system's certificate store, or set NODE_EXTRA_CA_CERTS to its file.",
        ),
        l10n.t('If it comes from the proxy in http.proxy, check http.proxySupport and http.systemCertificates too.'),
        fixRemote(),
        l10n.t('Restart VS Code.'),
      ],
    }),
  },
  VersionlessNotSupported: {
    retryMode: 'never',
    page: pageServerKeys,
    texts: ({ server }) => ({
      title: l10n.t('Key version required'),
      what: l10n.t("The server{0} doesn't support versionless key identifiers.", server),
      cause: l10n.t("Azure SQL in this cloud doesn't offer the API version that introduced them."),
      steps: [l10n.t('Choose a version of the key.')],
    }),
  },
  KeyAlreadyExists: {
    retryMode: 'never',
    command: 'showVaultKeyByName',
    texts: ({ about }) => ({
      title: l10n.t('Key name already exists'),
      what: l10n.t('The vault already has a key with this name{0}.', about),
      cause: l10n.t('Someone else may have created it in the meantime, possibly with another type or size.'),
      steps: [l10n.t('Choose another name, or use the existing key.')],
    }),
  },
  KeyLifetimeNotSet: {
    retryMode: 'never',
    command: 'showVaultKeyByName',
    texts: ({ about }) => ({
      title: l10n.t('Key created without its expiration date or rotation policy'),
      what: l10n.t('The key was created, but without its expiration date or rotation policy{0}.', about),
      cause: l10n.t("Key Vault accepted the request, but doesn't show the requested settings."),
      steps: [
        l10n.t('Set the expiration date and the rotation policy of the key in the portal, or create another key.'),
      ],
    }),
  },
  ServerKeyStillThere: {
    retryMode: 'auto',
    command: 'listServerKeys',
    texts: ({ server, key }) => ({
      title: l10n.t('Server key not deleted yet'),
      what: l10n.t('The server{0} still lists the server key{1} after its deletion.', server, key),
      cause: l10n.t('Azure reported the deletion as complete, but its list may be out of date.'),
      steps: [l10n.t('Refresh the server. If the key is still there, delete it again.')],
    }),
  },
  StoppedBeforeSending: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('Change not sent'),
      what: l10n.t('You stopped waiting before the change was sent{0}.', about),
      cause: l10n.t('Another window is changing the same server. Nothing was sent to Azure.'),
      steps: [l10n.t('When the other window has finished, try again.')],
    }),
  },
  ChangeNotThere: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('Change not visible yet'),
      what: l10n.t("Azure accepted the change but doesn't show it{0}.", about),
      cause: l10n.t('The change may take a while to appear, or someone has reverted it.'),
      steps: [l10n.t('Wait a moment, then refresh.')],
    }),
  },
  OutcomeUnknown: {
    retryMode: 'never',
    page: pageAsync,
    texts: ({ about }) => ({
      title: l10n.t('Result not known'),
      what: l10n.t("Azure may have made the change, but its result couldn't be read{0}.", about),
      cause: l10n.t('Azure accepted the request, or may have accepted it, and a failure then hid the result.'),
      steps: [fixLook(), l10n.t('Send the request again only if the change is missing.')],
    }),
  },
  UnexpectedAnswer: {
    retryMode: 'auto',
    texts: ({ about }) => ({
      title: l10n.t('Unexpected response'),
      what: l10n.t("The response isn't from Azure Resource Manager{0}.", about),
      cause: l10n.t('A proxy, a gateway, or a network sign-in page probably responded instead.'),
      steps: [fixProxy(), l10n.t('In a custom cloud, check the setting microsoft-sovereign-cloud.customEnvironment.')],
    }),
  },
  InvalidSettings: {
    retryMode: 'afterFix',
    texts: ({ says, about }) => ({
      title: l10n.t('Invalid setting'),
      what: says || l10n.t('A setting of the extension is invalid{0}.', about),
      cause: l10n.t("Without it, the extension doesn't know which cloud to use or how to sign in."),
      steps: [l10n.t('Correct the setting in your user settings. The tree then reloads.')],
    }),
  },
  ExtensionReadOnly: {
    retryMode: 'never',
    texts: ({ about }) => ({
      title: l10n.t('Read-only'),
      what: l10n.t('The extension is set to read-only, so it changes nothing in Azure{0}.', about),
      cause: l10n.t('The user setting sqlServerKeys.readOnly is on.'),
      steps: [l10n.t('Turn the setting off, or ask someone else to make the change.')],
    }),
  },
  UnexpectedHost: {
    retryMode: 'never',
    texts: ({ about }) => ({
      title: l10n.t('Address on another host'),
      what: l10n.t('A response from Azure pointed to an address outside Azure Resource Manager{0}.', about),
      cause: l10n.t(
        "The extension doesn't send your token there. A proxy or a wrong setting may have changed the response.",
      ),
      steps: [fixProxy()],
    }),
  },
  InvalidAddress: {
    retryMode: 'never',
    texts: ({ about }) => ({
      title: l10n.t('Invalid resource name'),
      what: l10n.t("The extension didn't send the request, because a name in it is invalid{0}.", about),
      cause: l10n.t(
        'The name would turn the address into that of another resource. A proxy may have changed a response.',
      ),
      steps: [l10n.t('Refresh the tree and try again.'), fixProxy()],
    }),
  },
  OperationFailed: {
    retryMode: 'afterFix',
    page: pageAsync,
    traits: ['noCause'],
    texts: ({ about }) => ({
      title: l10n.t('Operation failed'),
      what: l10n.t('The operation failed, and Azure gives no reason{0}.', about),
      cause: l10n.t('The activity log of the server may have details.'),
      steps: [fixLook(), fixAgain()],
    }),
  },
  UnexpectedError: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Unexpected error'),
      what: l10n.t('An unexpected error stopped the operation{0}.', about),
      cause: l10n.t('This is probably a bug in the extension. The log has details.'),
      steps: [l10n.t('Report it to the authors of this extension with the details from the log.')],
    }),
  },
} satisfies CatalogueTable;
