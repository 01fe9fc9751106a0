import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAccount, fixLook, fixMachine, fixSignIn } from './commonTexts';
import { pageRoles, pageSignIn } from './pages';

/** What a sign-in lacks: by Azure, and by our own codes for what never got an answer of its. */
export const signInErrors = {
  InvalidAuthenticationToken: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in not accepted'),
      what: l10n.t('Azure does not accept the token of this sign-in{0}.', about),
      cause: l10n.t('The token is damaged, or is for another tenant or cloud.'),
      remedies: [fixSignIn(), fixAccount()],
    }),
  },
  ExpiredAuthenticationToken: {
    retryMode: 'auto',
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in expired'),
      what: l10n.t('The token of this sign-in has expired{0}.', about),
      cause: l10n.t('It ran out while the operation was going on.'),
      remedies: [fixSignIn(), fixLook()],
    }),
  },
  SignInRequired: {
    retryMode: 'afterFix',
    page: pageSignIn,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in needed'),
      what: l10n.t('There is no valid sign-in to Azure{0}.', about),
      cause: l10n.t('No sign-in was found on this computer, or it failed.'),
      remedies: [l10n.t('Sign in with "az login", Azure PowerShell or "azd auth login", then refresh.'), fixAccount()],
    }),
  },
  NotSignedIn: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Not signed in'),
      what: l10n.t('Nobody is signed in to Azure{0}.', about),
      cause: l10n.t('VS Code has no Microsoft account that this extension may use.'),
      remedies: [l10n.t('Sign in with a Microsoft account.'), fixMachine()],
    }),
  },
  TenantSignInRequired: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Sign-in to the tenant needed'),
      what: l10n.t('The tenant wants a sign-in of its own{0}.', about),
      cause: l10n.t(
        'The account is signed in elsewhere only, the sign-in has ended, or the tenant asks for a second factor.',
      ),
      remedies: [l10n.t('Sign in to the tenant; VS Code asks for what is missing.'), fixMachine()],
    }),
  },
  StepUpRequired: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Second factor needed'),
      what: l10n.t('The tenant wants a stronger sign-in{0}.', about),
      cause: l10n.t('It asks for a second factor, or for a newer sign-in, before Azure Resource Manager answers.'),
      remedies: [l10n.t('Sign in to the tenant; VS Code asks for what is missing.'), fixMachine()],
    }),
  },
  SignInFailed: {
    retryMode: 'afterFix',
    texts: ({ says, about }) => ({
      title: l10n.t('Sign-in failed'),
      what: l10n.t('The sign-in to Azure failed{0}.', about),
      cause:
        says.replace(/ Trace ID: .*/, '') ||
        l10n.t('The tenant, a policy of it, or the way to it did not let the sign-in through.'),
      remedies: [l10n.t('Try another account, or ask the administrator of the tenant what it demands.'), fixMachine()],
    }),
  },
  SignInUnavailable: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in not available'),
      what: l10n.t('VS Code offers no sign-in to this cloud{0}.', about),
      cause: l10n.t('Its Microsoft sign-in is disabled, or does not accept the settings of the cloud.'),
      remedies: [
        l10n.t('Enable the built-in extension Microsoft Account.'),
        l10n.t(
          'In a custom cloud, set name, portalUrl, managementEndpointUrl, resourceManagerEndpointUrl, activeDirectoryEndpointUrl and activeDirectoryResourceId.',
        ),
        fixMachine(),
      ],
    }),
  },
  CloudSetByWorkspace: {
    retryMode: 'afterFix',
    texts: ({ says, about }) => ({
      title: l10n.t('Cloud set by the workspace'),
      what: says || l10n.t('This workspace changes the Azure cloud{0}.', about),
      cause: l10n.t('VS Code would sign in to the cloud of the workspace, which is not the one in your user settings.'),
      remedies: [l10n.t("Remove the setting from the workspace's settings, or open another folder."), fixMachine()],
    }),
  },
} satisfies CatalogueTable;
