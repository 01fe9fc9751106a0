import {
  connectivity,
  keyVaultErrors,
  keyVaultRest,
  olderSqlErrors,
  serverKeysApi,
  sqlErrors,
  type FieldText,
} from './fieldText';

const sub = '9a8b7c6d-5e4f-4031-9223-344556677889';
const rg = `/subscriptions/${sub}/resourceGroups/rg-claims`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-claims-chn`;
const version = 'abcdefabcdefabcdefabcdefabcdef12';
const keyUri = `https://kv-claims-chn.vault.azure.net/keys/tde-claims/${version}`;
const keyName = `kv-claims-chn_tde-claims_${version}`;
const disabled = `The operation could not be completed on server 'sql-claims-chn' because the Azure Key Vault key '${keyUri}' is disabled.`;
const identity = `The server identity is not correctly configured on server 'sql-claims-chn'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`;

/** Other forms of the same tools: older and newer versions, other commands, and other levels of nesting. */
export const variants: readonly FieldText[] = [
  {
    tool: 'az rest',
    language: 'English',
    source: 'https://learn.microsoft.com/cli/azure/reference-index#az-rest',
    text: `ERROR: Bad Request(${JSON.stringify({ error: { code: 'AzureKeyVaultKeyDisabled', message: disabled } })})`,
    codes: ['AzureKeyVaultKeyDisabled'],
    says: disabled,
    resources: { servers: ['sql-claims-chn'], keys: [keyUri] },
  },
  {
    tool: 'az 2.0',
    language: 'English',
    source: sqlErrors,
    text: `Azure Error: AzureKeyVaultNoServerIdentity
Message: ${identity}`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    says: identity,
    resources: { servers: ['sql-claims-chn'] },
  },
  {
    tool: 'Az PowerShell, server identity',
    language: 'English',
    source: sqlErrors,
    text: `Set-AzSqlServer : 45522: The primary user assigned managed identity '${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-claims' must be a part of the managed identities being assigned to the server 'sql-claims-chn' or already assigned to the server.
At C:\\scripts\\identity.ps1:7 char:1
+ Set-AzSqlServer -ResourceGroupName rg-claims -ServerName sql-claims-c ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : CloseError: (:) [Set-AzSqlServer], CloudException`,
    codes: ['InvalidPrimaryIdentityId'],
    says: `The primary user assigned managed identity '${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-claims' must be a part of the managed identities being assigned to the server 'sql-claims-chn' or already assigned to the server.`,
    resources: { servers: ['sql-claims-chn'], resourceGroups: ['rg-claims'] },
  },
  {
    tool: 'Terraform azurerm 4, key vault',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/4553',
    text: `╷
│ Error: retrieving Key "tde-claims" in Vault "kv-claims-chn": unexpected status 403 (403 Forbidden) with error: Forbidden: Client address is not authorized and caller is not a trusted service.
│ Client address: 198.51.100.23
│ Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/
│ Vault: kv-claims-chn;location=switzerlandnorth
│
│   with azurerm_key_vault_key.tde,
│   on keys.tf line 2, in resource "azurerm_key_vault_key" "tde":
│
╵`,
    codes: ['ForbiddenByFirewall'],
    says: 'Client address is not authorized and caller is not a trusted service. Client address: 198.51.100.23 Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/ Vault: kv-claims-chn;location=switzerlandnorth',
    resources: { vaults: ['kv-claims-chn'] },
  },
  {
    tool: 'Terraform azurerm, database key',
    language: 'English',
    source: sqlErrors,
    text: `Error: updating Mssql Database (Subscription: "${sub}"
Resource Group Name: "rg-claims"
Server Name: "sql-claims-chn"
Database Name: "claims"): polling after Update: polling failed: the Azure API returned the following error:

Status: "PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse"
Code: ""
Message: "Key Rotation for the TDE Protector at the database level is blocked when active transactions are holding up the log encrypted with old keys. Please refer to aka.ms/azuresqldbkeyrotation for possible strategies to workaround this issue."
Activity Id: ""`,
    codes: ['PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse'],
    says: 'Key Rotation for the TDE Protector at the database level is blocked when active transactions are holding up the log encrypted with old keys. Please refer to aka.ms/azuresqldbkeyrotation for possible strategies to workaround this issue.',
    resources: { servers: ['sql-claims-chn'], resourceGroups: ['rg-claims'], subscriptions: [sub] },
  },
  {
    tool: 'Deployment stack',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-stacks',
    text: `(DeploymentStackDeploymentFailed) One or more resources could not be deployed. Correlation id: '9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a'.
Code: DeploymentStackDeploymentFailed
Message: One or more resources could not be deployed. Correlation id: '9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a'.
Exception Details:	(DeploymentFailed) At least one resource deployment operation failed. Please list deployment operations for details.
	Code: DeploymentFailed
	Message: At least one resource deployment operation failed. Please list deployment operations for details.
	Exception Details:	(BlockSystemAssignedIdentityForCrossTenantCMK) Cross tenant CMK can only be configured when the server is configured with a User Assigned Managed Identity. Refer to https://aka.ms/sqltdebyokumi to configure User Assigned Managed Identity.
		Code: BlockSystemAssignedIdentityForCrossTenantCMK
		Message: Cross tenant CMK can only be configured when the server is configured with a User Assigned Managed Identity. Refer to https://aka.ms/sqltdebyokumi to configure User Assigned Managed Identity.
		Target: ${server}/keys/${keyName}`,
    codes: ['BlockSystemAssignedIdentityForCrossTenantCMK'],
    says: 'Cross tenant CMK can only be configured when the server is configured with a User Assigned Managed Identity. Refer to https://aka.ms/sqltdebyokumi to configure User Assigned Managed Identity.',
    resources: { servers: ['sql-claims-chn'], serverKeys: [keyName] },
    values: { keyUri, vault: 'kv-claims-chn', keyName: 'tde-claims' },
  },
  {
    tool: 'portal notification, managed instance',
    language: 'English',
    source: sqlErrors,
    text: `Failed to save Transparent Data Encryption settings
Failed to save Transparent Data Encryption settings for SQL managed instance: mi-claims. ErrorCode: ManagedInstanceContainsInaccessibleDatabases ErrorMessage: The operation could not be completed because managed instance mi-claims contains databases that are in the Inaccessible state. Please either drop inaccessible databases or fix the issues with access to the customer-managed TDE protector key for managed instance before retrying operation. https://go.microsoft.com/fwlink/?linkid=2111623`,
    codes: ['ManagedInstanceContainsInaccessibleDatabases'],
    resources: { servers: [], instances: ['mi-claims'] },
    values: { instance: 'mi-claims' },
  },
  {
    tool: 'portal, Keys page of a vault',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
    text: `The operation is not allowed by RBAC. If role assignments were recently changed, please wait several minutes for role assignments to become effective.`,
    codes: ['ForbiddenByRbac'],
    says: 'The operation is not allowed by RBAC. If role assignments were recently changed, please wait several minutes for role assignments to become effective.',
  },
  {
    tool: 'portal, Keys page of a vault',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/how-to-azure-key-vault-network-security',
    text: `Firewall is turned on and your client IP address is not authorized to access this key vault.`,
    codes: ['ForbiddenByFirewall'],
    says: 'Firewall is turned on and your client IP address is not authorized to access this key vault.',
  },
  {
    tool: 'EF Core, transient failure',
    language: 'English',
    source: connectivity,
    text: `System.InvalidOperationException: An exception has been raised that is likely due to a transient failure. Consider enabling transient error resiliency by adding 'EnableRetryOnFailure' to the 'UseSqlServer' call.
 ---> Microsoft.Data.SqlClient.SqlException (0x80131904): Database 'claims' on server 'sql-claims-chn' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{1B2C3D4E-5F60-4718-8293-A4B5C6D7E8F9}'.
   at Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)
ClientConnectionId:0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f
Error Number:40613,State:1,Class:17`,
    codes: ['40613'],
    says: "Database 'claims' on server 'sql-claims-chn' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{1B2C3D4E-5F60-4718-8293-A4B5C6D7E8F9}'.",
    resources: { servers: ['sql-claims-chn'] },
  },
  {
    tool: 'pyodbc',
    language: 'Spanish',
    source: connectivity,
    text: `pyodbc.ProgrammingError: ('42000', "[42000] [Microsoft][ODBC Driver 17 for SQL Server][SQL Server]La base de datos 'claims' del servidor 'sql-claims-chn' no está disponible actualmente. Vuelva a intentar la conexión más tarde. (40613) (SQLDriverConnect)")`,
    codes: ['40613'],
    says: "La base de datos 'claims' del servidor 'sql-claims-chn' no está disponible actualmente. Vuelva a intentar la conexión más tarde.",
  },
  {
    tool: 'Log Analytics, AzureActivity',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/azureactivity',
    text: `OperationNameValue: MICROSOFT.SQL/SERVERS/ENCRYPTIONPROTECTOR/WRITE
ActivityStatusValue: Failure
ResourceGroup: rg-claims
_ResourceId: ${server.toLowerCase()}/encryptionprotector/current
Properties: {"statusCode":"BadRequest","statusMessage":"{\\"error\\":{\\"code\\":\\"SameKeyUriNotFoundOnRemoteServer\\",\\"message\\":\\"Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.\\"}}","eventCategory":"Administrative"}`,
    codes: ['SameKeyUriNotFoundOnRemoteServer'],
    says: "Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.",
    resources: { servers: ['sql-claims-chn'], resourceGroups: ['rg-claims'] },
  },
  {
    tool: 'az keyvault, throttled',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/overview-throttling',
    text: `(Throttled) Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached
Code: Throttled
Message: Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached`,
    codes: ['Throttled'],
    says: 'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached',
  },
  {
    tool: 'az keyvault, no such vault',
    language: 'English',
    source: keyVaultErrors,
    text: `ERROR: (VaultNotFound) The specified vault: kv-claims-chn could not be found.
Code: VaultNotFound
Message: The specified vault: kv-claims-chn could not be found.`,
    codes: ['VaultNotFound'],
    says: 'The specified vault: kv-claims-chn could not be found.',
  },
  {
    tool: 'Terraform, policy with details',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/21843',
    text: `Error: creating Server (Subscription: "${sub}"
Resource Group Name: "rg-claims"
Server Name: "sql-claims-chn"): performing CreateOrUpdate: unexpected status 403 (403 Forbidden) with error: RequestDisallowedByPolicy: Resource 'sql-claims-chn' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"Deny SQL without CMK","id":"/providers/Microsoft.Management/managementGroups/claims/providers/Microsoft.Authorization/policyAssignments/deny-sql"},"policyDefinition":{"name":"SQL servers should use customer-managed keys to encrypt data at rest","id":"/providers/Microsoft.Authorization/policyDefinitions/0a370ff3-6cab-4e85-8995-295fd854c5b8"}}]'.

  with azurerm_mssql_server.claims,
  on sql.tf line 1, in resource "azurerm_mssql_server" "claims":`,
    codes: ['RequestDisallowedByPolicy'],
    resources: { servers: ['sql-claims-chn'], resourceGroups: ['rg-claims'] },
  },
  {
    tool: 'SSMS connect dialog, no-break spaces',
    language: 'French',
    source: connectivity,
    text: `Impossible de se connecter à sql-claims-chn.database.windows.net.

------------------------------
INFORMATIONS COMPLÉMENTAIRES\u00a0:

La base de données «\u00a0claims\u00a0» sur le serveur «\u00a0sql-claims-chn\u00a0» n'est pas disponible actuellement. Veuillez réessayer de vous connecter ultérieurement. (Microsoft SQL Server, Erreur\u00a0: 40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-claims-chn'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Italian',
    source: olderSqlErrors,
    text: `Messaggio 40981, livello 14, stato 1, riga 1
Il database 'claims' non è accessibile a causa di un errore critico di Azure Key Vault.`,
    codes: ['40981'],
    says: "Il database 'claims' non è accessibile a causa di un errore critico di Azure Key Vault.",
  },
  {
    tool: 'SSMS query window',
    language: 'Dutch',
    source: olderSqlErrors,
    text: `Bericht 40925, niveau 14, status 1, regel 1
Kan geen verbinding maken met de database in de huidige status.`,
    codes: ['40925'],
    says: 'Kan geen verbinding maken met de database in de huidige status.',
  },
  {
    tool: 'SSMS query window',
    language: 'Swedish',
    source: olderSqlErrors,
    text: `Meddelande 40613, nivå 17, status 1, rad 1
Databasen claims på servern sql-claims-chn är inte tillgänglig för närvarande.`,
    codes: ['40613'],
    says: 'Databasen claims på servern sql-claims-chn är inte tillgänglig för närvarande.',
  },
  {
    tool: 'tedious',
    language: 'English',
    source: olderSqlErrors,
    text: `[Nest] 1  - 11/22/2026, 7:40:12 AM   ERROR [TypeOrmModule] Unable to connect to the database. Retrying (1)...
ConnectionError: Can not connect to the database in its current state.
    at Login7TokenHandler.onErrorMessage (/usr/src/app/node_modules/tedious/lib/token/handler.js:186:19)
    at Readable.<anonymous> (/usr/src/app/node_modules/tedious/lib/token/token-stream-parser.js:19:33)`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'Key Vault REST, key operation',
    language: 'English',
    source: keyVaultRest,
    text: `{"error":{"code":"Forbidden","message":"The user, group or application 'appid=8f1b2c3d-4e5f-4a6b-9c7d-8e9f0a1b2c3d;oid=5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/' does not have keys wrapKey permission on key vault 'kv-claims-chn;location=switzerlandnorth'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287","innererror":{"code":"ForbiddenByPolicy"}}}`,
    codes: ['ForbiddenByPolicy'],
    resources: { vaults: ['kv-claims-chn'] },
  },
  {
    tool: 'az, lock',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources',
    text: `(ScopeLocked) The scope '${server}/keys/${keyName}' cannot perform delete operation because following scope(s) are locked: '${rg}'. Please remove the lock and try again.
Code: ScopeLocked
Message: The scope '${server}/keys/${keyName}' cannot perform delete operation because following scope(s) are locked: '${rg}'. Please remove the lock and try again.`,
    codes: ['ScopeLocked'],
    says: `The scope '${server}/keys/${keyName}' cannot perform delete operation because following scope(s) are locked: '${rg}'. Please remove the lock and try again.`,
    resources: { servers: ['sql-claims-chn'], serverKeys: [keyName], resourceGroups: ['rg-claims'] },
  },
  {
    tool: 'azapi, a failed operation',
    language: 'English',
    source: serverKeysApi,
    text: `│ Error: Failed to create/update resource
│
│ polling after creating/updating: (ResourceId "${server}/keys/${keyName}" / Api Version "2023-08-01"): GET https://management.azure.com${rg}/providers/Microsoft.Sql/locations/switzerlandnorth/serverKeyAzureAsyncOperation/7e6d5c4b-3a29-4180-9f7e-6d5c4b3a2918
│ --------------------------------------------------------------------------------
│ RESPONSE 200: 200 OK
│ ERROR CODE: AzureKeyVaultConnectionFailed
│ --------------------------------------------------------------------------------
│ {
│   "name": "7e6d5c4b-3a29-4180-9f7e-6d5c4b3a2918",
│   "status": "Failed",
│   "startTime": "2026-11-22T07:40:12.297Z",
│   "error": {
│     "code": "AzureKeyVaultConnectionFailed",
│     "message": "The operation could not be completed on server 'sql-claims-chn' because attempts to connect to Azure Key Vault 'https://kv-claims-chn.vault.azure.net/' have failed"
│   }
│ }
│ --------------------------------------------------------------------------------`,
    codes: ['AzureKeyVaultConnectionFailed'],
    says: "The operation could not be completed on server 'sql-claims-chn' because attempts to connect to Azure Key Vault 'https://kv-claims-chn.vault.azure.net/' have failed",
    resources: { servers: ['sql-claims-chn'], serverKeys: [keyName], vaults: ['kv-claims-chn'] },
  },
];
