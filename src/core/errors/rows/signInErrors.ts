import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAccount, fixLook, fixMachine, fixSignIn } from './commonTexts';
import { pageRoles, pageSignIn } from './pages';

/** Errors of sign-ins: from Azure, and the extension's own. */
export const signInErrors = {
  InvalidAuthenticationToken: {
    retryMode: 'auto',
    traits: ['otherSignIn'],
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Token not accepted'),
      what: l10n.t("Azure doesn't accept the token of this sign-in{0}.", about),
      cause: l10n.t("The token is invalid, or it's for another tenant or cloud."),
      steps: [fixSignIn(), fixAccount()],
    }),
  },
  ExpiredAuthenticationToken: {
    retryMode: 'auto',
    traits: ['otherSignIn'],
    page: pageRoles,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in expired'),
      what: l10n.t('The token of this sign-in has expired{0}.', about),
      cause: l10n.t('It expired during the operation.'),
      steps: [fixSignIn(), fixLook()],
    }),
  },
  SignInRequired: {
    retryMode: 'afterFix',
    traits: ['otherSignIn'],
    page: pageSignIn,
    command: 'signIn',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in required'),
      what: l10n.t('There is no valid Azure credential on this computer{0}.', about),
      cause: l10n.t('No credential was found, or signing in with it failed.'),
      steps: [l10n.t('Sign in with "az login", Azure PowerShell, or "azd auth login", then refresh.'), fixAccount()],
    }),
  },
  NotSignedIn: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Not signed in'),
      what: l10n.t("You're not signed in to Azure{0}.", about),
      cause: l10n.t('This extension has no access to a Microsoft account in VS Code.'),
      steps: [l10n.t('Sign in with a Microsoft account.'), fixMachine()],
    }),
  },
  TenantSignInRequired: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Tenant sign-in required'),
      what: l10n.t('The tenant requires a separate sign-in{0}.', about),
      cause: l10n.t(
        'The account is signed in to other tenants only, the sign-in has expired, or the tenant requires a second factor.',
      ),
      steps: [l10n.t('Sign in to the tenant. VS Code prompts for what is missing.'), fixMachine()],
    }),
  },
  StepUpRequired: {
    retryMode: 'afterFix',
    traits: ['signIn'],
    texts: ({ about }) => ({
      title: l10n.t('Second factor required'),
      what: l10n.t('The tenant requires a stronger sign-in{0}.', about),
      cause: l10n.t('It requires a second factor or a more recent sign-in for access to Azure Resource Manager.'),
      steps: [l10n.t('Sign in to the tenant. VS Code prompts for what is missing.'), fixMachine()],
    }),
  },
  SignInFailed: {
    retryMode: 'afterFix',
    traits: ['otherSignIn'],
    texts: ({ says, about }) => ({
      title: l10n.t('Sign-in failed'),
      what: l10n.t('The sign-in to Azure failed{0}.', about),
      cause:
        says.replace(/ Trace ID: .*/, '') ||
        l10n.t('The tenant or one of its policies blocked the sign-in, or the connection failed.'),
      steps: [
        l10n.t('Try another account, or ask the administrator of the tenant about its requirements.'),
        fixMachine(),
      ],
    }),
  },
  SignInUnavailable: {
    retryMode: 'afterFix',
    texts: ({ about }) => ({
      title: l10n.t('Sign-in not available'),
      what: l10n.t("VS Code can't sign in to this cloud{0}.", about),
      cause: l10n.t("Its Microsoft sign-in is disabled, or it doesn't accept the settings of the cloud."),
      steps: [
        l10n.t('Enable the built-in extension Microsoft Account.'),
        l10n.t(
          'In a custom cloud, set name, portalUrl, managementEndpointUrl, resourceManagerEndpointUrl, activeDirectoryEndpointUrl, and activeDirectoryResourceId.',
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
      cause: l10n.t(
        'VS Code would sign in to the cloud in the workspace settings instead of the one in your user settings.',
      ),
      steps: [l10n.t('Remove the setting from the workspace settings, or open another folder.'), fixMachine()],
    }),
  },
} satisfies CatalogueTable;
