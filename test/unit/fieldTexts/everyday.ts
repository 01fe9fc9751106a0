import { connectivity, olderSqlErrors, serverKeysApi, sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = '6e5d4c3b-2a19-4087-96f5-e4d3c2b1a090';
const rg = `/subscriptions/${sub}/resourceGroups/rg-orchard`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-orchard-plc`;
const version = '89abcdef0123456789abcdef01234567';
const keyUri = `https://kv-orchard-plc.vault.azure.net/keys/tde-orchard/${version}`;
const keyName = `kv-orchard-plc_tde-orchard_${version}`;

/** A sample of everyday texts. */
export const everyday: readonly FieldText[] = [
  {
    tool: 'az sql server tde-key revalidate',
    language: 'English',
    source: sqlErrors,
    text: `ERROR: (CMKOperationNotAllowed) The server sql-orchard-plc no longer has access to the Azure Key Vault required for the current TDE configuration. In order to change the encryption setting for the server you must first re-establish access to the Key Vault. https://go.microsoft.com/fwlink/?linkid=2095036
Code: CMKOperationNotAllowed`,
    codes: ['CMKOperationNotAllowed'],
    says: 'The server sql-orchard-plc no longer has access to the Azure Key Vault required for the current TDE configuration. In order to change the encryption setting for the server you must first re-establish access to the Key Vault. https://go.microsoft.com/fwlink/?linkid=2095036',
    resources: { servers: ['sql-orchard-plc'] },
  },
  {
    tool: 'New-AzResourceGroupDeployment',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code',
    text: `New-AzResourceGroupDeployment: 9:14:22 AM - The deployment 'main' failed with error(s). Showing 2 out of 2 error(s).
Status Message: The server identity is not correctly configured on server 'sql-orchard-plc'. (Code:AzureKeyVaultNoServerIdentity)
Status Message: Resource 'kv-orchard-plc' was disallowed by policy. (Code:RequestDisallowedByPolicy)
CorrelationId: 1f2e3d4c-5b6a-4798-8a7b-6c5d4e3f2a1b`,
    codes: ['AzureKeyVaultNoServerIdentity', 'RequestDisallowedByPolicy'],
    says: "The server identity is not correctly configured on server 'sql-orchard-plc'.",
    resources: { servers: ['sql-orchard-plc'] },
  },
  {
    tool: 'portal, deployment details',
    language: 'English',
    source: serverKeysApi,
    text: `{
    "code": "DeploymentFailed",
    "target": "${rg}/providers/Microsoft.Resources/deployments/Microsoft.SQLServer.createServer",
    "message": "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    "details": [
        {
            "code": "InvalidIdentityTypeForKeyId",
            "message": "Please change identity type to 'UserAssigned' or 'SystemAssigned,UserAssigned' and assign a primary user-assigned managed identity having the following Azure Key Vault permissions 'Get, WrapKey, UnwrapKey' to access the key '${keyUri}'. (https://aka.ms/sqltdebyokcreateserver)"
        }
    ]
}`,
    codes: ['InvalidIdentityTypeForKeyId'],
    says: `Please change identity type to 'UserAssigned' or 'SystemAssigned,UserAssigned' and assign a primary user-assigned managed identity having the following Azure Key Vault permissions 'Get, WrapKey, UnwrapKey' to access the key '${keyUri}'. (https://aka.ms/sqltdebyokcreateserver)`,
    resources: { keys: [keyUri], vaults: ['kv-orchard-plc'] },
  },
  {
    tool: 'go-mssqldb',
    language: 'English',
    source: olderSqlErrors,
    text: `panic: mssql: Can not connect to the database in its current state.

goroutine 1 [running]:
main.main()
	/src/main.go:42 +0x1d4`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Portuguese',
    source: connectivity,
    text: `TÍTULO: Conectar ao Servidor
------------------------------

Não é possível conectar-se a sql-orchard-brs.database.windows.net.

------------------------------
INFORMAÇÕES ADICIONAIS:

Database 'orchard' on server 'sql-orchard-brs' is not currently available.  Please retry the connection later. (Microsoft SQL Server, Erro: 40613)

------------------------------
BOTÕES:

OK`,
    codes: ['40613'],
    says: "Database 'orchard' on server 'sql-orchard-brs' is not currently available. Please retry the connection later.",
    resources: { servers: ['sql-orchard-brs'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Chinese (traditional)',
    source: olderSqlErrors,
    text: `訊息 40925，層級 14，狀態 1，行 3
無法在資料庫目前的狀態下連接到資料庫。`,
    codes: ['40925'],
    says: '無法在資料庫目前的狀態下連接到資料庫。',
  },
  {
    tool: 'Terraform azurerm, a missing key',
    language: 'English',
    source: sqlErrors,
    text: `╷
│ Error: creating/updating Transparent Data Encryption for Server (Subscription: "${sub}"
│ Resource Group Name: "rg-orchard"
│ Server Name: "sql-orchard-plc"): performing CreateOrUpdate: unexpected status 404 (404 Not Found) with error: ServerKeyNotFound: The requested server key was not found.
│
│   with module.sql.azurerm_mssql_server_transparent_data_encryption.this,
│   on modules/sql/tde.tf line 1, in resource "azurerm_mssql_server_transparent_data_encryption" "this":
│    1: resource "azurerm_mssql_server_transparent_data_encryption" "this" {
│
╵`,
    codes: ['ServerKeyNotFound'],
    says: 'The requested server key was not found.',
    resources: { servers: ['sql-orchard-plc'], resourceGroups: ['rg-orchard'] },
  },
  {
    tool: 'az keyvault key create',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
    text: `(Forbidden) Caller is not authorized to perform action on resource.
If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.
Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/
Action: 'Microsoft.KeyVault/vaults/keys/create/action'
Resource: '${rg.toLowerCase()}/providers/microsoft.keyvault/vaults/kv-orchard-plc/keys/tde-orchard'
Assignment: (not found)
DenyAssignmentId: null
DecisionReason: null 
Vault: kv-orchard-plc;location=polandcentral
Code: Forbidden
Message: Caller is not authorized to perform action on resource.
Inner error: {
    "code": "ForbiddenByRbac"
}`,
    codes: ['ForbiddenByRbac'],
    resources: { vaults: ['kv-orchard-plc'] },
  },
  {
    tool: 'Resource Health event',
    language: 'English',
    source: troubleshootTde,
    text: `Tuesday, November 24, 2026, 7:20 AM GMT+1 — Unavailable : Customer initiated
Database inaccessible. Access to Azure Key Vault has been lost for this database.
Resource: ${server}/databases/orchard`,
    codes: ['MakeDatabaseInaccessible'],
    resources: { servers: ['sql-orchard-plc'], resourceGroups: ['rg-orchard'] },
  },
  {
    tool: 'Remove-AzSqlServerKeyVaultKey, debug',
    language: 'English',
    source: serverKeysApi,
    text: `DEBUG: ============================ HTTP RESPONSE ============================

Status Code:
Conflict

Headers:
x-ms-request-id               : 4c3b2a19-0876-4f5e-9d4c-3b2a19087f6e
x-ms-correlation-request-id   : 4c3b2a19-0876-4f5e-9d4c-3b2a19087f6e

Body:
{
  "error": {
    "code": "AzureKeyVaultKeyInUse",
    "message": "The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector."
  }
}`,
    codes: ['AzureKeyVaultKeyInUse'],
    says: `The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector.`,
    resources: { serverKeys: [keyName], vaults: ['kv-orchard-plc'] },
    values: { keyUri, keyName: 'tde-orchard' },
  },
  {
    tool: 'pyodbc',
    language: 'German',
    source: connectivity,
    text: `pyodbc.OperationalError: ('42000', '[42000] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Die Datenbank "orchard" auf dem Server "sql-orchard-plc" ist zurzeit nicht verfügbar. (40613) (SQLDriverConnect)')`,
    codes: ['40613'],
    says: 'Die Datenbank "orchard" auf dem Server "sql-orchard-plc" ist zurzeit nicht verfügbar.',
    resources: { servers: ['sql-orchard-plc'] },
  },
  {
    tool: 'sqlcmd',
    language: 'Japanese',
    source: olderSqlErrors,
    text: `メッセージ 40613、レベル 17、状態 1、サーバー sql-orchard-jpe、行 1
サーバー 'sql-orchard-jpe' のデータベース 'orchard' は現在使用できません。後で接続を再試行してください。`,
    codes: ['40613'],
    says: "サーバー 'sql-orchard-jpe' のデータベース 'orchard' は現在使用できません。後で接続を再試行してください。",
    resources: { servers: ['sql-orchard-jpe'] },
  },
];
