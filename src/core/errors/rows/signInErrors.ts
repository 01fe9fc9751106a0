import * as l10n from '@vscode/l10n';
import { fixAccount, fixLook, fixMachine, fixSignIn, pageRoles, pageSignIn, type Row } from './errorRow';

/** What a sign-in lacks: by Azure, and by our own codes for what never got an answer of its. */
export const signInErrors: Readonly<Record<string, Row>> = {
  InvalidAuthenticationToken: [
    [401],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Sign-in not accepted'),
      l10n.t('Azure does not accept the token of this sign-in{0}.', about),
      l10n.t('The token is damaged, or is for another tenant or cloud.'),
      fixSignIn(),
      fixAccount(),
    ],
  ],
  ExpiredAuthenticationToken: [
    [401],
    'auto',
    pageRoles,
    ({ about }) => [
      l10n.t('Sign-in expired'),
      l10n.t('The token of this sign-in has expired{0}.', about),
      l10n.t('It ran out while the operation was going on.'),
      fixSignIn(),
      fixLook(),
    ],
  ],
  SignInRequired: [
    [],
    'afterFix',
    pageSignIn,
    ({ about }) => [
      l10n.t('Sign-in needed'),
      l10n.t('There is no valid sign-in to Azure{0}.', about),
      l10n.t('No sign-in was found on this computer, or it failed.'),
      l10n.t('Sign in with "az login", Azure PowerShell or "azd auth login", then refresh.'),
      fixAccount(),
    ],
  ],
  NotSignedIn: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Not signed in'),
      l10n.t('Nobody is signed in to Azure{0}.', about),
      l10n.t('VS Code has no Microsoft account that this extension may use.'),
      l10n.t('Sign in with a Microsoft account.'),
      fixMachine(),
    ],
  ],
  TenantSignInRequired: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Sign-in to the tenant needed'),
      l10n.t('The tenant wants a sign-in of its own{0}.', about),
      l10n.t('The account is signed in elsewhere only, the sign-in has ended, or the tenant asks for a second factor.'),
      l10n.t('Sign in to the tenant; VS Code asks for what is missing.'),
      fixMachine(),
    ],
  ],
  StepUpRequired: [
    [],
    'afterFix',
    '',
    ({ about }) => [
      l10n.t('Second factor needed'),
      l10n.t('The tenant wants a stronger sign-in{0}.', about),
      l10n.t('It asks for a second factor, or for a newer sign-in, before Azure Resource Manager answers.'),
      l10n.t('Sign in to the tenant; VS Code asks for what is missing.'),
      fixMachine(),
    ],
  ],
  SignInFailed: [
    [],
    'afterFix',
    '',
    ({ says, about }) => [
      l10n.t('Sign-in failed'),
      l10n.t('The sign-in to Azure failed{0}.', about),
      says.replace(/ Trace ID: .*/, '') ||
        l10n.t('The tenant, a policy of it, or the way to it did not let the sign-in through.'),
      l10n.t('Try another account, or ask the administrator of the tenant what it demands.'),
      fixMachine(),
    ],
  ],
};
