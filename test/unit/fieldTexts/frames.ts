import { keyVaultRest, olderSqlErrors, serverKeysApi, sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = '7b6a5948-3726-4150-8f9e-8d7c6b5a4938';
const rg = `/subscriptions/${sub}/resourceGroups/rg-harbor`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-harbor-noe`;
const version = 'fedcba9876543210fedcba9876543210';
const keyUri = `https://kv-harbor-noe.vault.azure.net/keys/tde-harbor/${version}`;
const keyName = `kv-harbor-noe_tde-harbor_${version}`;
const permissions = `The server 'sql-harbor-noe' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '3c2b1a09-8f7e-4d6c-9b5a-4938271605f4'. (https://aka.ms/sqltdebyoksetup)`;
const noise = Array.from(
  { length: 300 },
  (_, i) =>
    `DEBUG: urllib3.connectionpool: https://management.azure.com:443 "GET ${rg}/providers/Microsoft.Sql/servers?api-version=2023-08-01&page=${i} HTTP/1.1" 200 1843`,
).join('\n');

/** Frames, colors, encodings, and long logs around an error. */
export const frames: readonly FieldText[] = [
  {
    tool: 'az in a box',
    language: 'English',
    source: sqlErrors,
    text: `╭──────────────────────────────────── Error ─────────────────────────────────────╮
│ (AzureKeyVaultMissingPermissions) The server 'sql-harbor-noe' requires the       │
│ following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant   │
│ the missing permissions to the service principal with ID                         │
│ '3c2b1a09-8f7e-4d6c-9b5a-4938271605f4'. (https://aka.ms/sqltdebyoksetup)         │
╰──────────────────────────────────────────────────────────────────────────────────╯`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
    resources: { servers: ['sql-harbor-noe'], principals: ['3c2b1a09-8f7e-4d6c-9b5a-4938271605f4'] },
  },
  {
    tool: 'a table of ASCII characters',
    language: 'English',
    source: sqlErrors,
    text: `+----------------+---------------------------+----------------------------------------------------------------+
| Server         | Code                      | Message                                                        |
+----------------+---------------------------+----------------------------------------------------------------+
| sql-harbor-noe | AzureKeyVaultKeyDisabled  | The operation could not be completed on server 'sql-harbor-noe' because the Azure Key Vault key 'tde-harbor' is disabled. |
+----------------+---------------------------+----------------------------------------------------------------+`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Az PowerShell 5',
    language: 'German',
    source: sqlErrors,
    text: `Set-AzSqlServerTransparentDataEncryptionProtector : ${permissions}
In Zeile:1 Zeichen:1
+ Set-AzSqlServerTransparentDataEncryptionProtector -ResourceGroupName  ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : CloseError: (:) [Set-AzSqlServer...ryptionProtector], CloudException
    + FullyQualifiedErrorId : Microsoft.Azure.Commands.Sql.TransparentDataEncryption.Cmdlet.SetAzureSqlServerTransparentDataEncryptionProtector`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Az PowerShell 7, only the margin',
    language: 'English',
    source: serverKeysApi,
    text: `     | The operation could not be completed because the Azure Key Vault key
     | '${keyUri}'
     | expiration date is invalid.`,
    codes: ['AzureKeyVaultInvalidExpirationDate'],
    says: `The operation could not be completed because the Azure Key Vault key '${keyUri}' expiration date is invalid.`,
    resources: { keys: [keyUri] },
  },
  {
    tool: 'colors that lost their first character',
    language: 'English',
    source: sqlErrors,
    text: `[31;1mRemove-AzSqlServerKeyVaultKey: [0m[31;1mServer key '${keyName}' does not exist. Make sure that the server key name is entered correctly.[0m`,
    codes: ['ServerKeyDoesNotExists'],
    says: `Server key '${keyName}' does not exist. Make sure that the server key name is entered correctly.`,
    resources: { serverKeys: [keyName], vaults: ['kv-harbor-noe'] },
    values: { keyUri },
  },
  {
    tool: 'Windows line breaks',
    language: 'English',
    source: sqlErrors,
    text: `(AzureKeyVaultMissingPermissions) ${permissions}\r\nCode: AzureKeyVaultMissingPermissions\r\nMessage: ${permissions}\r\n\r\nC:\\Users\\ada>`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
  },
  {
    tool: 'az --debug, a long log',
    language: 'English',
    source: serverKeysApi,
    text: `${noise}
DEBUG: cli.azure.cli.core.sdk.policies: Response status: 409
DEBUG: cli.azure.cli.core.sdk.policies: {"error":{"code":"AzureKeyVaultKeyInUse","message":"The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector."}}
${noise}`,
    codes: ['AzureKeyVaultKeyInUse'],
    says: `The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector.`,
    resources: { serverKeys: [keyName] },
  },
  {
    tool: 'JSON that was encoded four times',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code',
    text: [1, 2, 3].reduce(
      (inner) => JSON.stringify({ status: 'Failed', error: { code: 'ResourceDeploymentFailure', message: inner } }),
      JSON.stringify({
        error: {
          code: 'AkvEndpointNotReachableFromNode',
          message:
            "AKV endpoint 'kv-harbor-noe.vault.azure.net' is not reachable from SQL, on server 'sql-harbor-noe'.",
        },
      }),
    ),
    codes: ['AkvEndpointNotReachableFromNode'],
    says: "AKV endpoint 'kv-harbor-noe.vault.azure.net' is not reachable from SQL, on server 'sql-harbor-noe'.",
    resources: { vaults: ['kv-harbor-noe'], servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Python dictionary',
    language: 'English',
    source: serverKeysApi,
    text: `{'error': {'code': 'AzureKeyVaultNoServerIdentity', 'message': "The server identity is not correctly configured on server 'sql-harbor-noe'."}, 'status': 'Failed'}`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    says: "The server identity is not correctly configured on server 'sql-harbor-noe'.",
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'JavaScript object',
    language: 'English',
    source: keyVaultRest,
    text: `{
  code: 'Forbidden',
  statusCode: 403,
  details: {
    error: {
      code: 'Forbidden',
      message: 'The user, group or application \\'appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46\\' does not have keys unwrapKey permission on key vault \\'kv-harbor-noe;location=norwayeast\\'.',
      innererror: [Object]
    }
  }
}`,
    codes: ['ForbiddenByPolicy'],
    resources: { vaults: ['kv-harbor-noe'] },
  },
  {
    tool: 'XML of a logic app',
    language: 'English',
    source: olderSqlErrors,
    text: `<error><code>40925</code><message>Can not connect to the database in its current state.</message><server>sql-harbor-noe.database.windows.net</server></error>`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Slack message in a code block',
    language: 'English',
    source: sqlErrors,
    text: 'hey can someone grant this? ```(AzureKeyVaultMissingPermissions) ' + permissions + '```',
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
  },
  {
    tool: 'Azure Functions log',
    language: 'English',
    source: olderSqlErrors,
    text: `2026-11-24T07:12:09.113 [Error] Executed 'Functions.Sync' (Failed, Id=9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d, Duration=15023ms)Database 'harbor' on server 'sql-harbor-noe' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{AA0B1C2D-3E4F-4051-8263-7485960A1B2C}'.`,
    codes: ['40613'],
    says: "Database 'harbor' on server 'sql-harbor-noe' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{AA0B1C2D-3E4F-4051-8263-7485960A1B2C}'.",
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Grafana alert',
    language: 'English',
    source: troubleshootTde,
    text: `[FIRING:1] TDE key lost
Labels: alertname = tde-lost, resource = sql-harbor-noe/harbor
Annotations: description = MakeDatabaseInaccessible Started: Database harbor on Server sql-harbor-noe has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.
Source: https://grafana.example/alerting/1`,
    codes: ['MakeDatabaseInaccessible'],
    resources: { servers: ['sql-harbor-noe'] },
  },
  {
    tool: 'Terraform in a CI log with times and colors',
    language: 'English',
    source: sqlErrors,
    text: `2026-11-24T07:12:09.1131234Z [31m╷[0m[0m
2026-11-24T07:12:09.1132345Z [31m│[0m [0m[1m[31mError: [0m[0m[1mcreating Server Key (Subscription: "${sub}"
2026-11-24T07:12:09.1133456Z [31m│[0m [0mResource Group Name: "rg-harbor"
2026-11-24T07:12:09.1134567Z [31m│[0m [0mServer Name: "sql-harbor-noe"
2026-11-24T07:12:09.1135678Z [31m│[0m [0mKey Name: "${keyName}"): performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error: AzureKeyVaultMissingPermissions: ${permissions}[0m
2026-11-24T07:12:09.1136789Z [31m│[0m [0m
2026-11-24T07:12:09.1137890Z [31m│[0m [0m[0m  with azurerm_mssql_server_transparent_data_encryption.harbor,
2026-11-24T07:12:09.1138901Z [31m╵[0m[0m
2026-11-24T07:12:09.1139012Z ##[error]Terraform command 'apply' failed with exit code '1'.`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
    resources: {
      servers: ['sql-harbor-noe'],
      serverKeys: [keyName],
      resourceGroups: ['rg-harbor'],
      subscriptions: [sub],
    },
    values: { keyUri },
  },
  {
    tool: 'curl with -v',
    language: 'English',
    source: serverKeysApi,
    text: `> PUT ${server}/keys/${keyName}?api-version=2023-08-01 HTTP/2
> Host: management.azure.com
> Authorization: Bearer [removed]
< HTTP/2 400
< content-type: application/json; charset=utf-8
< x-ms-request-id: 0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f
<
{"error":{"code":"AzureKeyVaultKeyNameNotFound","message":"The operation could not be completed because the Azure Key Vault Key name '${keyUri}' does not exist."}}`,
    codes: ['AzureKeyVaultKeyNameNotFound'],
    says: `The operation could not be completed because the Azure Key Vault Key name '${keyUri}' does not exist.`,
    resources: { servers: ['sql-harbor-noe'], keys: [keyUri], serverKeys: [keyName] },
  },
];
