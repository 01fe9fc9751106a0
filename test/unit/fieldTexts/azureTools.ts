import { serverKeysApi, sqlErrors, type FieldText } from './fieldText';

const sub = '3e0d4f57-6c1b-4a7a-9f43-0d1e2c3b4a59';
const rg = `/subscriptions/${sub}/resourceGroups/rg-ledger`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-ledger-weu`;
const version = '4b1c9a7e2f6d4058b3a1c5e7f9021364';
const keyName = `kv-ledger-weu_tde-2026_${version}`;
const keyUri = `https://kv-ledger-weu.vault.azure.net/keys/tde-2026/${version}`;

/** Azure CLI, Az PowerShell, Terraform, and deployments. */
export const azureTools: readonly FieldText[] = [
  {
    tool: 'az sql',
    language: 'English',
    source: 'https://github.com/Azure/azure-cli/issues/17337',
    text: `az sql server tde-key set --server sql-ledger-weu --resource-group rg-ledger --server-key-type AzureKeyVault --kid ${keyUri}

"error":{"code":"ServerKeyNotFound","message":"The requested server key was not found."}}`,
    codes: ['ServerKeyNotFound'],
    says: 'The requested server key was not found.',
    resources: { servers: ['sql-ledger-weu'], resourceGroups: ['rg-ledger'], keys: [keyUri] },
    values: {
      server: 'sql-ledger-weu',
      resourceGroup: 'rg-ledger',
      keyUri,
      vault: 'kv-ledger-weu',
      keyName: 'tde-2026',
    },
  },
  {
    tool: 'az sql',
    language: 'English',
    source: sqlErrors,
    text: `(45336) The operation could not be completed because '${keyName}x' is an invalid Server Key name. Please provide a key name in the format of 'vault_key_version'. For example, if the keyId is https://YourVaultName.vault.azure.net/keys/YourKeyName/YourKeyVersion, then the Server Key Name should be formatted as: YourVaultName_YourKeyName_YourKeyVersion.
Code: 45336
Message: The operation could not be completed because '${keyName}x' is an invalid Server Key name. Please provide a key name in the format of 'vault_key_version'. For example, if the keyId is https://YourVaultName.vault.azure.net/keys/YourKeyName/YourKeyVersion, then the Server Key Name should be formatted as: YourVaultName_YourKeyName_YourKeyVersion.`,
    codes: ['SecurityAzureKeyVaultInvalidKeyName'],
    resources: { vaults: [], keys: [] },
  },
  {
    tool: 'az sql',
    language: 'English',
    source: sqlErrors,
    text: `ERROR: (AzureKeyVaultMalformedVaultUri) The provided Key Vault uri 'https://kv-ledger-weu.vault.azure.net/keys/tde-2026' is not valid. Please ensure the uri contains the vault, key, and key version information. An example valid uri looks like 'https://YourVaultName.vault.azure.net/keys/YourKeyName/YourKeyVersion'. Please ensure the vault belongs to an endpoint from the list of supported endpoints available at 'https://aka.ms/sqltdebyoksupportedendpoints'.
Code: AzureKeyVaultMalformedVaultUri`,
    codes: ['AzureKeyVaultMalformedVaultUri'],
    resources: { vaults: ['kv-ledger-weu'], keys: ['https://kv-ledger-weu.vault.azure.net/keys/tde-2026'] },
    values: {
      vault: 'kv-ledger-weu',
      keyName: 'tde-2026',
      keyUri: 'https://kv-ledger-weu.vault.azure.net/keys/tde-2026',
    },
  },
  {
    tool: 'az, two prompts in one selection',
    language: 'English',
    source: serverKeysApi,
    text: `ada@build:~$ az sql server key delete -g rg-ledger -s sql-ledger-weu --kid ${keyUri}
(AzureKeyVaultKeyInUse) The key is currently being used by the server.
Code: AzureKeyVaultKeyInUse
Message: The key is currently being used by the server.
ada@build:~$ az sql server key show -g rg-ledger -s sql-ledger-weu --kid ${keyUri}
(ServerKeyDoesNotExists) The server key does not exist.
Code: ServerKeyDoesNotExists
Message: The server key does not exist.
ada@build:~$`,
    codes: ['AzureKeyVaultKeyInUse', 'ServerKeyDoesNotExists'],
    says: 'The key is currently being used by the server.',
    resources: { servers: ['sql-ledger-weu'], keys: [keyUri] },
  },
  {
    tool: 'az, managed instance',
    language: 'English',
    source: sqlErrors,
    text: `$ az sql mi key create -g rg-ledger --mi mi-ledger --kid ${keyUri}
(AzureKeyVaultMissingPermissions) The server 'mi-ledger' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8'. (https://aka.ms/sqltdebyoksetup)
Code: AzureKeyVaultMissingPermissions`,
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: [], instances: ['mi-ledger'], resourceGroups: ['rg-ledger'] },
    values: { instance: 'mi-ledger', vault: 'kv-ledger-weu' },
  },
  {
    tool: 'az, a wrapped poll',
    language: 'English',
    source: sqlErrors,
    text: `(LongRunningOperationFailed) Long running operation failed with status 'Failed'. Additional Info:'The operation could not be completed on server 'sql-ledger-weu' because the Azure Key Vault key '${keyUri}' is disabled.'
Code: LongRunningOperationFailed`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { servers: ['sql-ledger-weu'], keys: [keyUri] },
  },
  {
    tool: 'az, policy',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/21473',
    text: `(RequestDisallowedByPolicy) Resource 'sql-ledger-weu' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"SQL servers should use customer-managed keys","id":"/providers/Microsoft.Management/managementGroups/corp/providers/Microsoft.Authorization/policyAssignments/deny-sql-cmk"},"policyDefinition":{"name":"SQL servers should use customer-managed keys to encrypt data at rest","id":"/providers/Microsoft.Authorization/policyDefinitions/0a370ff3-6cab-4e85-8995-295fd854c5b8"}}]'.
Code: RequestDisallowedByPolicy
Message: Resource 'sql-ledger-weu' was disallowed by policy.
Target: sql-ledger-weu`,
    codes: ['RequestDisallowedByPolicy'],
  },
  {
    tool: 'az login',
    language: 'English',
    source: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
    text: `AADSTS1000901: The certificate used to sign the client assertion is not registered on application.
Trace ID: 8d2c3c3e-71a2-4a53-9b45-1e2a7f7d3c00
Correlation ID: 3b9a8e0d-6a2b-4a0c-8df1-7e3a6b3d9f10
Timestamp: 2026-11-20 08:14:46Z`,
    codes: ['AADSTS1000901'],
  },
  {
    tool: 'az, deny assignment',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/role-based-access-control/deny-assignments',
    text: `(DenyAssignmentAuthorizationFailed) The client 'ada@ledger.example' with object id '1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11' has permission to perform action 'Microsoft.Sql/servers/keys/write' on scope '${server}/keys/${keyName}'; however, the access is denied because of the deny assignment with name 'Deny assignment created by Deployment Stack' and Id '0b2a6c6d1c0f4c0b8c3e4f5a6b7c8d9e' at scope '${server}'.
Code: DenyAssignmentAuthorizationFailed`,
    codes: ['DenyAssignmentAuthorizationFailed'],
    resources: { servers: ['sql-ledger-weu'], serverKeys: [keyName] },
  },
  {
    tool: 'Az PowerShell 7, concise view',
    language: 'English',
    source:
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#errorview',
    text: `Set-AzSqlServerTransparentDataEncryptionProtector: /home/ada/rotate.ps1:18
Line |
  18 |  Set-AzSqlServerTransparentDataEncryptionProtector -ResourceGroupName …
     |  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     | Long running operation failed with status 'Failed'. Additional
     | Info:'Secondary server does not have the key material of the primary
     | server's encryption protector. Please add the key to the secondary
     | server and retry.'`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    says: "Secondary server does not have the key material of the primary server's encryption protector. Please add the key to the secondary server and retry.",
    resources: { servers: [] },
  },
  {
    tool: 'Az PowerShell 7, colored',
    language: 'English',
    source: sqlErrors,
    text: `\u001b[31;1mAdd-AzSqlServerKeyVaultKey: \u001b[31;1mThe operation could not be completed because an Azure Active Directory error was encountered. Please ensure the server 'sql-ledger-weu' and key vault 'kv-ledger-weu' belong to the same tenant. The error message from Active Directory Authentication library is 'AADSTS700016: Application with identifier was not found in the directory'.\u001b[0m`,
    codes: ['AdalServicePrincipalNotFound'],
    resources: { servers: ['sql-ledger-weu'], vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'Az PowerShell, managed instance',
    language: 'English',
    source: sqlErrors,
    text: `Set-AzSqlInstanceTransparentDataEncryptionProtector : The operation could not be completed because managed instance mi-ledger contains databases that are in the Inaccessible state. Please either drop inaccessible databases or fix the issues with access to the customer-managed TDE protector key for managed instance before retrying operation. https://go.microsoft.com/fwlink/?linkid=2111623
At line:1 char:1
+ Set-AzSqlInstanceTransparentDataEncryptionProtector -ResourceGroupNam ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : CloseError: (:) [Set-AzSqlInstan…tionProtector], CloudException`,
    codes: ['ManagedInstanceContainsInaccessibleDatabases'],
    resources: { servers: [], instances: ['mi-ledger'] },
    values: { instance: 'mi-ledger' },
  },
  {
    tool: 'Az PowerShell, two cmdlets',
    language: 'English',
    source: sqlErrors,
    text: `PS C:\\> Add-AzSqlServerKeyVaultKey -ResourceGroupName rg-ledger -ServerName sql-ledger-weu -KeyId ${keyUri}
Add-AzSqlServerKeyVaultKey : The server key '${keyName}' already exists. Please choose a different server key name.
PS C:\\> Remove-AzSqlServerKeyVaultKey -ResourceGroupName rg-ledger -ServerName sql-ledger-weu -KeyId ${keyUri}
Remove-AzSqlServerKeyVaultKey : The server key '${keyName}' cannot be deleted because it is currently in use by 'sql-ledger-weu'.`,
    codes: ['ServerKeyNameAlreadyExists', 'AzureKeyVaultKeyInUse'],
    says: `The server key '${keyName}' already exists. Please choose a different server key name.`,
    resources: { servers: ['sql-ledger-weu'], keys: [keyUri], serverKeys: [keyName] },
  },
  {
    tool: 'Terraform azurerm, two errors',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/25906',
    text: `╷
│ Error: creating Server Key (Subscription: "${sub}"
│ Resource Group Name: "rg-ledger"
│ Server Name: "sql-ledger-weu"
│ Key Name: "${keyName}"): performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error: AzureKeyVaultNoServerIdentity: The server identity is not correctly configured on server 'sql-ledger-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)
│
│   with azurerm_mssql_server_transparent_data_encryption.primary,
│   on main.tf line 40, in resource "azurerm_mssql_server_transparent_data_encryption" "primary":
│   40: resource "azurerm_mssql_server_transparent_data_encryption" "primary" {
│
╵
╷
│ Error: updating Transparent Data Encryption for Server (Subscription: "${sub}"
│ Resource Group Name: "rg-ledger"
│ Server Name: "sql-ledger-neu"): performing CreateOrUpdate: unexpected status 409 (409 Conflict) with error: ConflictingServerOperation: An operation is currently in progress for the server 'sql-ledger-neu'.
│
│   with azurerm_mssql_server_transparent_data_encryption.secondary,
│   on main.tf line 52, in resource "azurerm_mssql_server_transparent_data_encryption" "secondary":
│
╵`,
    codes: ['AzureKeyVaultNoServerIdentity', 'ConflictingServerOperation'],
    says: `The server identity is not correctly configured on server 'sql-ledger-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`,
    resources: { servers: ['sql-ledger-weu', 'sql-ledger-neu'], serverKeys: [keyName] },
    values: { keyUri, keyName: 'tde-2026', vault: 'kv-ledger-weu' },
  },
  {
    tool: 'Terraform azurerm, autorest',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/22358',
    text: `Error: retrieving Long Term Retention Policies for Database: (Name "ledger" / Server Name "sql-ledger-weu" / Resource Group "rg-ledger"): sql.LongTermRetentionPoliciesClient#Get: Failure responding to request: StatusCode=400 -- Original Error: autorest/azure: Service returned an error. Status=400 Code="DatabaseInaccessible" Message="Database 'ledger' is inaccessible and requires user to resolve Azure key vault errors and reestablish access to Azure key vault key using Re-validate key."`,
    codes: ['MakeDatabaseInaccessible'],
    resources: { servers: ['sql-ledger-weu'], resourceGroups: ['rg-ledger'] },
  },
  {
    tool: 'ARM deployment, double-encoded',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code',
    text: JSON.stringify({
      code: 'DeploymentFailed',
      target: `${rg}/providers/Microsoft.Resources/deployments/tde`,
      message: 'At least one resource deployment operation failed. Please list deployment operations for details.',
      details: [
        {
          code: 'Conflict',
          message: JSON.stringify({
            status: 'Failed',
            error: {
              code: 'ResourceDeploymentFailure',
              target: `${server}/encryptionProtector/current`,
              message:
                "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
              details: [
                {
                  code: 'Conflict',
                  message: JSON.stringify({
                    error: {
                      code: '45384',
                      message: `The encryption protectors for all servers linked by GeoDR must be in the same region as their respective servers. Please upload key '${keyUri}' to a Key Vault in the region 'northeurope' as server 'sql-ledger-neu'. (https://aka.ms/sqltdebyokgeodr)`,
                    },
                  }),
                },
              ],
            },
          }),
        },
      ],
    }),
    codes: ['45384'],
    says: `The encryption protectors for all servers linked by GeoDR must be in the same region as their respective servers. Please upload key '${keyUri}' to a Key Vault in the region 'northeurope' as server 'sql-ledger-neu'. (https://aka.ms/sqltdebyokgeodr)`,
    resources: { servers: ['sql-ledger-weu', 'sql-ledger-neu'], keys: [keyUri] },
  },
  {
    tool: 'Terraform azapi',
    language: 'English',
    source: sqlErrors,
    text: `╷
│ Error: Failed to create/update resource
│
│   with azapi_resource.key,
│   on main.tf line 31, in resource "azapi_resource" "key":
│   31: resource "azapi_resource" "key" {
│
│ creating/updating Resource: (ResourceId
│ "${rg}/providers/Microsoft.Sql/managedInstances/mi-ledger/keys/${keyName}"
│ / Api Version "2023-08-01"): PUT
│ https://management.azure.com${rg}/providers/Microsoft.Sql/managedInstances/mi-ledger/keys/${keyName}
│ --------------------------------------------------------------------------------
│ RESPONSE 400: 400 Bad Request
│ ERROR CODE: 45595
│ --------------------------------------------------------------------------------
│ {
│   "error": {
│     "code": "45595",
│     "message": "The key vault provided '${keyUri}' on server 'mi-ledger' uses unsupported RSA Key Exponent. Exponent value: '3'. For additional support, contact your system administrator or Microsoft Customer Support Services"
│   }
│ }
│ --------------------------------------------------------------------------------
╵`,
    codes: ['45595'],
    says: `The key vault provided '${keyUri}' on server 'mi-ledger' uses unsupported RSA Key Exponent. Exponent value: '3'. For additional support, contact your system administrator or Microsoft Customer Support Services`,
    resources: { servers: [], instances: ['mi-ledger'], serverKeys: [keyName] },
    values: { instance: 'mi-ledger', vault: 'kv-ledger-weu' },
  },
  {
    tool: 'REST, the old flat body',
    language: 'English',
    source: sqlErrors,
    text: `{"code":"45463","message":"The server sql-ledger-weu no longer has access to the Azure Key Vault required for the current TDE configuration. In order to change the encryption setting for the server you must first re-establish access to the Key Vault. https://go.microsoft.com/fwlink/?linkid=2095036","target":null,"details":[{"code":"45463","message":"The server sql-ledger-weu no longer has access to the Azure Key Vault required for the current TDE configuration. In order to change the encryption setting for the server you must first re-establish access to the Key Vault. https://go.microsoft.com/fwlink/?linkid=2095036","target":null,"severity":"16"}],"innererror":[]}`,
    codes: ['CMKOperationNotAllowed'],
    resources: { servers: ['sql-ledger-weu'] },
    values: { server: 'sql-ledger-weu' },
  },
];
