import {
  connectivity,
  keyVaultRest,
  olderSqlErrors,
  serverKeysApi,
  sqlErrors,
  troubleshootTde,
  type FieldText,
} from './fieldText';

const sub = '2f4e6d8c-1a3b-4c5d-9e7f-0a2b4c6d8e1f';
const rg = `/subscriptions/${sub}/resourceGroups/rg-fleet`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-fleet-jpe`;
const version = '1234123412341234abcdabcdabcdabcd';
const keyUri = `https://kv-fleet-jpe.vault.azure.net/keys/fleet-tde/${version}`;
const keyName = `kv-fleet-jpe_fleet-tde_${version}`;

/** Texts of many tools that were collected last. */
export const others: readonly FieldText[] = [
  {
    tool: 'AzureRM PowerShell',
    language: 'English',
    source: 'https://github.com/Azure/azure-powershell/issues/7333',
    text: `Remove-AzureRmSqlManagedInstanceKeyVaultKey : Long running operation failed with status 'Canceled'. Additional
Info:'An unexpected error occured while processing the request. Tracking ID: '0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e''
At line:1 char:1
+ Remove-AzureRmSqlManagedInstanceKeyVaultKey -ManagedInstance $managed ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : CloseError: (:) [Remove-AzureRmS...ceKeyVaultKey], CloudException`,
    codes: ['InternalServerError'],
  },
  {
    tool: 'Terraform azurerm, autorest async',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/18349',
    text: `Error: waiting for creation of Server Key "${keyName}" (Resource Group "rg-fleet"): Code="SameKeyMaterialNotFoundOnRemoteServer" Message="Secondary server does not have the key material of the primary server's encryption protector. Please add the key '${keyUri}' to the server 'sql-fleet-jpw'."

  on .terraform/modules/tde_key_primary/tde.tf line 18, in resource "azurerm_mssql_server_transparent_data_encryption" "tde":
  18: resource "azurerm_mssql_server_transparent_data_encryption" "tde" {`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    says: `Secondary server does not have the key material of the primary server's encryption protector. Please add the key '${keyUri}' to the server 'sql-fleet-jpw'.`,
    resources: { serverKeys: [keyName], keys: [keyUri], servers: ['sql-fleet-jpw'], resourceGroups: ['rg-fleet'] },
    values: { keyUri, keyName: 'fleet-tde', vault: 'kv-fleet-jpe' },
  },
  {
    tool: 'Azure DevOps variable group',
    language: 'English',
    source: 'https://github.com/MicrosoftDocs/azure-devops-docs/issues/8581',
    text: `{"statusCode":"forbidden","errorMessage":"Failed to query service connection API: 'https://kv-fleet-jpe.vault.azure.net/keys?maxresults=1&api-version=2016-10-01'. Status Code: 'Forbidden', Response from server: '{\\"error\\":{\\"code\\":\\"Forbidden\\",\\"message\\":\\"Client address is not authorized and caller is not a trusted service.\\\\r\\\\nClient address: 203.0.113.99\\\\r\\\\nCaller: appid=11111111-2222-4333-8444-555555555555;oid=66666666-7777-4888-9999-aaaaaaaaaaaa\\\\r\\\\nVault: kv-fleet-jpe;location=japaneast\\",\\"innererror\\":{\\"code\\":\\"ForbiddenByFirewall\\"}}}'"}`,
    codes: ['ForbiddenByFirewall'],
    says: 'Client address is not authorized and caller is not a trusted service. Client address: 203.0.113.99 Caller: appid=11111111-2222-4333-8444-555555555555;oid=66666666-7777-4888-9999-aaaaaaaaaaaa Vault: kv-fleet-jpe;location=japaneast',
    resources: { vaults: ['kv-fleet-jpe'] },
  },
  {
    tool: 'Recovery of another service, same vault',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/27817',
    text: `"message": "Caller is not authorized to perform action on resource.\\r\\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\\r\\nCaller: name=Microsoft.Sql/servers;appid=5323f9a7-c851-4dd3-9116-4db61e363f3b\\r\\nAction: 'Microsoft.KeyVault/vaults/keys/wrap/action'\\r\\nVault: kv-fleet-jpe;location=japaneast\\r\\n\\r\\nStatus: 403 (Forbidden)\\r\\nErrorCode: Forbidden\\r\\n\\r\\nContent:\\r\\n{\\"error\\":{\\"code\\":\\"Forbidden\\",\\"message\\":\\"Caller is not authorized to perform action on resource.\\"}}"`,
    codes: ['ForbiddenByRbac'],
    resources: { vaults: ['kv-fleet-jpe'] },
  },
  {
    tool: 'az sql db create',
    language: 'English',
    source: 'https://github.com/microsoft/cloud-for-sovereignty-quickstarts',
    text: `(CreateDatabaseAttemptedWithRotationInProgress) The create database operation can not be performed at this time due to ongoing Transparent Data Encryption (TDE) key rotation on the server. Please try the operation again later.
Code: CreateDatabaseAttemptedWithRotationInProgress
Message: The create database operation can not be performed at this time due to ongoing Transparent Data Encryption (TDE) key rotation on the server. Please try the operation again later.`,
    codes: ['CreateDatabaseAttemptedWithRotationInProgress'],
    says: 'The create database operation can not be performed at this time due to ongoing Transparent Data Encryption (TDE) key rotation on the server. Please try the operation again later.',
  },
  {
    tool: 'Restore-AzSqlDatabase',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview',
    text: `Restore-AzSqlDatabase: Long running operation failed with status 'Failed'. Additional Info:'Target server sql-fleet-jpw does not have access to all AKV Uris created between 2026-09-02T11:00:00 and 2026-11-18T11:00:00. Please retry operation after restoring all AKV Uris.'`,
    codes: ['MissingKeyVaultUriForRestore'],
    says: 'Target server sql-fleet-jpw does not have access to all AKV Uris created between 2026-09-02T11:00:00 and 2026-11-18T11:00:00. Please retry operation after restoring all AKV Uris.',
    resources: { servers: ['sql-fleet-jpw'] },
  },
  {
    tool: 'portal notification',
    language: 'Chinese (traditional)',
    source: sqlErrors,
    text: `無法儲存透明資料加密設定
無法儲存伺服器 sql-fleet-jpe 的透明資料加密設定。錯誤訊息: The managed identity with ID '${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-fleet' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey' to the key '${keyUri}'. Please grant the missing permissions to the identity. (https://aka.ms/sqltdebyokcreateserver)`,
    codes: ['UmiMissingAkvPermissions'],
    says: `The managed identity with ID '${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-fleet' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey' to the key '${keyUri}'. Please grant the missing permissions to the identity. (https://aka.ms/sqltdebyokcreateserver)`,
    resources: { keys: [keyUri], vaults: ['kv-fleet-jpe'] },
  },
  {
    tool: 'portal notification',
    language: 'Italian',
    source: sqlErrors,
    text: `Non è stato possibile salvare le impostazioni
Messaggio di errore: The provided Key Vault uri '${keyUri}' is not valid. Please ensure the key vault has been configured with soft-delete and purge protection. (https://aka.ms/sqltdebyoksoftdelete)`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    says: `The provided Key Vault uri '${keyUri}' is not valid. Please ensure the key vault has been configured with soft-delete and purge protection. (https://aka.ms/sqltdebyoksoftdelete)`,
    resources: { keys: [keyUri] },
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Japanese',
    source: connectivity,
    text: `タイトル: サーバーに接続
------------------------------

sql-fleet-jpe.database.windows.net に接続できません。

------------------------------
追加情報:

Can not connect to the database in its current state. (Microsoft SQL Server、エラー: 40925)

------------------------------
ボタン:

OK
------------------------------`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-fleet-jpe'] },
  },
  {
    tool: 'ADO.NET',
    language: 'Korean',
    source: olderSqlErrors,
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): 'sql-fleet-krc' 서버의 데이터베이스 'fleet'을(를) 현재 사용할 수 없습니다. 나중에 다시 연결하세요.
   위치: Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection)
ClientConnectionId:7a8b9c0d-1e2f-4a3b-8c4d-5e6f7a8b9c0d
오류 번호: 40613, 상태: 1, 클래스: 17`,
    codes: ['40613'],
    says: "'sql-fleet-krc' 서버의 데이터베이스 'fleet'을(를) 현재 사용할 수 없습니다. 나중에 다시 연결하세요.",
  },
  {
    tool: 'ADO.NET',
    language: 'Chinese (simplified)',
    source: olderSqlErrors,
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): 由于 Azure Key Vault 严重错误，无法访问数据库 'fleet'。
   在 Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection)
错误号:40981,状态:1,级别:14`,
    codes: ['40981'],
    says: "由于 Azure Key Vault 严重错误，无法访问数据库 'fleet'。",
  },
  {
    tool: 'sqlcmd',
    language: 'Korean',
    source: olderSqlErrors,
    text: `메시지 40613, 수준 17, 상태 1, 서버 sql-fleet-krc, 줄 1
서버 'sql-fleet-krc'의 데이터베이스 'fleet'은(는) 현재 사용할 수 없습니다.`,
    codes: ['40613'],
    says: "서버 'sql-fleet-krc'의 데이터베이스 'fleet'은(는) 현재 사용할 수 없습니다.",
    resources: { servers: ['sql-fleet-krc'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Czech',
    source: olderSqlErrors,
    text: `Zpráva 40925, úroveň 14, stav 1, řádek 1
K databázi se v jejím aktuálním stavu nelze připojit.`,
    codes: ['40925'],
    says: 'K databázi se v jejím aktuálním stavu nelze připojit.',
  },
  {
    tool: 'activity log of a failed revalidation',
    language: 'English',
    source: troubleshootTde,
    text: `{
  "eventName": { "value": "MakeManagedDatabaseAccessible", "localizedValue": "MakeManagedDatabaseAccessible" },
  "status": { "value": "Failed" },
  "resourceId": "${rg}/providers/Microsoft.Sql/managedInstances/mi-fleet/databases/fleet",
  "description": "Access to Azure Key Vault Key has been re-established, operation to make database fleet accessible on managed server mi-fleet failed"
}`,
    codes: ['MakeDatabaseAccessible'],
    says: 'Access to Azure Key Vault Key has been re-established, operation to make database fleet accessible on managed server mi-fleet failed',
    resources: { servers: [], instances: ['mi-fleet'] },
    values: { instance: 'mi-fleet' },
  },
  {
    tool: 'az sql midb',
    language: 'English',
    source: serverKeysApi,
    text: `(AkvKeyOperationNotAllowedByFirewall) Client address is not authorized and caller is not a trusted service.
Code: AkvKeyOperationNotAllowedByFirewall
Message: Client address is not authorized and caller is not a trusted service.
Target: ${rg}/providers/Microsoft.Sql/managedInstances/mi-fleet`,
    codes: ['AkvKeyOperationNotAllowedByFirewall'],
    says: 'Client address is not authorized and caller is not a trusted service.',
    resources: { instances: ['mi-fleet'], servers: [] },
  },
  {
    tool: 'Key Vault REST, 409',
    language: 'English',
    source: keyVaultRest,
    text: `HTTP/1.1 409 Conflict
x-ms-keyvault-region: japaneast
x-ms-request-id: 7a8b9c0d-1e2f-4a3b-8c4d-5e6f7a8b9c0d

{"error":{"code":"Conflict","message":"Key fleet-tde is currently being deleted.","innererror":{"code":"ObjectIsBeingDeleted"}}}`,
    codes: ['ObjectIsBeingDeleted'],
    says: 'Key fleet-tde is currently being deleted.',
  },
  {
    tool: 'Teams message',
    language: 'German',
    source: sqlErrors,
    text: `Moin, beim Setzen vom TDE-Protector auf sql-fleet-gwc kommt im Portal nur: „The server identity is not correctly configured on server ‘sql-fleet-gwc’. Follow the steps in “Assign an Azure AD identity to your server” (https://aka.ms/sqltdebyoksetup)“ – weiß jemand was?`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    resources: { servers: ['sql-fleet-gwc'] },
  },
  {
    tool: 'Go SDK',
    language: 'English',
    source: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/azcore#ResponseError',
    text: `2026/11/23 11:02:51 failed to finish the request: GET https://management.azure.com${rg}/providers/Microsoft.Sql/locations/japaneast/serverKeyAzureAsyncOperation/0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f
--------------------------------------------------------------------------------
RESPONSE 200: 200 OK
ERROR CODE: AkvHostNotResolvingFromNode
--------------------------------------------------------------------------------
{
  "name": "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f",
  "status": "Failed",
  "error": {
    "code": "AkvHostNotResolvingFromNode",
    "message": "AKV host 'kv-fleet-jpe.vault.azure.net' is not resolvable from SQL, on server 'sql-fleet-jpe'."
  }
}
--------------------------------------------------------------------------------`,
    codes: ['AkvHostNotResolvingFromNode'],
    says: "AKV host 'kv-fleet-jpe.vault.azure.net' is not resolvable from SQL, on server 'sql-fleet-jpe'.",
    resources: { servers: ['sql-fleet-jpe'], vaults: ['kv-fleet-jpe'] },
  },
  {
    tool: 'az, expired sign-in',
    language: 'English',
    source: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
    text: `ERROR: AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on 2026-11-20T07:00:12.3456789Z and the maximum allowed lifetime for this request is 43200.
Trace ID: 1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f
Interactive authentication is needed. Please run:
az login --scope https://management.core.windows.net//.default`,
    codes: ['AADSTS70043'],
    says: 'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on 2026-11-20T07:00:12.3456789Z and the maximum allowed lifetime for this request is 43200.',
  },
  {
    tool: 'SQL Server log, EKM',
    language: 'English',
    source: olderSqlErrors,
    text: `2026-11-23 11:02:51.33 spid57      Error: 33183, Severity: 16, State: 1.
2026-11-23 11:02:51.33 spid57      The Azure Key Vault client encountered an error with message 'Operation returned an invalid status code Forbidden'.`,
    codes: ['33183'],
    says: "The Azure Key Vault client encountered an error with message 'Operation returned an invalid status code Forbidden'.",
  },
  {
    tool: 'JSON of az deployment operation list',
    language: 'English',
    source: serverKeysApi,
    text: `[
  {
    "operationId": "3F4A5B6C7D8E9F00",
    "properties": {
      "provisioningState": "Failed",
      "statusCode": "Conflict",
      "statusMessage": {
        "error": {
          "additionalInfo": null,
          "code": "ServerKeyNameAlreadyExists",
          "details": null,
          "message": "The server key '${keyName}' already exists. Please choose a different server key name.",
          "target": null
        },
        "status": "Failed"
      },
      "targetResource": {
        "id": "${server}/keys/${keyName}",
        "resourceName": "sql-fleet-jpe/${keyName}",
        "resourceType": "Microsoft.Sql/servers/keys"
      }
    }
  }
]`,
    codes: ['ServerKeyNameAlreadyExists'],
    says: `The server key '${keyName}' already exists. Please choose a different server key name.`,
    resources: { servers: ['sql-fleet-jpe'], serverKeys: [keyName] },
    values: { server: 'sql-fleet-jpe', keyUri },
  },
];
