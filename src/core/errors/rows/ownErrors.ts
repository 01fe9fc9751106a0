import * as l10n from '@vscode/l10n';
import { fixAgain, fixLook, fixProxy, pageAsync, pageServerKeys, type Row } from './errorRow';

/** Our own codes, for what got no answer of Azure, or one that is not understood. */
export const ownErrors: Readonly<Record<string, Row>> = {
  RequestTimeout: [
    [504],
    'auto',
    pageAsync,
    ({ about }) => [
      l10n.t('No answer in time'),
      l10n.t('Azure gave no answer in time{0}.', about),
      l10n.t('The network or the service is slow; a change may have been made all the same.'),
      fixLook(),
      fixAgain(),
      fixProxy(),
    ],
  ],
  ConnectionFailed: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('No connection to Azure'),
      l10n.t("The extension can't connect to Azure{0}.", about),
      l10n.t('The host was not found, or the connection was refused or cut.'),
      fixProxy(),
      fixAgain(),
    ],
  ],
  CertificateNotTrusted: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Certificate not trusted'),
      l10n.t('The connection to Azure shows a certificate that this computer does not trust{0}.', about),
      l10n.t('A proxy that inspects traffic, or a private cloud, uses a certificate authority of its own.'),
      l10n.t("Add its root certificate to the operating system's store, or name its file in NODE_EXTRA_CA_CERTS."),
      l10n.t('Restart VS Code.'),
    ],
  ],
  VersionlessNotSupported: [
    [],
    'never',
    pageServerKeys,
    ({ server }) => [
      l10n.t('Versions needed'),
      l10n.t('The server{0} takes no key identifier without version.', server),
      l10n.t('Azure SQL in this cloud does not offer the API version that came with them.'),
      l10n.t('Choose a version of the key.'),
    ],
  ],
  KeyAlreadyExists: [
    [],
    'never',
    '',
    ({ about }) => [
      l10n.t('Name taken'),
      l10n.t('The vault has a key of this name already{0}.', about),
      l10n.t('Somebody may have created it meanwhile; its type and size may not be the wanted ones.'),
      l10n.t('Choose another name, or use the key that is there.'),
    ],
  ],
  ServerKeyStillThere: [
    [],
    'auto',
    '',
    ({ server, key }) => [
      l10n.t('Still there'),
      l10n.t('The server{0} still lists the server key{1} after its deletion.', server, key),
      l10n.t('Azure said that the deletion was done; its list may be late.'),
      l10n.t('Refresh the server, and delete the key again if it is still there.'),
    ],
  ],
  ChangeNotThere: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('Change not to be seen'),
      l10n.t('Azure accepted the change and does not show it{0}.', about),
      l10n.t('It may be late, or somebody has taken it back.'),
      l10n.t('Wait a little, then look again.'),
    ],
  ],
  UnexpectedAnswer: [
    [],
    'auto',
    '',
    ({ about }) => [
      l10n.t('Answer not understood'),
      l10n.t('The answer is not one of Azure Resource Manager{0}.', about),
      l10n.t('A proxy, gateway or sign-in page of the network probably answered instead.'),
      fixProxy(),
      l10n.t('In a custom cloud, check the setting microsoft-sovereign-cloud.customEnvironment.'),
    ],
  ],
  InvalidSettings: [
    [],
    'afterFix',
    '',
    ({ says, about }) => [
      l10n.t('Setting not usable'),
      says || l10n.t('A setting of the extension cannot be used{0}.', about),
      l10n.t('Without it the extension does not know where to turn, or how to sign in.'),
      l10n.t('Correct it in your user settings; the tree then reads everything again.'),
    ],
  ],
  UnexpectedHost: [
    [],
    'never',
    '',
    ({ about }) => [
      l10n.t('Address on another host'),
      l10n.t('An answer of Azure pointed to an address outside of Azure Resource Manager{0}.', about),
      l10n.t('The sign-in is not sent there; a proxy or a wrong setting may have changed the answer.'),
      fixProxy(),
    ],
  ],
  OperationFailed: [
    [],
    'afterFix',
    pageAsync,
    ({ about }) => [
      l10n.t('Operation failed'),
      l10n.t('The operation failed, and Azure gives no reason{0}.', about),
      l10n.t('Only the activity log of the server may say more.'),
      fixLook(),
      fixAgain(),
    ],
  ],
  UnexpectedError: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Unexpected error'),
      l10n.t('An unexpected error stopped the operation{0}.', about),
      l10n.t('This is probably a mistake in the extension; the log has the details.'),
      l10n.t('Report it to the authors of this extension, with the details from the log.'),
    ],
  ],
};
