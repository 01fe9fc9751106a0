import * as l10n from '@vscode/l10n';

// Sentences that several rows share.
export const fixAgain = () => l10n.t('Try again in a few minutes.');
export const fixMachine = () =>
  l10n.t('Or use what Azure CLI and others are signed in to: set sqlServerKeys.signIn to azureIdentity.');
export const fixWaitForRights = () => l10n.t('Wait up to 10 minutes for the change to take effect, then try again.');
export const fixGrant = () =>
  l10n.t(
    'Give it the role Key Vault Crypto Service Encryption User; get, wrapKey and unwrapKey where the vault uses access policies; in a managed HSM the local role Managed HSM Crypto Service Encryption User.',
  );
export const fixFirewall = () => l10n.t("Allow trusted Microsoft services in the vault's firewall.");
export const fixHealth = () => l10n.t('Look for an outage of Key Vault in Azure Service Health.');
export const fixCopyId = () => l10n.t('Copy the key identifier from the page of the key version again.');
export const fixIdForm = () =>
  l10n.t('Use the form https://<vault host>/keys/<key> or https://<vault host>/keys/<key>/<version>.');
export const fixFromId = () => l10n.t('Create the server key from its key identifier; its name follows from that.');
export const fixRecoverVault = () => l10n.t('Recover the vault if it was deleted.');
export const fixRecoverKey = () => l10n.t('Recover the key in the vault if it was deleted.');
export const fixRsa = () =>
  l10n.t('Choose or create an RSA key of 2048 or 3072 bits; an existing key cannot be resized.');
export const fixChoose = () => l10n.t('Refresh the tree and choose again.');
export const fixAccount = () => l10n.t('Check account, tenant and cloud of the sign-in.');
export const fixLook = () => l10n.t('Refresh the server keys to see what is in effect.');
export const fixWait = () =>
  l10n.t('Wait until the other operation is done, then try again; the activity log shows it.');
export const fixFewer = () => l10n.t('Wait, then try again with fewer operations at a time.');
export const fixThenPrimary = () => l10n.t('Repeat the operation on the primary last.');
export const fixSupport = () => l10n.t('If it stays, open a support case with the request ID.');
export const fixReport = () => l10n.t('If it stays, report it to the authors of this extension with the request ID.');
export const fixCreateFirst = () => l10n.t('Create the server key first, then set it as TDE protector.');
export const causeNotCreated = () => l10n.t('It was not created there, or the key behind it is gone from the vault.');
export const fixIdentity = () =>
  l10n.t('Find the identity in use: the primary user-assigned one, else the system-assigned one.');
export const fixAssign = () =>
  l10n.t('Assign a managed identity to the server, and make a user-assigned one its primary.');
export const fixPrincipal = () =>
  l10n.t("Check that the identity's service principal exists and is enabled in the vault's tenant.");
export const fixKeyUsable = () => l10n.t('Check that the key is there, is enabled and has not expired.');
export const fixRevalidate = () =>
  l10n.t('Revalidate the TDE protector if this took more than 30 minutes; before, databases come back by themselves.');
export const fixSignIn = () => l10n.t('Sign in again, then refresh.');
export const fixProxy = () => l10n.t("Check the network, VPN and proxy; VS Code's proxy is in the setting http.proxy.");
export const causeOneAtATime = () => l10n.t('The two cannot run at the same time.');
export const fixEnable = () => l10n.t('Enable the key version, or choose an enabled one.');
export const fixCompareHost = () => l10n.t("Compare the host with the vault's address.");
export const fixOlderProtectors = () => l10n.t('Do the same for older protectors that backups may need.');
export const fixForeignRights = () =>
  l10n.t('For a vault in another tenant, give the rights to the multi-tenant application there.');
export const fixKeepKey = () => l10n.t('Keep the key in the vault as long as backups need it.');
export const fixDatabaseState = () => l10n.t('Look up the state of the database in the portal.');
export const fixInaccessible = () =>
  l10n.t('If it is Inaccessible, give the server access to the key again, then revalidate the TDE protector.');
