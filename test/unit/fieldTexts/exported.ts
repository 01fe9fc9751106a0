import { keyVaultRest, serverKeysApi, troubleshootTde, type FieldText } from './fieldText';

const sub = '6f0c1d2e-3a4b-4c5d-8e6f-7a8b9c0d1e2f';
const rg = `/subscriptions/${sub}/resourceGroups/rg-tolls`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-tolls-noe`;
const version = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const keyUri = `https://kv-tolls-noe.vault.azure.net/keys/tolls-tde/${version}`;
const keyName = `kv-tolls-noe_tolls-tde_${version}`;
const missing = `The server 'sql-tolls-noe' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '4f3e2d1c-0b9a-4887-a6b5-c4d3e2f1a0b9'.`;
const noGet = `The user, group or application 'appid=7c9e6679-7425-40de-944b-e07fc1f90ae7;oid=4f3e2d1c-0b9a-4887-a6b5-c4d3e2f1a0b9;iss=https://sts.windows.net/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/' does not have keys get permission on key vault 'kv-tolls-noe;location=norwayeast'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287`;

/** Texts of exported logs and of tools around Azure Resource Manager and Key Vault. */
export const exported: readonly FieldText[] = [
  {
    tool: 'CSI driver of Kubernetes',
    language: 'English',
    source: 'https://github.com/Azure/secrets-store-csi-driver-provider-azure/issues/590',
    text: `E1002 04:15:22.470472       1 server.go:54] "failed to process mount request" err="failed to get objectType:key, objectName:tolls-tde, objectVersion:: keyvault.BaseClient#GetKey: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code=\\"Forbidden\\" Message=\\"${noGet}\\" InnerError={\\"code\\":\\"AccessDenied\\"}"`,
    codes: ['ForbiddenByPolicy'],
    says: noGet,
    resources: { vaults: ['kv-tolls-noe'] },
  },
  {
    tool: 'Terraform of 2019, no access policy',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-azurerm-terraform-enterprise/issues/47',
    text: `* azurerm_key_vault_key.tde: keyvault.BaseClient#GetKey: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code="Forbidden" Message="Access denied. Caller was not found on any access policy.\\r\\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=731b021b-d6c0-41f7-b417-9874875730dc;numgroups=2;iss=https://sts.windows.net/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/\\r\\nVault: kv-tolls-noe;location=norwayeast" InnerError={"code":"AccessDenied"}`,
    codes: ['ForbiddenByPolicy'],
    resources: { vaults: ['kv-tolls-noe'] },
  },
  {
    tool: 'Pulumi azure-nextgen',
    language: 'English',
    source: 'https://github.com/pulumi/pulumi-azure-nextgen/issues/195',
    text: `  azure-nextgen:keyvault/latest:Key (k):
    error: cannot check existence of resource '${rg}/providers/Microsoft.KeyVault/vaults/kv-tolls-noe/keys/tolls-tde': status code 400, {"error":{"code":"ForbiddenByRbac","message":"[ForbiddenByRbac (Forbidden)] Caller is not authorized to perform action on resource.\\r\\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\\r\\nCaller: name=KeyVault/ManagementPlane\\r\\nVault: kv-tolls-noe;location=norwayeast"}}`,
    codes: ['ForbiddenByRbac'],
    resources: { vaults: ['kv-tolls-noe'] },
  },
  {
    tool: 'Pulumi verbose log',
    language: 'English',
    source: 'https://github.com/pulumi/pulumi-azure-native/issues/3403',
    text: `I1002 04:16:53.708982 1439415 eventsink.go:78] eventSink::Infoerr(<{%reset%}>Content-Type: application/json; charset=utf-8
<{%reset%}>)
I1002 04:16:53.709111 1439415 eventsink.go:78] eventSink::Infoerr(<{%reset%}>X-Ms-Failure-Cause: service
<{%reset%}>)
I1002 04:16:53.709222 1439415 eventsink.go:78] eventSink::Infoerr(<{%reset%}>{"error":{"code":"AzureKeyVaultMissingPermissions","message":"${missing}"}}
<{%reset%}>)`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: missing,
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'CloudQuery, JSON lines',
    language: 'English',
    source: 'https://github.com/cloudquery/cloudquery/issues/16133',
    text: `{"level":"error","module":"cli","client":"subscriptions/${sub}","error":"GET https://management.azure.com${server}/encryptionProtector/current\\n--------------------------------------------------------------------------------\\nRESPONSE 403: 403 Forbidden\\nERROR CODE: AuthorizationFailed\\n--------------------------------------------------------------------------------\\n{\\n  \\"error\\": {\\n    \\"code\\": \\"AuthorizationFailed\\",\\n    \\"message\\": \\"The client '5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8' with object id '5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8' does not have authorization to perform action 'Microsoft.Sql/servers/encryptionProtector/read' over scope '${server}/encryptionProtector/current' or the scope is invalid. If access was recently granted, please refresh your credentials.\\"\\n  }\\n}\\n","message":"table resolver finished with error","table":"azure_sql_server_encryption_protectors","time":"2026-10-02T04:17:25Z"}`,
    codes: ['AuthorizationFailed'],
    resources: { servers: ['sql-tolls-noe'], resourceGroups: ['rg-tolls'] },
  },
  {
    tool: 'a condition of a role assignment',
    language: 'English',
    source: 'https://github.com/Azure/enterprise-azure-policy-as-code',
    text: `ERROR: (AuthorizationFailed) The client 'ada@tolls.example' with object id '1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11' has an authorization with ABAC condition that is not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${rg}/providers/Microsoft.KeyVault/vaults/kv-tolls-noe/keys/tolls-tde/providers/Microsoft.Authorization/roleAssignments/0a8f2c9e-6f57-4d5a-9e9a-1d2c3b4a5f60' or the scope is invalid. If access was recently granted, please refresh your credentials.
Code: AuthorizationFailed`,
    codes: ['AuthorizationFailed'],
    resources: { vaults: ['kv-tolls-noe'], resourceGroups: ['rg-tolls'] },
  },
  {
    tool: 'portal, Add role assignment',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/role-based-access-control/troubleshooting',
    text: `Failed to add id-tolls as Key Vault Crypto Service Encryption User for tolls-tde : The client 'ada@tolls.example' with object id '1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11' does not have authorization or an ABAC condition not fulfilled to perform action 'Microsoft.Authorization/roleAssignments/write' over scope '${rg}/providers/Microsoft.KeyVault/vaults/kv-tolls-noe/keys/tolls-tde/providers/Microsoft.Authorization/roleAssignments/0a8f2c9e-6f57-4d5a-9e9a-1d2c3b4a5f60' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    codes: ['AuthorizationFailed'],
    resources: { vaults: ['kv-tolls-noe'] },
  },
  {
    tool: 'activity log streamed to an event hub',
    language: 'English',
    source: serverKeysApi,
    text: `{"records":[{"time":"2026-10-02T04:18:40.2020202Z","resourceId":"${server.toUpperCase()}/KEYS/${keyName.toUpperCase()}","operationName":"MICROSOFT.SQL/SERVERS/KEYS/WRITE","category":"Administrative","resultType":"Failure","resultSignature":"Failed.BadRequest","properties":{"eventCategory":"Administrative","entity":"${server}/keys/${keyName}","message":"Microsoft.Sql/servers/keys/write","statusCode":"BadRequest","statusMessage":"{\\"error\\":{\\"code\\":\\"AzureKeyVaultNoServerIdentity\\",\\"message\\":\\"The server identity is not correctly configured on server 'sql-tolls-noe'. Please contact support.\\"}}"}}]}`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    says: "The server identity is not correctly configured on server 'sql-tolls-noe'. Please contact support.",
    resources: { servers: ['sql-tolls-noe'], resourceGroups: ['rg-tolls'] },
  },
  {
    tool: 'Terraform, JSON output',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform/issues/35136',
    text: `{"@level":"error","@message":"Error: updating Transparent Data Encryption for Server (Subscription: \\"${sub}\\"\\nResource Group Name: \\"rg-tolls\\"\\nServer Name: \\"sql-tolls-noe\\"): polling failed: the Azure API returned the following error:\\n\\nStatus: \\"AzureKeyVaultKeyDisabled\\"\\nCode: \\"\\"\\nMessage: \\"The operation could not be completed on the server because the Azure Key Vault key '${keyUri}' is disabled.\\"\\nActivity Id: \\"\\"","@module":"terraform.ui","@timestamp":"2026-10-02T04:19:00.000000Z","diagnostic":{"severity":"error","summary":"updating Transparent Data Encryption"},"type":"diagnostic"}`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { keys: [keyUri], servers: ['sql-tolls-noe'] },
    values: { keyUri },
  },
  {
    tool: 'Terragrunt',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/25906',
    text: `04:19:12.101 STDERR [sql/tde] terraform: ╷
04:19:12.101 STDERR [sql/tde] terraform: │ Error: creating/updating Mssql Server (Server Name: "sql-tolls-noe"): performing
04:19:12.101 STDERR [sql/tde] terraform: │ CreateOrUpdate: unexpected status 400 (400 Bad Request) with error:
04:19:12.101 STDERR [sql/tde] terraform: │ SecurityInvalidAzureKeyVaultRecoveryLevel: The provided Key Vault uri
04:19:12.101 STDERR [sql/tde] terraform: │ '${keyUri}' is not valid. Please ensure the key vault has been configured with soft-delete and purge protection.
04:19:12.101 STDERR [sql/tde] terraform: ╵`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'az inside Windows PowerShell',
    language: 'English',
    source: serverKeysApi,
    text: `az : ERROR: (UmiMissingAkvPermissions) The server 'sql-tolls-noe' requires the following Azure Key Vault permissions: 'Get,
WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID
'4f3e2d1c-0b9a-4887-a6b5-c4d3e2f1a0b9'.
At line:1 char:1
+ az sql server tde-key set -g rg-tolls -s sql-tolls-noe --server-key-type Az ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : NotSpecified: (ERROR: (UmiMiss... a0b9'.:String) [], RemoteException
    + FullyQualifiedErrorId : NativeCommandError`,
    codes: ['UmiMissingAkvPermissions'],
    resources: { servers: ['sql-tolls-noe'], resourceGroups: ['rg-tolls'] },
  },
  {
    tool: 'Az PowerShell with -Debug',
    language: 'English',
    source: 'https://github.com/Azure/azure-powershell/issues/12115',
    text: `DEBUG: ============================ HTTP RESPONSE ============================

Status Code:
Conflict

Headers:
x-ms-failure-cause            : gateway
x-ms-request-id               : c7da18ed-9d9c-422e-9037-8c25f376c670
x-ms-routing-request-id       : NORWAYEAST:20261002T041932Z:c7da18ed-9d9c-422e-9037-8c25f376c670

Body:
{
  "error": {
    "code": "ScopeLocked",
    "message": "The scope '${server}/keys/${keyName}' cannot perform write operation because following scope(s) are locked: '${rg}'. Please remove the lock and try again."
  }
}`,
    codes: ['ScopeLocked'],
    resources: { servers: ['sql-tolls-noe'], resourceGroups: ['rg-tolls'], serverKeys: [keyName] },
  },
  {
    tool: 'HAR file of a browser',
    language: 'English',
    source:
      'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy',
    text: `{"log":{"version":"1.2","entries":[{"request":{"method":"PUT","url":"https://management.azure.com${server}/keys/${keyName}?api-version=2021-11-01"},"response":{"status":403,"content":{"mimeType":"application/json; charset=utf-8","text":"{\\"error\\":{\\"code\\":\\"RequestDisallowedByPolicy\\",\\"target\\":\\"${keyName}\\",\\"message\\":\\"Resource '${keyName}' was disallowed by policy. Policy identifiers: '[{\\\\\\"policyAssignment\\\\\\":{\\\\\\"name\\\\\\":\\\\\\"Only HSM keys\\\\\\"}}]'.\\"}}"}}}]}}`,
    codes: ['RequestDisallowedByPolicy'],
    resources: { serverKeys: [keyName], servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'a shell script with two refusals',
    language: 'English',
    source: 'https://github.com/bouvet/nord-juice-shop/issues/55',
    text: `Assigning the identity of 'sql-tolls-noe'
ERROR: (AuthorizationFailed) The client 'ada@tolls.example' with object id '1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11' does not have authorization to perform action 'Microsoft.Sql/servers/write' over scope '${server}' or the scope is invalid. If access was recently granted, please refresh your credentials.
Code: AuthorizationFailed

Creating the key
ERROR: (KeyVaultErrorException) (Forbidden) Caller is not authorized to perform action on resource.
Code: Forbidden
Message: Caller is not authorized to perform action on resource.
Inner error: {
    "code": "ForbiddenByRbac"
}`,
    codes: ['AuthorizationFailed', 'ForbiddenByRbac'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'Rust Key Vault SDK',
    language: 'English',
    source: 'https://github.com/Azure/azure-sdk-for-rust/issues/14',
    text: `Error: Error { context: Full(Custom { kind: HttpResponse { status: Forbidden, error_code: Some("Forbidden") }, error: HttpError { status: Forbidden, details: ErrorDetails { code: Some("Forbidden"), message: Some("Client address is not authorized and caller is not a trusted service.\\r\\nClient address: 203.0.113.80\\r\\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46\\r\\nVault: kv-tolls-noe;location=norwayeast") } } }, "server returned error status which will not be retried: 403") }`,
    codes: ['ForbiddenByFirewall'],
    resources: { vaults: ['kv-tolls-noe'] },
  },
  {
    tool: 'activity log in a question, managed instance',
    language: 'English',
    source: 'https://github.com/MicrosoftDocs/sql-docs/issues/7360',
    text: `EventName: MakeDatabaseInaccessible
Status: InProgress
Description: Database is waiting for Azure key vault key access to be reestablished by user within 8 hours.`,
    codes: ['MakeDatabaseInaccessible'],
  },
  {
    tool: 'Jira issue',
    language: 'English',
    source: serverKeysApi,
    text: `h3. TDE key rotation failed
{noformat}
{"name":"3b1c5b0e-4a5b-4e36-9a1e-0b1d1f7c2c11","status":"Failed","startTime":"2026-10-02T04:20:01.13Z","error":{"code":"SameKeyUriNotFoundOnRemoteServer","message":"Secondary server 'sql-tolls-nwe' does not have the same key uri '${keyUri}' as the primary server."}}
{noformat}
*Server:* sql-tolls-noe
*Assignee:* [~ada]`,
    codes: ['SameKeyUriNotFoundOnRemoteServer'],
    resources: { keys: [keyUri] },
  },
  {
    tool: 'portal in Danish',
    language: 'Danish',
    source: troubleshootTde,
    text: `Det lykkedes ikke at opdatere serverens TDE-indstillinger
Kunne ikke gemme indstillingerne for Transparent Data Encryption for server: sql-tolls-noe. Fejlkode: AzureKeyVaultKeyDisabled. Fejlmeddelelse: Handlingen kunne ikke fuldføres på serveren, fordi nøglen '${keyUri}' er deaktiveret.`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { keys: [keyUri] },
  },
  {
    tool: 'portal in Hungarian',
    language: 'Hungarian',
    source: troubleshootTde,
    text: `A(z) sql-tolls-noe kiszolgáló TDE-beállításainak mentése nem sikerült. Hibakód: AzureKeyVaultMissingPermissions. Hibaüzenet: ${missing}`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: missing,
  },
  {
    tool: 'SSMS text in an Arabic mail, with marks of direction',
    language: 'Arabic',
    source: troubleshootTde,
    text: `لا يمكن الاتصال بقاعدة البيانات منذ الليلة الماضية. رسالة الخطأ:\u200f \u202aMsg 40981, Level 14, State 1\u202c\n\u200fما الذي يمكن فعله؟`,
    codes: ['40981'],
  },
  {
    tool: 'sqlcmd, then a wrong code page',
    language: 'German',
    source: troubleshootTde,
    text: `Meldung 40925, Ebene 14, Status 1, Server sql-tolls-noe, Zeile 1
Es kann keine Verbindung mit der Datenbank in ihrem aktuellen Zustand hergestellt werden. KÃ¶nnen wir das lÃ¶sen?`,
    codes: ['40925'],
  },
  {
    tool: 'Key Vault diagnostics in an Event Hub',
    language: 'English',
    source: keyVaultRest,
    text: `{"time":"2026-10-02T04:21:00.44Z","category":"AuditEvent","operationName":"KeyWrap","resultType":"Success","resultSignature":"Forbidden","resultDescription":"Operation wrapKey is not allowed on a disabled key.","resourceId":"${rg.toUpperCase()}/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV-TOLLS-NOE","properties":{"id":"${keyUri}","clientInfo":"AzureSQLDB","httpStatusCode":403,"requestUri":"${keyUri}/wrapkey?api-version=2015-06-01"}}`,
    codes: ['KeyDisabled'],
    resources: { keys: [keyUri] },
  },
];
