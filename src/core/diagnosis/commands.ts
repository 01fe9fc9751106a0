import type { PermissionModel } from '../model';

/** What a command needs to know, and how it is called where it is not known. */
const blanks = {
  resourceGroup: 'resource group',
  server: 'server',
  serverId: 'resource id of the server',
  database: 'database',
  partnerResourceGroup: 'resource group of the partner server',
  partnerServer: 'partner server',
  vault: 'vault',
  vaultId: 'resource id of the vault',
  keyName: 'key',
  keyUri: 'key identifier',
  principalId: 'object id of the identity',
  account: 'account',
  tenantId: 'tenant',
  resourceId: 'resource id',
  date: 'yyyy-mm-ddThh:mm:ssZ',
} as const;

/** The values that are known. `permissionModel` is the vault's: access policies and managed HSMs have commands of their own. */
export type CommandValues = Readonly<Partial<Record<keyof typeof blanks, string>>> & {
  readonly permissionModel?: PermissionModel;
};

/** A template, or one for each way in which a vault gives rights; the first is for all that are not named. */
type Templates = string | (Partial<Record<PermissionModel, string>> & { readonly roles: string });

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

const bypass: Templates = {
  roles: 'az keyvault update -n {vault} --bypass AzureServices',
  localRoles: 'az keyvault update-hsm --hsm-name {vault} --bypass AzureServices',
};

/** Codes for which a command mends something or shows more. Sources: azure-cli, its modules sql, keyvault, role and monitor. */
const commands: Readonly<Record<string, Templates>> = {
  InvalidKeyName: createKey,
  InvalidKeyType: createKey,
  InvalidUpsertKeyType: 'az sql server tde-key set -g {resourceGroup} -s {server} --server-key-type ServiceManaged',
  InvalidKeyUpsertRequest: createKey,
  SecurityAdalPrincipalCertExpiredError: assignIdentity,
  AkvHostNotResolvingFromNode: ofVault('az keyvault show', ' --query properties -o json', '-n'),
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
  AzureKeyVaultKeyDisabled: 'az keyvault key set-attributes --id {keyUri} --enabled true',
  AzureKeyVaultInvalidExpirationDate: 'az keyvault key set-attributes --id {keyUri} --expires {date}',
  SameKeyUriNotFoundOnRemoteServer: createOnPartner,
  SecurityAzureKeyVaultUrlNullOrEmpty: createKey,
  SameKeyMaterialNotFoundOnRemoteServer: createOnPartner,
  PerDatabaseCMKRestoreNotSupported: `${showDatabase} --expand-keys`,
  AzureKeyVaultNoServerIdentity: assignIdentity,
  PerDatabaseCMKHSNotSupported: `${showDatabase} --query currentSku`,
  AzureKeyVaultInvalidUri: showVaultKey,
  AzureKeyVaultMissingPermissions: grant,
  UmiMissingAkvPermissions: grant,
  AkvEndpointNotReachableFromNode: bypass,
  SecurityAzureKeyVaultInvalidKeyName: createKey,
  AdalGenericError: showPrincipal,
  AdalServicePrincipalNotFound: showPrincipal,
  AzureKeyVaultMalformedVaultUri: ofVault('az keyvault key list-versions', ' -n {keyName} --query "[].kid" -o tsv'),
  SecurityAzureKeyVaultGeoChainError: 'az sql db replica list-links -g {resourceGroup} -s {server} -n {database}',
  PerDatabaseCMKDWNotSupported: `${showDatabase} --query currentSku`,
  SubscriptionDoesNotHaveServer: findServers,
  ServerNotInSubscriptionResourceGroup: findServers,
  ResourceNotFound: 'az resource show --ids {resourceId}',
  OperationIdNotFound: showKey,
  ServerKeyNameAlreadyExists: listKeys,
  ServerKeyUriAlreadyExists: listKeys,
  ServerKeyDoesNotExists: createKey,
  AzureKeyVaultKeyNameNotFound: ofVault('az keyvault key recover', ' -n {keyName}'),
  AzureKeyVaultKeyInUse: showProtector,
  OperationCancelled: activity,
  OperationInterrupted: activity,
  SubscriptionTooManyCreateUpdateRequests: 'az sql db op list -g {resourceGroup} -s {server} -d {database} -o table',
  OperationTimedOut: showKey,
  AzureKeyVaultConnectionFailed: bypass,
  AzureKeyVaultGenericConnectionError: showVaultKey,
  AuthorizationFailed:
    'az role assignment create --role "SQL Server Contributor" --assignee {account} --scope {serverId}',
  InvalidAuthenticationToken: 'az login --tenant {tenantId}',
  ExpiredAuthenticationToken: 'az login --tenant {tenantId}',
  SignInRequired: 'az login --tenant {tenantId}',
  ScopeLocked: 'az lock list -g {resourceGroup} -o table',
  SubscriptionNotFound: 'az account list --all -o table',
  ResourceGroupNotFound: 'az group show -n {resourceGroup}',
  ParentResourceNotFound: findServers,
  NoRegisteredProviderFound: 'az provider register -n Microsoft.Sql --wait',
  ConflictingServerOperation: activity,
  ServerKeyNotFound: createKey,
  ServerKeyStillThere: listKeys,
  RequestDisallowedByPolicy: 'az policy state list --resource {serverId} -o table',
  KeyAlreadyExists: ofVault('az keyvault key show', ' -n {keyName}'),
  33183: showVaultKey,
  33184: assignIdentity,
  40925: revalidate,
  40981: revalidate,
};

/**
 * The command of Azure CLI that mends what a code stands for, or shows more about it, ready for a POSIX shell. What is not known
 * stays as a blank such as `<resource group>`, at which a shell stops.
 * @returns undefined for a code where no command helps
 */
export function commandFor(code: string, values: CommandValues = {}): string | undefined {
  const templates = Object.hasOwn(commands, code) ? commands[code] : undefined;
  if (templates === undefined) return undefined;
  const template = typeof templates === 'string' ? templates : (templates[modelOf(values)] ?? templates.roles);
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (isBlank(name) ? filled(name, values) : whole));
}

function modelOf({ permissionModel, keyUri }: CommandValues): PermissionModel {
  return permissionModel ?? (/^https:\/\/[^/]*\.managedhsm\./i.test(keyUri ?? '') ? 'localRoles' : 'roles');
}

function isBlank(name: string): name is keyof typeof blanks {
  return Object.hasOwn(blanks, name);
}

function filled(name: keyof typeof blanks, values: CommandValues): string {
  const value = values[name];
  return value === undefined || value === '' ? `<${blanks[name]}>` : shellQuoted(value);
}

/** One word of a POSIX shell. Names, ids and addresses stay as they are. */
export function shellQuoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
