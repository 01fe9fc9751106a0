import type { PermissionModel } from '../model';

/** A template, or one for each way in which a vault gives rights; the first is for all that are not named. */
export type Templates = string | (Partial<Record<PermissionModel, string>> & { readonly roles: string });

const encryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6';
const createKey = 'az sql server key create -g {resourceGroup} -s {server} --kid {keyUri}';
const createOnPartner = 'az sql server key create -g {partnerResourceGroup} -s {partnerServer} --kid {keyUri}';
const listKeys = 'az sql server key list -g {resourceGroup} -s {server} --query "[].{name:name,uri:uri}" -o table';
const showKey = 'az sql server key show -g {resourceGroup} -s {server} --kid {keyUri}';
const showProtector = 'az sql server tde-key show -g {resourceGroup} -s {server}';
const revalidate = 'az sql server tde-key revalidate -g {resourceGroup} -s {server}';
const assignIdentity = 'az sql server update -g {resourceGroup} -n {server} --assign_identity';
const findServers = 'az sql server list --query "[].{name:name,group:resourceGroup}" -o table';
const showVaultKey =
  'az keyvault key show --id {keyUri} --query "{type:key.kty,operations:key.keyOps,attributes:attributes}"';
const showPrincipal = 'az ad sp show --id {principalId}';
const showDatabase = 'az sql db show -g {resourceGroup} -s {server} -n {database}';
const showKeysOfDatabase = `${showDatabase} --expand-keys`;
const showServer = 'az sql server show -g {resourceGroup} -n {server}';
const showIdentity = `${showServer} --query "{identity:identity,primary:primaryUserAssignedIdentityId,keyId:keyId,federatedClientId:federatedClientId}"`;
const listSubscriptions = 'az account list --all -o table';
const signIn = 'az login --tenant {tenantId}';
const register = 'az provider register -n Microsoft.Sql --wait';
const enableKey = 'az keyvault key set-attributes --id {keyUri} --enabled true';
const activity = 'az monitor activity-log list --resource-id {serverId} --offset 1h -o table';

const grant: Templates = {
  roles: `az role assignment create --role ${encryptionUser} --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --scope {vaultId}`,
  accessPolicies: 'az keyvault set-policy -n {vault} --object-id {principalId} --key-permissions get wrapKey unwrapKey',
  localRoles:
    'az keyvault role assignment create --hsm-name {vault} --role "Managed HSM Crypto Service Encryption User" --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --scope /keys/{keyName}',
};

/** What is another option where the vault is a managed HSM. */
const ofVault = (start: string, end: string, option = '--vault-name'): Templates => ({
  roles: `${start} ${option} {vault}${end}`,
  localRoles: `${start} --hsm-name {vault}${end}`,
});

const showVault = ofVault('az keyvault show', ' --query properties -o json', '-n');
const listVersions = ofVault('az keyvault key list-versions', ' -n {keyName} --query "[].kid" -o tsv');
const recoverKey = ofVault('az keyvault key recover', ' -n {keyName}');

const bypass: Templates = {
  roles: 'az keyvault update -n {vault} --bypass AzureServices',
  localRoles: 'az keyvault update-hsm --hsm-name {vault} --bypass AzureServices',
};

/** Codes for which a command mends something or shows more. Sources: azure-cli, its modules sql, keyvault, role and monitor. */
export const commands: Readonly<Record<string, Templates>> = {
  InvalidKeyName: createKey,
  InvalidKeyType: createKey,
  InvalidUpsertKeyType: 'az sql server tde-key set -g {resourceGroup} -s {server} --server-key-type ServiceManaged',
  InvalidKeyUpsertRequest: createKey,
  SecurityAdalPrincipalCertExpiredError: assignIdentity,
  AkvHostNotResolvingFromNode: showVault,
  SecurityInvalidAzureKeyVaultRecoveryLevel: {
    roles: 'az keyvault update -n {vault} --enable-purge-protection true',
    localRoles: 'az keyvault update-hsm --hsm-name {vault} --enable-purge-protection true',
  },
  KeyMaterialNotFoundOnRemoteServer: createOnPartner,
  AzureKeyVaultRsaKeyNotSupported: {
    roles: 'az keyvault key create --vault-name {vault} -n {keyName} --kty RSA --size 3072 --ops wrapKey unwrapKey',
    localRoles:
      'az keyvault key create --hsm-name {vault} -n {keyName} --kty RSA-HSM --size 3072 --ops wrapKey unwrapKey',
  },
  AzureKeyVaultKeyDisabled: enableKey,
  AzureKeyVaultInvalidExpirationDate: 'az keyvault key set-attributes --id {keyUri} --expires {date}',
  SameKeyUriNotFoundOnRemoteServer: createOnPartner,
  SecurityAzureKeyVaultUrlNullOrEmpty: createKey,
  SameKeyMaterialNotFoundOnRemoteServer: createOnPartner,
  PerDatabaseCMKRestoreNotSupported: showKeysOfDatabase,
  AzureKeyVaultNoServerIdentity: assignIdentity,
  PerDatabaseCMKHSNotSupported: `${showDatabase} --query currentSku`,
  AzureKeyVaultInvalidUri: showVaultKey,
  AzureKeyVaultMissingPermissions: grant,
  UmiMissingAkvPermissions: grant,
  AkvEndpointNotReachableFromNode: bypass,
  SecurityAzureKeyVaultInvalidKeyName: createKey,
  AdalGenericError: showPrincipal,
  AdalServicePrincipalNotFound: showPrincipal,
  AzureKeyVaultMalformedVaultUri: listVersions,
  SecurityAzureKeyVaultGeoChainError: 'az sql db replica list-links -g {resourceGroup} -s {server} -n {database}',
  PerDatabaseCMKDWNotSupported: `${showDatabase} --query currentSku`,
  SubscriptionDoesNotHaveServer: findServers,
  ServerNotInSubscriptionResourceGroup: findServers,
  ResourceNotFound: 'az resource show --ids {resourceId}',
  OperationIdNotFound: showKey,
  ServerKeyNameAlreadyExists: listKeys,
  ServerKeyUriAlreadyExists: listKeys,
  ServerKeyDoesNotExists: createKey,
  AzureKeyVaultKeyNameNotFound: recoverKey,
  AzureKeyVaultKeyInUse: showProtector,
  OperationCancelled: activity,
  OperationInterrupted: activity,
  SubscriptionTooManyCreateUpdateRequests: 'az sql db op list -g {resourceGroup} -s {server} -d {database} -o table',
  OperationTimedOut: showKey,
  AzureKeyVaultConnectionFailed: bypass,
  AzureKeyVaultGenericConnectionError: showVaultKey,
  AuthorizationFailed:
    'az role assignment create --role "SQL Server Contributor" --assignee {account} --scope {serverId}',
  InvalidAuthenticationToken: signIn,
  ExpiredAuthenticationToken: signIn,
  SignInRequired: signIn,
  ScopeLocked: 'az lock list -g {resourceGroup} -o table',
  SubscriptionNotFound: listSubscriptions,
  ResourceGroupNotFound: 'az group show -n {resourceGroup}',
  ParentResourceNotFound: findServers,
  NoRegisteredProviderFound: register,
  ConflictingServerOperation: activity,
  ServerKeyNotFound: createKey,
  ServerKeyStillThere: listKeys,
  RequestDisallowedByPolicy: 'az policy state list --resource {serverId} -o table',
  KeyAlreadyExists: ofVault('az keyvault key show', ' -n {keyName}'),
  InvalidAuthenticationTokenTenant: signIn,
  LinkedAuthorizationFailed:
    'az role assignment create --role "Managed Identity Operator" --assignee {account} --scope {identityId}',
  MissingSubscriptionRegistration: register,
  InvalidApiVersionParameter: `az provider show -n Microsoft.Sql --query "resourceTypes[?resourceType=='servers/keys'].apiVersions"`,
  Conflict: activity,
  AnotherOperationInProgress: activity,
  PrincipalNotFound: grant,
  RoleAssignmentExists:
    'az role assignment list --assignee {principalId} --scope {vaultId} --include-inherited -o table',
  Forbidden: ofVault('az keyvault network-rule list', '', '-n'),
  KeyNotFound: ofVault('az keyvault key list-deleted', ' -o table'),
  VaultNotFound: 'az keyvault list-deleted -o table',
  MissingIdentityId: showIdentity,
  InvalidPrimaryIdentityId: showIdentity,
  MissingPrimaryIdentity: showIdentity,
  PrimaryIdentityMissingPermissionForKeyId: grant,
  InvalidIdentityTypeForKeyId: showIdentity,
  UpsertLogicalServerRequestAlreadyInProgress: activity,
  ServerDisabled: `${showServer} --query state -o tsv`,
  SubscriptionDisabled: listSubscriptions,
  ProvisioningDisabled: 'az sql list-usages -l {location} -o table',
  FailoverGroupBusy: 'az sql failover-group list -g {resourceGroup} -s {server} -o table',
  InvalidEncryptionProtectorName: showProtector,
  EncryptionProtectorChangeInProgress: showProtector,
  AzureKeyVaultKeyUsedOnGeoPrimary: 'az sql server tde-key show -g {partnerResourceGroup} -s {partnerServer}',
  AzureKeyVaultKeyNameCurrentlyInUse: showProtector,
  AzureKeyVaultKeyThumbprintIsDifferent: showVaultKey,
  OldGenerationOfAKVKeyBeingUsedError: listVersions,
  BlockSystemAssignedIdentityForCrossTenantCMK: `${assignIdentity} --identity-type UserAssigned --user-assigned-identity-id {identityId} --primary-user-assigned-identity-id {identityId} --federated-client-id {appId}`,
  AzureKeyVaultTenantValidationForFabricFailed: showVault,
  CMKOperationNotAllowed: `${showServer} --query state -o tsv`,
  AzureKeyVaultClientError: showVaultKey,
  DatabaseLevelEncryptionProtectorDoesNotExist: revalidate,
  RevertDatabaseLevelKeyOnlySupportedWithSMK: 'az sql db tde key revert -g {resourceGroup} -s {server} -d {database}',
  PerDatabaseCMKMissingIdentityOnGeoSecondaryDatabase: `${showDatabase} --query identity`,
  PerDatabaseCMKAKVKeyMaterialMissingOnGeoSecondary: showKeysOfDatabase,
  PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary: showKeysOfDatabase,
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeys: showKeysOfDatabase,
  PerDatabaseCMKCopyOrReplicationAttemptedWithoutCurrentKeysWithDatabaseName: showKeysOfDatabase,
  MissingKeyVaultUriForRestore: createKey,
  MissingAsymmetricKeyOnTargetServer: createOnPartner,
  CannotDropDatabaseAKVError: revalidate,
  CreateDatabaseAttemptedWithRotationInProgress: showProtector,
  DatabaseUnavailable: `${showDatabase} --query status -o tsv`,
  ManagedInstanceStoppingOrStopped: 'az sql mi start -g {resourceGroup} --mi {instance}',
  ManagedInstanceStarting: 'az sql mi show -g {resourceGroup} -n {instance} --query state -o tsv',
  AkvKeyDisabled: enableKey,
  AkvKeyOperationNotAllowed: 'az keyvault key set-attributes --id {keyUri} --ops wrapKey unwrapKey',
  AkvKeyOperationNotAllowedByRBAC: grant,
  AkvKeyOperationNotAllowedByFirewall: bypass,
  AkvKeyAccessDenied: grant,
  AkvKeyAccessGeneral403: showVaultKey,
  AkvKeyDeleted: recoverKey,
  AkvKeyTimeout: showVaultKey,
  AkvKeyDNS: showVault,
  ManagedInstanceNoConditionToMakeDatabaseAccessible: 'az sql mi tde-key show -g {resourceGroup} --mi {instance}',
  33183: showVaultKey,
  33184: assignIdentity,
  40925: revalidate,
  40981: revalidate,
};
