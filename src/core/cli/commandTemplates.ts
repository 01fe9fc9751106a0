import type { PermissionModel } from '../vaultModel';

/** One template, or one for each permission model of the vault; a model without its own uses that of `roles`. */
export type Templates = string | (Partial<Record<PermissionModel, string>> & { readonly roles: string });

/** The least-privileged built-in role that is enough for the identity of a server. Source: Azure RBAC built-in roles. */
export const encryptionUser = {
  id: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  name: 'Key Vault Crypto Service Encryption User',
} as const;

const showDatabase = 'az sql db show -g {resourceGroup} -s {server} -n {database}';
const showServer = 'az sql server show -g {resourceGroup} -n {server}';

/** A template whose option for the vault has another name for a managed HSM. */
const ofVault = (start: string, end: string, option = '--vault-name'): Templates => ({
  roles: `${start} ${option} {vault}${end}`,
  localRoles: `${start} --hsm-name {vault}${end}`,
});

/** For the identity of a server, at the key. */
const grantKeyRole = {
  roles: `az role assignment create --role ${encryptionUser.id} --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --scope {keyId}`,
  localRoles:
    'az keyvault role assignment create --hsm-name {vault} --role "Managed HSM Crypto Service Encryption User" --assignee-object-id {principalId} --assignee-principal-type ServicePrincipal --scope /keys/{keyName}',
};

/** Azure CLI commands that fix a cause or show more about it. Sources: the azure-cli modules sql, keyvault, role, and monitor. */
export const templates = {
  createServerKey: 'az sql server key create -g {resourceGroup} -s {server} --kid {keyUri}',
  deleteServerKey: 'az sql server key delete -g {resourceGroup} -s {server} --kid {keyUri}',
  setServiceManagedKey: 'az sql server tde-key set -g {resourceGroup} -s {server} --server-key-type ServiceManaged',
  showThumbprint: 'az sql server key show -g {resourceGroup} -s {server} --kid {keyUri} --query thumbprint -o tsv',
  setProtector:
    'az sql server tde-key set -g {resourceGroup} -s {server} -t AzureKeyVault --kid {keyUri} --auto-rotation-enabled {autoRotation}',
  /** Only for a server without user-assigned identities: it would remove them. */
  assignIdentity: 'az sql server update -g {resourceGroup} -n {server} --assign_identity',
  showVault: ofVault('az keyvault show', ' --query properties -o json', '-n'),
  enablePurgeProtection: {
    roles: 'az keyvault update -n {vault} --enable-purge-protection true',
    localRoles: 'az keyvault update-hsm --hsm-name {vault} --enable-purge-protection true',
  },
  createServerKeyOnPartner: 'az sql server key create -g {partnerResourceGroup} -s {partnerServer} --kid {keyUri}',
  createVaultKey: {
    roles: 'az keyvault key create --vault-name {vault} -n {newKeyName} --kty RSA --size 3072 --ops wrapKey unwrapKey',
    localRoles:
      'az keyvault key create --hsm-name {vault} -n {newKeyName} --kty RSA-HSM --size 3072 --ops wrapKey unwrapKey',
  },
  enableVaultKey: 'az keyvault key set-attributes --id {keyUri} --enabled true',
  setVaultKeyActivation: 'az keyvault key set-attributes --id {keyUri} --not-before {date}',
  setVaultKeyExpiry: 'az keyvault key set-attributes --id {keyUri} --expires {date}',
  showDatabaseKeys: `${showDatabase} --expand-keys`,
  showDatabaseSku: `${showDatabase} --query currentSku`,
  showVaultKey:
    'az keyvault key show --id {keyUri} --query "{type:key.kty,operations:key.keyOps,attributes:attributes}"',
  grantKeyAccess: {
    ...grantKeyRole,
    accessPolicies: `az rest --method put --url {vaultId}/accessPolicies/add?api-version=2023-07-01 --body "{'properties':{'accessPolicies':[{'tenantId':'{tenantId}','objectId':'{principalId}','permissions':{'keys':['get','wrapKey','unwrapKey']}}]}}"`,
  },
  grantKeyRole,
  allowTrustedServices: {
    roles: 'az keyvault update -n {vault} --bypass AzureServices',
    localRoles: 'az keyvault update-hsm --hsm-name {vault} --bypass AzureServices',
  },
  showServicePrincipal: 'az ad sp show --id {principalId}',
  showAccessPolicies: ofVault('az keyvault show', ' --query properties.accessPolicies', '-n'),
  showVaultRegion: ofVault('az keyvault show', ' --query location -o tsv', '-n'),
  listOutboundRules: 'az sql server outbound-firewall-rule list -g {resourceGroup} -s {server} -o table',
  listDatabases: 'az sql db list -g {resourceGroup} -s {server} --query "[].{name:name,status:status}" -o table',
  listInaccessibleDatabases: `az sql db list -g {resourceGroup} -s {server} --query "[?status=='Inaccessible'].name" -o tsv`,
  listInaccessibleInstanceDatabases: `az sql midb list -g {resourceGroup} --mi {instance} --query "[?status=='Inaccessible'].name" -o tsv`,
  listInstanceOperations: 'az sql mi op list -g {resourceGroup} --mi {instance} -o table',
  listDenyAssignments:
    'az rest --method get --url {resourceId}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01',
  showEncryption: 'az sql db tde show -g {resourceGroup} -s {server} -d {database}',
  showLongTermRetention: 'az sql db ltr-policy show -g {resourceGroup} -s {server} -n {database}',
  listVaultKeyVersions: ofVault('az keyvault key list-versions', ' -n {keyName} --query "[].kid" -o tsv'),
  listReplicationLinks: 'az sql db replica list-links -g {resourceGroup} -s {server} -n {database}',
  listServers: 'az sql server list --query "[].{name:name,group:resourceGroup}" -o table',
  showResource: 'az resource show --ids {resourceId}',
  showServerKey: 'az sql server key show -g {resourceGroup} -s {server} --kid {keyUri}',
  listServerKeys: 'az sql server key list -g {resourceGroup} -s {server} --query "[].{name:name,uri:uri}" -o table',
  recoverVaultKey: ofVault('az keyvault key recover', ' -n {keyName}'),
  showProtector: 'az sql server tde-key show -g {resourceGroup} -s {server}',
  showActivityLog: 'az monitor activity-log list --resource-id {serverId} --offset 1h -o table',
  listDatabaseOperations: 'az sql db op list -g {resourceGroup} -s {server} -d {database} -o table',
  grantServerContributor:
    'az role assignment create --role "SQL Server Contributor" --assignee {account} --scope {resourceGroupId}',
  grantRole: 'az role assignment create --role {role} --assignee {account} --scope {scope}',
  signIn: 'az login --tenant {tenantId}',
  deleteLock: 'az lock delete --ids {lockId}',
  listLocks: 'az lock list -g {resourceGroup} -o table',
  listSubscriptions: 'az account list --all -o table',
  showResourceGroup: 'az group show -n {resourceGroup}',
  registerProvider: 'az provider register -n {provider} --wait',
  listDeniedChanges: `az monitor activity-log list --resource-id {resourceId} --status Failed --offset 1d --query "[?contains(to_string(properties),'RequestDisallowedByPolicy')].{time:eventTimestamp,policies:properties.policies}"`,
  showVaultKeyByName: ofVault('az keyvault key show', ' -n {keyName}'),
  grantIdentityOperator:
    'az role assignment create --role "Managed Identity Operator" --assignee {account} --scope {identityId}',
  listApiVersions: `az provider show -n Microsoft.Sql --query "resourceTypes[?resourceType=='servers/keys'].apiVersions"`,
  listRoleAssignments:
    'az role assignment list --assignee {principalId} --scope {vaultId} --include-inherited -o table',
  listNetworkRules: {
    roles: 'az keyvault network-rule list -n {vault}',
    localRoles: 'az keyvault show --hsm-name {vault} --query properties.networkAcls',
  },
  listDeletedKeys: ofVault('az keyvault key list-deleted', ' -o table'),
  recoverVault: 'az keyvault recover -n {vault}',
  listDeletedVaults: 'az keyvault list-deleted -o table',
  showServerIdentity: `${showServer} --query "{identity:identity,primary:primaryUserAssignedIdentityId,keyId:keyId,federatedClientId:federatedClientId}"`,
  showServerState: `${showServer} --query state -o tsv`,
  listUsages: 'az sql list-usages -l {location} -o table',
  listFailoverGroups: 'az sql failover-group list -g {resourceGroup} -s {server} -o table',
  showPartnerProtector: 'az sql server tde-key show -g {partnerResourceGroup} -s {partnerServer}',
  setPrimaryIdentity:
    'az sql server update -g {resourceGroup} -n {server} --primary-user-assigned-identity-id {identityId}',
  revalidateProtector: 'az sql server tde-key revalidate -g {resourceGroup} -s {server}',
  revertDatabaseKey: 'az sql db tde key revert -g {resourceGroup} -s {server} -d {database}',
  revalidateDatabaseKey: 'az sql db tde key revalidate -g {resourceGroup} -s {server} -d {database}',
  assignDatabaseIdentity:
    'az sql db update -g {resourceGroup} -s {server} -n {database} --assign-identity --user-assigned-identity-id {identityId}',
  addDatabaseKey: 'az sql db update -g {resourceGroup} -s {server} -n {database} --keys {keyUri}',
  setDatabaseProtector:
    'az sql db update -g {resourceGroup} -s {server} -n {database} --encryption-protector {keyUri} --encryption-protector-auto-rotation {autoRotation}',
  showDatabaseIdentity: `${showDatabase} --query identity`,
  showDatabaseStatus: `${showDatabase} --query status -o tsv`,
  startInstance: 'az sql mi start -g {resourceGroup} --mi {instance}',
  showInstanceState: 'az sql mi show -g {resourceGroup} -n {instance} --query state -o tsv',
  showVaultKeyOperations: 'az keyvault key show --id {keyUri} --query key.keyOps -o tsv',
  showInstanceProtector: 'az sql mi tde-key show -g {resourceGroup} --mi {instance}',
  showInstanceIdentity:
    'az sql mi show -g {resourceGroup} -n {instance} --query "{identity:identity,primary:primaryUserAssignedIdentityId}"',
  deleteInstanceKey: 'az sql mi key delete -g {resourceGroup} --mi {instance} --kid {keyUri}',
  createInstanceKey: 'az sql mi key create -g {resourceGroup} --mi {instance} --kid {keyUri}',
  showInstanceThumbprint:
    'az sql mi key show -g {resourceGroup} --mi {instance} --kid {keyUri} --query thumbprint -o tsv',
  setInstanceServiceManagedKey: 'az sql mi tde-key set -g {resourceGroup} --mi {instance} -t ServiceManaged',
  setInstanceProtector:
    'az sql mi tde-key set -g {resourceGroup} --mi {instance} -t AzureKeyVault --kid {keyUri} --auto-rotation-enabled {autoRotation}',
  grantInstanceContributor:
    'az role assignment create --role "SQL Managed Instance Contributor" --assignee {account} --scope {resourceGroupId}',
  revalidateInstanceProtector:
    'Invoke-AzSqlInstanceTransparentDataEncryptionProtectorRevalidation -ResourceGroupName {resourceGroup} -InstanceName {instance}',
  alertOnLostKey:
    'az monitor activity-log alert create -g {resourceGroup} -n tde-key-lost --scope {scope} --condition category=Administrative and operationName=MakeDatabaseInaccessible --action-group {actionGroupId}',
  alertOnLostInstanceKey:
    'az monitor activity-log alert create -g {resourceGroup} -n tde-key-lost-instance --scope {scope} --condition category=Administrative and operationName=MakeManagedDbInaccessible --action-group {actionGroupId}',
} satisfies Readonly<Record<string, Templates>>;

export type CommandName = keyof typeof templates;

/** The same command for a managed instance. */
export const instanceCommands: Readonly<Partial<Record<CommandName, CommandName>>> = {
  createServerKey: 'createInstanceKey',
  deleteServerKey: 'deleteInstanceKey',
  showThumbprint: 'showInstanceThumbprint',
  setServiceManagedKey: 'setInstanceServiceManagedKey',
  setProtector: 'setInstanceProtector',
  revalidateProtector: 'revalidateInstanceProtector',
  grantServerContributor: 'grantInstanceContributor',
  showProtector: 'showInstanceProtector',
};

/** Commands that are not in Azure CLI 2.45, the oldest one that the other commands were tried with. */
export const newerCommands: readonly CommandName[] = [
  'revalidateProtector',
  'revertDatabaseKey',
  'revalidateDatabaseKey',
  'assignDatabaseIdentity',
  'addDatabaseKey',
  'setDatabaseProtector',
  'showDatabaseKeys',
  'startInstance',
];
