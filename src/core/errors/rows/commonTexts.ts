import * as l10n from '@vscode/l10n';

// Sentences that several rows share.
export const fixAgain = () => l10n.t('Try again in a few minutes.');
export const fixMachine = () =>
  l10n.t('Or use the credentials of Azure CLI or another tool: set sqlServerKeys.signIn to azureIdentity.');
export const fixWaitForRights = () => l10n.t('Wait up to 10 minutes for the change to take effect, then try again.');
export const fixGrant = () =>
  l10n.t(
    'Grant it the Key Vault Crypto Service Encryption User role; get, wrapKey, and unwrapKey if the vault uses access policies; or the local role Managed HSM Crypto Service Encryption User on a managed HSM.',
  );
export const fixFirewall = () =>
  l10n.t(
    "Allow trusted Microsoft services in the vault's firewall. In national clouds, this doesn't help: use a vault whose firewall is off.",
  );
export const fixFindFirewall = () =>
  l10n.t(
    "To find out which, show the vault. If it isn't found, it was deleted. If its network rules deny by default, its firewall is on.",
  );
export const fixHealth = () => l10n.t('Check Azure Service Health for a Key Vault outage.');
export const fixCopyId = () => l10n.t("Copy the key identifier again from the key version's page in the portal.");
export const fixIdForm = () =>
  l10n.t('Use the form https://<vault host>/keys/<key> or https://<vault host>/keys/<key>/<version>.');
export const fixFromId = () => l10n.t('Create the server key from its key identifier, which determines the name.');
export const fixRecoverVault = () => l10n.t('If the vault was deleted, recover it.');
export const fixRecoverKey = () => l10n.t('If the key was deleted, recover it in the vault.');
export const fixRsa = () =>
  l10n.t(
    'Choose an RSA key of 2048 or 3072 bits, or create one under a new name. A new version would affect all users of the key.',
  );
export const fixChoose = () => l10n.t('Refresh the tree and try again.');
export const fixAccount = () => l10n.t("Check that you're signed in with the right account, tenant, and cloud.");
export const fixLook = () => l10n.t('Refresh the server keys to see their current state.');
export const fixWait = () =>
  l10n.t('Wait until the other operation completes, then try again. The activity log shows it.');
export const fixFewer = () => l10n.t('Wait, then try again with fewer operations at once.');
export const fixThenPrimary = () => l10n.t('Repeat the operation on the primary last.');
export const fixSupport = () => l10n.t('If the problem persists, open a support case with the request ID.');
export const fixReport = () =>
  l10n.t('If this extension sent the request, report the problem to its authors with the request ID.');
export const fixCreateFirst = () => l10n.t('Create the server key first, then set it as the TDE protector.');
export const causeNotCreated = () => l10n.t("It wasn't created on this server, or its key is no longer in the vault.");
export const fixIdentity = () =>
  l10n.t(
    'Find the identity that the server uses, on its Identity page in the portal: the primary user-assigned one, or else the system-assigned one.',
  );
export const fixAssign = () =>
  l10n.t("Assign a managed identity to the server. If it's user-assigned, make it the primary identity.");
export const fixAssignInAz = () =>
  l10n.t(
    'In Azure CLI, use az sql server update --assign_identity only without user-assigned identities: it removes them.',
  );
export const fixOperations = () => l10n.t('Check that the key permits wrapKey and unwrapKey.');
export const fixOpsInAz = () =>
  l10n.t('In Azure CLI, include the current operations in az keyvault key set-attributes --ops: it replaces the list.');
export const fixPrincipal = () =>
  l10n.t("Check that the identity's service principal exists and is enabled in the vault's tenant.");
export const fixKeyUsable = () => l10n.t("Check that the key exists, is enabled and active, and hasn't expired.");
export const fixRevalidate = () =>
  l10n.t(
    'If databases were inaccessible for more than 30 minutes, revalidate the TDE protector; otherwise, they recover automatically.',
  );
export const fixInstanceIdentity = () =>
  l10n.t(
    'Find the identity that the instance uses, on its Identity page in the portal: the primary user-assigned one, or else the system-assigned one.',
  );
export const fixInstanceFirewall = () =>
  l10n.t("With a system-assigned identity, allow trusted Microsoft services in the vault's firewall.");
export const fixInstanceNetwork = () =>
  l10n.t("With a user-assigned identity, this doesn't help: connect the network of the instance to the vault.");
export const fixRevalidateInstance = () =>
  l10n.t(
    'Then revalidate the TDE protector of the instance. In Azure PowerShell: Invoke-AzSqlInstanceTransparentDataEncryptionProtectorRevalidation.',
  );
/** What makes the key of a managed instance usable again, the likeliest first. */
export const stepsToInstanceKey = () => [
  fixKeyUsable(),
  fixInstanceIdentity(),
  fixGrant(),
  fixInstanceFirewall(),
  fixInstanceNetwork(),
  fixRevalidateInstance(),
];
export const fixSignIn = () => l10n.t('Sign in again, then refresh.');
export const fixProxy = () =>
  l10n.t('Check your network, VPN, and proxy. VS Code uses the proxy in http.proxy, unless http.proxySupport is off.');
export const fixRemote = () =>
  l10n.t('A remote window uses the network, the proxy, and the certificates of the remote machine.');
export const causeOneAtATime = () => l10n.t("The two operations can't run at the same time.");
export const fixEnable = () => l10n.t('Enable the key version, or choose one that is enabled.');
export const fixCompareHost = () => l10n.t('Compare the host with the vault URI.');
export const fixOlderProtectors = () => l10n.t('Do the same for older TDE protectors that backups may need.');
export const fixForeignRights = () =>
  l10n.t('For a vault in another tenant, grant the permissions to the multi-tenant application in that tenant.');
export const fixKeepKey = () => l10n.t('Keep the key in the vault for as long as backups need it.');
export const fixWhatChanged = () =>
  l10n.t('To find out what changed, check the activity logs of the vault and the server for the last hours.');
export const fixDatabaseState = () => l10n.t('Check the status of the database in the portal.');
export const fixInaccessible = () =>
  l10n.t("If it's Inaccessible, restore the server's access to the key, then revalidate the TDE protector.");
