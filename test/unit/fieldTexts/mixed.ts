import { keyVaultRest, olderSqlErrors, serverKeysApi, sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = '51c7e0a9-2b4d-4f6e-8a1c-3d5f7b9e0c21';
const rg = `/subscriptions/${sub}/resourceGroups/rg-parcels-prod`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-parcels-neu`;
const version = 'c0ffee00112233445566778899aabbcc';
const keyUri = `https://kv-parcels-neu.vault.azure.net/keys/tde-parcels/${version}`;
const keyName = `kv-parcels-neu_tde-parcels_${version}`;
const hsmUri = `https://hsm-parcels.managedhsm.azure.net/keys/tde-parcels/${version}`;
const permissions = `The server 'sql-parcels-neu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '0f9e8d7c-6b5a-4c3d-8e2f-1a0b9c8d7e6f'. (https://aka.ms/sqltdebyoksetup)`;

/** Texts that mix tools, quote each other, or were changed on their way. */
export const mixed: readonly FieldText[] = [
  {
    tool: 'SqlPackage',
    language: 'English',
    source: olderSqlErrors,
    text: `*** Could not deploy package.
Error SQL72014: Framework Microsoft SqlClient Data Provider: Msg 33184, Level 16, State 1, Line 1 An error occurred while obtaining information for the Azure Key Vault client with message 'Managed identity not found'.
Error SQL72045: Script execution error.  The executed script:
ALTER DATABASE [$(DatabaseName)] SET ENCRYPTION ON;`,
    codes: ['33184'],
    says: "An error occurred while obtaining information for the Azure Key Vault client with message 'Managed identity not found'.",
  },
  {
    tool: 'az keyvault',
    language: 'English',
    source: keyVaultRest,
    text: `(Unauthorized) AKV10032: Invalid issuer. Expected one of https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/, https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/, found https://sts.windows.net/0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e/.
Code: Unauthorized
Message: AKV10032: Invalid issuer. Expected one of https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/, https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/, found https://sts.windows.net/0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e/.`,
    codes: ['Unauthorized'],
    says: 'AKV10032: Invalid issuer. Expected one of https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/, https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/, found https://sts.windows.net/0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e/.',
  },
  {
    tool: 'az --debug, a challenge and then a refusal',
    language: 'English',
    source: keyVaultRest,
    text: `cli.azure.cli.core.sdk.policies: Response status: 401
cli.azure.cli.core.sdk.policies: Response headers:
cli.azure.cli.core.sdk.policies:     'WWW-Authenticate': 'Bearer authorization="https://login.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31", resource="https://vault.azure.net"'
cli.azure.cli.core.sdk.policies: Response content:
cli.azure.cli.core.sdk.policies: {"error":{"code":"Unauthorized","message":"AKV10000: Request is missing a Bearer or PoP token."}}
cli.azure.cli.core.sdk.policies: Request URL: 'https://kv-parcels-neu.vault.azure.net/keys/tde-parcels?api-version=7.4'
cli.azure.cli.core.sdk.policies: Response status: 403
cli.azure.cli.core.sdk.policies:     'x-ms-request-id': '2f6d8b1c-7a9e-4c0d-9b3f-5e1a7c2d4b60'
cli.azure.cli.core.sdk.policies: Response content:
cli.azure.cli.core.sdk.policies: {"error":{"code":"Forbidden","message":"Public network access is disabled and request is not from a trusted service nor via an approved private link.\\r\\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11\\r\\nVault: kv-parcels-neu;location=northeurope","innererror":{"code":"ForbiddenByConnection"}}}`,
    codes: ['ForbiddenByConnection'],
    says: 'Public network access is disabled and request is not from a trusted service nor via an approved private link. Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11 Vault: kv-parcels-neu;location=northeurope',
    resources: { vaults: ['kv-parcels-neu'] },
  },
  {
    tool: 'managed HSM',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/managed-hsm/access-control',
    text: `(Forbidden) User is not authorized to perform action: 'Microsoft.KeyVault/managedHsm/keys/read/action' at scope: '/keys/tde-parcels'. If you have recently been granted access, wait for the assignment to propagate. (Activity ID: 2f6d8b1c-7a9e-4c0d-9b3f-5e1a7c2d4b60)
Code: Forbidden
Message: User is not authorized to perform action: 'Microsoft.KeyVault/managedHsm/keys/read/action' at scope: '/keys/tde-parcels'. If you have recently been granted access, wait for the assignment to propagate. (Activity ID: 2f6d8b1c-7a9e-4c0d-9b3f-5e1a7c2d4b60)`,
    codes: ['Forbidden'],
    says: "User is not authorized to perform action: 'Microsoft.KeyVault/managedHsm/keys/read/action' at scope: '/keys/tde-parcels'. If you have recently been granted access, wait for the assignment to propagate. (Activity ID: 2f6d8b1c-7a9e-4c0d-9b3f-5e1a7c2d4b60)",
  },
  {
    tool: 'az sql, key of a managed HSM',
    language: 'English',
    source: sqlErrors,
    text: `$ az sql server key create -g rg-parcels-prod -s sql-parcels-neu --kid ${hsmUri}
(AzureKeyVaultGenericConnectionError) The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information for '${hsmUri}' from server 'sql-parcels-neu'. The encountered error message is 'Forbidden'.
Code: AzureKeyVaultGenericConnectionError`,
    codes: ['AzureKeyVaultGenericConnectionError'],
    says: `The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information for '${hsmUri}' from server 'sql-parcels-neu'. The encountered error message is 'Forbidden'.`,
    resources: { servers: ['sql-parcels-neu'], vaults: ['hsm-parcels'], keys: [hsmUri] },
    values: { keyUri: hsmUri, vault: 'hsm-parcels', keyName: 'tde-parcels' },
  },
  {
    tool: 'PowerShell, two prompts on one line',
    language: 'English',
    source: sqlErrors,
    text: `PS C:\\Users\\ada> Add-AzSqlServerKeyVaultKey -ResourceGroupName rg-parcels-prod -ServerName sql-parcels-neu -KeyId ${keyUri}Add-AzSqlServerKeyVaultKey: ${permissions}PS C:\\Users\\ada> `,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
    resources: { servers: ['sql-parcels-neu'], keys: [keyUri], resourceGroups: ['rg-parcels-prod'] },
  },
  {
    tool: 'a mail that quotes az',
    language: 'English',
    source: sqlErrors,
    text: `On Fri, 20 Nov 2026 at 17:02, Grace wrote:
> Rotation failed again:
>
> (AzureKeyVaultMissingPermissions) ${permissions}
> Code: AzureKeyVaultMissingPermissions
> Message: ${permissions}
>
> Any idea?`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: permissions,
    resources: { servers: ['sql-parcels-neu'] },
  },
  {
    tool: 'az, wrapped by an 80-column terminal',
    language: 'English',
    source: sqlErrors,
    text: `(AzureKeyVaultMissingPermissions) The server 'sql-parcels-neu' requires the foll
owing Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the m
issing permissions to the service principal with ID '0f9e8d7c-6b5a-4c3d-8e2f-1a0
b9c8d7e6f'. (https://aka.ms/sqltdebyoksetup)`,
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: ['sql-parcels-neu'] },
  },
  {
    tool: 'az with names taken out',
    language: 'English',
    source: sqlErrors,
    text: `az sql server key create -g <resource-group> -s <server> --kid https://<vault>.vault.azure.net/keys/<key>/<version>
(AzureKeyVaultNoServerIdentity) The server identity is not correctly configured on server '<server>'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    resources: { servers: [], vaults: [], keys: [], resourceGroups: [] },
  },
  {
    tool: "az with the names of Microsoft's sample",
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-configure',
    text: `az sql server key create --server contososerver --resource-group ContosoRG --kid https://contosovault.vault.azure.net/keys/contosokey/${version}
(AzureKeyVaultKeyNameNotFound) The operation could not be completed because the Azure Key Vault Key name 'contosokey' does not exist.`,
    codes: ['AzureKeyVaultKeyNameNotFound'],
    says: "The operation could not be completed because the Azure Key Vault Key name 'contosokey' does not exist.",
    resources: { servers: [], vaults: [], keys: [] },
  },
  {
    tool: 'PowerShell, three failing servers',
    language: 'English',
    source: sqlErrors,
    text: `sql-parcels-neu.database.windows.net: The server 'sql-parcels-neu' requires the following Azure Key Vault permissions: 'Get'. Please grant the missing permissions to the service principal with ID '0f9e8d7c-6b5a-4c3d-8e2f-1a0b9c8d7e6f'. (https://aka.ms/sqltdebyoksetup)
sql-parcels-weu.database.windows.net: The operation could not be completed on server 'sql-parcels-weu' because the Azure Key Vault key '${keyUri}' is disabled.
sql-parcels-uks.database.windows.net: AKV host 'kv-parcels-uks.vault.azure.net' is not resolvable from SQL, on server 'sql-parcels-uks'.`,
    codes: ['AzureKeyVaultMissingPermissions', 'AzureKeyVaultKeyDisabled', 'AkvHostNotResolvingFromNode'],
    resources: {
      servers: ['sql-parcels-neu', 'sql-parcels-weu', 'sql-parcels-uks'],
      vaults: ['kv-parcels-neu', 'kv-parcels-uks'],
      keys: [keyUri],
    },
    values: { keyUri },
  },
  {
    tool: 'az sql mi',
    language: 'English',
    source: sqlErrors,
    text: `az sql mi tde-key set -g rg-parcels-prod --managed-instance mi-parcels --server-key-type AzureKeyVault --kid ${keyUri}
(AzureKeyVaultKeyDisabled) The operation could not be completed on server 'mi-parcels' because the Azure Key Vault key '${keyUri}' is disabled.
Code: AzureKeyVaultKeyDisabled`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { servers: [], instances: ['mi-parcels'] },
    values: { instance: 'mi-parcels', resourceGroup: 'rg-parcels-prod', keyUri },
  },
  {
    tool: 'Get-AzSqlServerKeyVaultKey and the failure',
    language: 'English',
    source: serverKeysApi,
    text: `ResourceGroupName : rg-parcels-prod
ServerName        : sql-parcels-neu
ServerKeyName     : ${keyName}
Type              : AzureKeyVault
Thumbprint        : 0A1B2C3D4E5F60718293A4B5C6D7E8F901234567

Remove-AzSqlServerKeyVaultKey : The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector.`,
    codes: ['AzureKeyVaultKeyInUse'],
    says: `The operation could not be completed because the Azure Key Vault Key name '${keyName}' is currently set as server encryption protector.`,
    resources: {
      servers: ['sql-parcels-neu'],
      serverKeys: [keyName],
      vaults: ['kv-parcels-neu'],
      resourceGroups: ['rg-parcels-prod'],
    },
    values: { keyUri, vault: 'kv-parcels-neu', keyName: 'tde-parcels' },
  },
  {
    tool: 'activity log, CSV',
    language: 'English',
    source: troubleshootTde,
    text: `Correlation id,Operation name,Status,Event category,Level,Time,Subscription,Event initiated by,Resource type,Resource group,Resource
9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a,Create or update the server key,Failed,Administrative,Error,2026-11-20T16:02:11.000Z,${sub},ada@parcels.example,Microsoft.Sql/servers/keys,rg-parcels-prod,${server}/keys/${keyName}
"{""error"":{""code"":""AzureKeyVaultInvalidUri"",""message"":""An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.""}}"`,
    codes: ['AzureKeyVaultInvalidUri'],
    says: 'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
    resources: { servers: ['sql-parcels-neu'], serverKeys: [keyName] },
  },
  {
    tool: 'Python SDK, repr of the exception',
    language: 'English',
    source: serverKeysApi,
    text: `HttpResponseError: (AdalGenericError) The operation could not be completed because an Azure Active Directory error was encountered. The error message from Active Directory Authentication library (ADAL) is 'AADSTS700027: Client assertion contains an invalid signature.'.\\nCode: AdalGenericError\\nMessage: The operation could not be completed because an Azure Active Directory error was encountered. The error message from Active Directory Authentication library (ADAL) is 'AADSTS700027: Client assertion contains an invalid signature.'.`,
    codes: ['AdalGenericError'],
    says: "The operation could not be completed because an Azure Active Directory error was encountered. The error message from Active Directory Authentication library (ADAL) is 'AADSTS700027: Client assertion contains an invalid signature.'.",
  },
  {
    tool: 'YAML of a Crossplane resource',
    language: 'English',
    source: sqlErrors,
    text: `    - lastTransitionTime: "2026-11-20T16:02:11Z"
      message: 'create failed: async create failed: failed to create the resource: [{0 creating
        Server Key: performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with
        error: SecurityInvalidAzureKeyVaultRecoveryLevel: The provided Key Vault uri
        ''${keyUri}''
        is not valid. Please ensure the key vault has been configured with soft-delete and
        purge protection. (https://aka.ms/sqltdebyoksoftdelete)  []}]'
      reason: ReconcileError`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    resources: { vaults: ['kv-parcels-neu'] },
  },
  {
    tool: 'kubectl of an application',
    language: 'English',
    source: olderSqlErrors,
    text: `parcels-api-6d5f7c8b9-x2x4z  | [16:02:11 ERR] Failed executing DbCommand (30,012ms)
parcels-api-6d5f7c8b9-x2x4z  | Microsoft.Data.SqlClient.SqlException (0x80131904): Database 'parcels' is not accessible due to Azure Key Vault critical error.
parcels-api-6d5f7c8b9-x2x4z  | ClientConnectionId:6f5e4d3c-2b1a-4f0e-9d8c-7b6a5f4e3d2c
parcels-api-6d5f7c8b9-x2x4z  | Error Number:40981,State:1,Class:14`,
    codes: ['40981'],
    says: "Database 'parcels' is not accessible due to Azure Key Vault critical error.",
  },
  {
    tool: 'JSON log line',
    language: 'English',
    source: olderSqlErrors,
    text: `{"@t":"2026-11-20T16:02:11.0480000Z","@mt":"Health check {Name} failed","@l":"Error","@x":"Microsoft.Data.SqlClient.SqlException (0x80131904): Can not connect to the database in its current state.\\n   at Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception)\\nClientConnectionId:6f5e4d3c-2b1a-4f0e-9d8c-7b6a5f4e3d2c\\nError Number:40925,State:1,Class:20","Name":"sql-parcels-neu"}`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'portal notification',
    language: 'Spanish',
    source: sqlErrors,
    text: `No se pudo guardar la configuración
Error al guardar la configuración de Cifrado de datos transparente para el servidor: sql-parcels-neu. Mensaje de error: The operation could not be completed on server 'sql-parcels-neu' because attempts to connect to Azure Key Vault 'kv-parcels-neu' have failed`,
    codes: ['AzureKeyVaultConnectionFailed'],
    says: "The operation could not be completed on server 'sql-parcels-neu' because attempts to connect to Azure Key Vault 'kv-parcels-neu' have failed",
    resources: { servers: ['sql-parcels-neu'], vaults: ['kv-parcels-neu'] },
  },
  {
    tool: 'portal notification',
    language: 'Portuguese',
    source: sqlErrors,
    text: `Falha ao salvar as configurações
Mensagem de erro: A primary user assigned managed identity has not been specified. Please specify the primary managed identity that you would like to use for the server 'sql-parcels-brs'.`,
    codes: ['MissingPrimaryIdentity'],
    says: "A primary user assigned managed identity has not been specified. Please specify the primary managed identity that you would like to use for the server 'sql-parcels-brs'.",
    resources: { servers: ['sql-parcels-brs'] },
  },
  {
    tool: 'sqlcmd',
    language: 'Spanish',
    source: olderSqlErrors,
    text: `Mens. 40981, Nivel 14, Estado 1, Servidor sql-parcels-neu, Línea 1
No se puede obtener acceso a la base de datos 'parcels' debido a un error crítico de Azure Key Vault.`,
    codes: ['40981'],
    says: "No se puede obtener acceso a la base de datos 'parcels' debido a un error crítico de Azure Key Vault.",
    resources: { servers: ['sql-parcels-neu'] },
  },
  {
    tool: 'ADO.NET',
    language: 'Japanese',
    source: olderSqlErrors,
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): 現在の状態のデータベースに接続できません。
   場所 Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)
   場所 Microsoft.Data.SqlClient.TdsParser.Run(RunBehavior runBehavior)
ClientConnectionId:6f5e4d3c-2b1a-4f0e-9d8c-7b6a5f4e3d2c
エラー番号:40925、状態:1、クラス:20`,
    codes: ['40925'],
    says: '現在の状態のデータベースに接続できません。',
  },
  {
    tool: 'SSMS, an unknown error',
    language: 'German',
    source: olderSqlErrors,
    text: `Meldung 33111, Ebene 16, Status 3, Zeile 2
Der Server-Zertifikat mit Fingerabdruck '0x0A1B2C3D4E5F60718293A4B5C6D7E8F901234567' wurde nicht gefunden.
Meldung 3013, Ebene 16, Status 1, Zeile 2
RESTORE DATABASE wird fehlerbedingt beendet.`,
    codes: ['33111', '3013'],
    says: "Der Server-Zertifikat mit Fingerabdruck '0x0A1B2C3D4E5F60718293A4B5C6D7E8F901234567' wurde nicht gefunden.",
  },
  {
    tool: 'Azure Monitor alert',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/service-health/resource-health-alert-monitor-guide',
    text: JSON.stringify({
      schemaId: 'Microsoft.Insights/activityLogs',
      data: {
        status: 'Activated',
        context: {
          activityLog: {
            channels: 'Admin, Operation',
            correlationId: '9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b6a',
            eventSource: 'ResourceHealth',
            level: 'Critical',
            operationName: 'Microsoft.Resourcehealth/healthevent/Activated/action',
            properties: {
              title: 'Database inaccessible',
              details: 'Access to Azure Key Vault has been lost for this database.',
              currentHealthStatus: 'Unavailable',
              cause: 'UserInitiated',
            },
            resourceId: `${server}/databases/parcels`,
            resourceGroupName: 'rg-parcels-prod',
          },
        },
      },
    }),
    codes: ['MakeDatabaseInaccessible'],
    says: 'Access to Azure Key Vault has been lost for this database.',
    resources: { servers: ['sql-parcels-neu'], resourceGroups: ['rg-parcels-prod'] },
  },
  {
    tool: 'az, an unknown code',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors',
    text: `(InvalidResourceLocation) The resource 'sql-parcels-neu' already exists in location 'northeurope' in resource group 'rg-parcels-prod'. A resource with the same name cannot be created in location 'westeurope'. Please select a new resource name.
Code: InvalidResourceLocation
Message: The resource 'sql-parcels-neu' already exists in location 'northeurope' in resource group 'rg-parcels-prod'. A resource with the same name cannot be created in location 'westeurope'. Please select a new resource name.`,
    codes: ['InvalidResourceLocation'],
    says: "The resource 'sql-parcels-neu' already exists in location 'northeurope' in resource group 'rg-parcels-prod'. A resource with the same name cannot be created in location 'westeurope'. Please select a new resource name.",
    resources: { resourceGroups: ['rg-parcels-prod'] },
  },
];
