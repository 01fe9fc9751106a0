import { connectivity, olderSqlErrors, serverKeysApi, sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = 'd0c1b2a3-9485-4768-8594-a3b2c1d0e9f8';
const rg = `/subscriptions/${sub}/resourceGroups/rg-meters`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-meters-frc`;
const version = '00112233445566778899aabbccddeeff';
const keyUri = `https://kv-meters-frc.vault.azure.net/keys/tde-meters/${version}`;
const keyName = `kv-meters-frc_tde-meters_${version}`;

/** Published messages with names in their gaps, names of other clouds and aliases, and output without an error. */
export const published: readonly FieldText[] = [
  {
    tool: 'az sql',
    language: 'English',
    source: sqlErrors,
    text: `ERROR: The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information for '${keyUri}' from server 'sql-meters-frc'. The encountered error message is 'The remote name could not be resolved: kv-meters-frc.vault.azure.net'.`,
    codes: ['AzureKeyVaultGenericConnectionError'],
    says: `The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information for '${keyUri}' from server 'sql-meters-frc'. The encountered error message is 'The remote name could not be resolved: kv-meters-frc.vault.azure.net'.`,
    resources: { servers: ['sql-meters-frc'], keys: [keyUri], vaults: ['kv-meters-frc'] },
  },
  {
    tool: 'az sql',
    language: 'English',
    source: sqlErrors,
    text: `ERROR: (45385) Unexpected Key Vault region found in the response for Key Vault 'kv-meters-frc' associated with server 'sql-meters-frc'. Expected region: 'francecentral', Region receieved in response: 'francesouth'. (https://aka.ms/sqltdebyokgeodr)
Code: 45385`,
    codes: ['AzureKeyVaultMismatchError'],
    says: "Unexpected Key Vault region found in the response for Key Vault 'kv-meters-frc' associated with server 'sql-meters-frc'. Expected region: 'francecentral', Region receieved in response: 'francesouth'. (https://aka.ms/sqltdebyokgeodr)",
    resources: { servers: ['sql-meters-frc'], vaults: ['kv-meters-frc'] },
  },
  {
    tool: 'Az PowerShell',
    language: 'English',
    source: sqlErrors,
    text: `New-AzSqlDatabaseSecondary: Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).`,
    codes: ['SecurityAzureKeyVaultGeoChainError'],
    says: 'Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).',
  },
  {
    tool: 'portal notification',
    language: 'English',
    source: sqlErrors,
    text: `The operation could not be completed because certificate rotation is in progress for server 'sql-meters-frc'.`,
    codes: ['45349'],
    resources: { servers: ['sql-meters-frc'] },
  },
  {
    tool: 'Terraform azurerm',
    language: 'English',
    source: sqlErrors,
    text: `│ Error: updating Server: unexpected status 400 (400 Bad Request) with error: BlockedByOutboundFirewall: The operation was not allowed because of the outbound firewall rule configuration for 'kv-meters-frc.vault.azure.net'.
│
│   with azurerm_mssql_server.meters,`,
    codes: ['BlockedByOutboundFirewall'],
    says: "The operation was not allowed because of the outbound firewall rule configuration for 'kv-meters-frc.vault.azure.net'.",
    resources: { vaults: ['kv-meters-frc'] },
  },
  {
    tool: 'portal notification',
    language: 'English',
    source: sqlErrors,
    text: `Failed to set key. Unable to add keys to the Azure SQL Server due to CryptographicException. Error details: Exponent: 'AQ==', Modulus: 'wQ=='. For additional support, contact your system administrator or Microsoft Customer Support Services`,
    codes: ['45594'],
  },
  {
    tool: 'az sql db ltr-policy',
    language: 'English',
    source: sqlErrors,
    text: `(PerDBCMKNotSupportedWithLTR) Database-level CMK is not supported when Long-term Backup Retention is enabled on the database.
Code: PerDBCMKNotSupportedWithLTR
Message: Database-level CMK is not supported when Long-term Backup Retention is enabled on the database.`,
    codes: ['PerDBCMKNotSupportedWithLTR'],
    says: 'Database-level CMK is not supported when Long-term Backup Retention is enabled on the database.',
  },
  {
    tool: 'az sql db copy',
    language: 'English',
    source: sqlErrors,
    text: `ERROR: Geo Replication and Database Copy is not supported when Database-level CMK is configured in preview.`,
    codes: ['PerDatabaseCMKGeoReplicationNotSupported'],
    says: 'Geo Replication and Database Copy is not supported when Database-level CMK is configured in preview.',
  },
  {
    tool: 'az sql mi start',
    language: 'English',
    source: sqlErrors,
    text: `Operation cannot be executed as instance is in stopping/stopped state. Please start your instance and submit the request again.`,
    codes: ['ManagedInstanceStoppingOrStopped'],
    says: 'Operation cannot be executed as instance is in stopping/stopped state. Please start your instance and submit the request again.',
  },
  {
    tool: 'sqlcmd through a private endpoint',
    language: 'English',
    source: olderSqlErrors,
    text: `$ sqlcmd -S sql-meters-frc.privatelink.database.windows.net -d meters -G
Msg 40925, Level 14, State 1, Server sql-meters-frc, Line 1
Can not connect to the database in its current state.`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-meters-frc'] },
  },
  {
    tool: 'a node of the cluster',
    language: 'English',
    source: connectivity,
    text: `Connection to e0f1a2b3c4d5.tr4242.francecentral1-a.worker.database.windows.net,11003 failed: Database 'meters' on server 'sql-meters-frc' is not currently available.  Please retry the connection later. (40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-meters-frc'], instances: [] },
  },
  {
    tool: 'SSMS, failover group of instances',
    language: 'English',
    source: olderSqlErrors,
    text: `Cannot connect to fog-meters.secondary.4d5e6f708192.database.windows.net.

Database 'meters' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server, Error: 40981)`,
    codes: ['40981'],
    resources: { servers: [], instances: [] },
  },
  {
    tool: 'SSMS, China',
    language: 'Chinese (simplified)',
    source: connectivity,
    text: `无法连接到 mi-meters.a1b2c3d4e5f6.database.chinacloudapi.cn。

Database 'meters' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server，错误: 40981)`,
    codes: ['40981'],
    resources: { servers: [], instances: ['mi-meters'] },
    values: { instance: 'mi-meters' },
  },
  {
    tool: 'az keyvault, US Government',
    language: 'English',
    source: serverKeysApi,
    text: `(AzureKeyVaultKeyNameNotFound) The operation could not be completed because the Azure Key Vault Key name 'https://kv-meters-va.vault.usgovcloudapi.net/keys/tde-meters/${version}' does not exist.
Code: AzureKeyVaultKeyNameNotFound`,
    codes: ['AzureKeyVaultKeyNameNotFound'],
    resources: {
      vaults: ['kv-meters-va'],
      keys: [`https://kv-meters-va.vault.usgovcloudapi.net/keys/tde-meters/${version}`],
    },
  },
  {
    tool: 'az sql server key list, without an error',
    language: 'English',
    source: serverKeysApi,
    text: JSON.stringify(
      [
        {
          creationDate: '2026-10-01T08:00:00.123Z',
          id: `${server}/keys/${keyName}`,
          kind: 'azurekeyvault',
          location: 'France Central',
          name: keyName,
          resourceGroup: 'rg-meters',
          serverKeyType: 'AzureKeyVault',
          thumbprint: '0A1B2C3D4E5F60718293A4B5C6D7E8F901234567',
          uri: keyUri,
        },
      ],
      undefined,
      2,
    ),
    codes: [],
    resources: { servers: ['sql-meters-frc'], serverKeys: [keyName], keys: [keyUri] },
  },
  {
    tool: 'Terraform plan, without an error',
    language: 'English',
    source:
      'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/mssql_server_transparent_data_encryption',
    text: `  # azurerm_mssql_server_transparent_data_encryption.meters will be updated in-place
  ~ resource "azurerm_mssql_server_transparent_data_encryption" "meters" {
        id                    = "${server}/encryptionProtector/current"
      ~ key_vault_key_id      = "${keyUri}" -> (known after apply)
    }

Plan: 0 to add, 1 to change, 0 to destroy.`,
    codes: [],
  },
  {
    tool: 'T-SQL, without an error',
    language: 'English',
    source: olderSqlErrors,
    text: `SELECT db_name(database_id), encryption_state, percent_complete FROM sys.dm_database_encryption_keys; -- (40613 rows)
Completion time: 2026-11-24T09:00:00.0000000+01:00`,
    codes: [],
  },
  {
    tool: 'activity log of a recovered database',
    language: 'English',
    source: troubleshootTde,
    text: `EventName: MakeDatabaseAccessible
Status: Succeeded
Description: Access to Azure Key Vault Key has been re-established and database meters on server sql-meters-frc is now online.`,
    codes: ['MakeDatabaseAccessible'],
    says: 'Access to Azure Key Vault Key has been re-established and database meters on server sql-meters-frc is now online.',
    resources: { servers: ['sql-meters-frc'] },
  },
  {
    tool: 'two activity log entries',
    language: 'English',
    source: troubleshootTde,
    text: `[
  {"eventName":"MakeDatabaseInaccessible","status":"Started","description":"Database meters on Server sql-meters-frc has lost access to Azure Key Vault Key and is now transitioning to inaccessible state."},
  {"operationName":"Microsoft.Sql/servers/encryptionProtector/revalidate/action","status":"Failed","properties":{"statusMessage":"{\\"error\\":{\\"code\\":\\"AzureKeyVaultMissingPermissions\\",\\"message\\":\\"The server 'sql-meters-frc' requires the following Azure Key Vault permissions: 'UnwrapKey'.\\"}}"}}
]`,
    codes: ['MakeDatabaseInaccessible', 'AzureKeyVaultMissingPermissions'],
    says: 'Database meters on Server sql-meters-frc has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    resources: { servers: ['sql-meters-frc'] },
  },
  {
    tool: 'portal notification',
    language: 'German',
    source: sqlErrors,
    text: `Fehler beim Aktualisieren der Serveridentität
Fehlermeldung: One or more identity id(s) provided are not valid ARM resource id(s). Please input valid id(s) and try again. For more details, go to https://aka.ms/sqltdebyokcreateserver`,
    codes: ['InvalidIdentityId'],
    says: 'One or more identity id(s) provided are not valid ARM resource id(s). Please input valid id(s) and try again. For more details, go to https://aka.ms/sqltdebyokcreateserver',
  },
  {
    tool: 'SSMS query window',
    language: 'German',
    source: sqlErrors,
    text: `Meldung 45330, Ebene 16, Status 1, Zeile 1
Für den Server "sql-meters-frc" sind die folgenden Azure Key Vault-Berechtigungen erforderlich: "Get, WrapKey, UnwrapKey".`,
    codes: ['AzureKeyVaultMissingPermissions'],
    says: 'Für den Server "sql-meters-frc" sind die folgenden Azure Key Vault-Berechtigungen erforderlich: "Get, WrapKey, UnwrapKey".',
    resources: { servers: ['sql-meters-frc'] },
  },
  {
    tool: 'EF Core migration',
    language: 'Spanish',
    source: olderSqlErrors,
    text: `Error Number:40981,State:1,Class:14
Microsoft.Data.SqlClient.SqlException (0x80131904): No se puede tener acceso a la base de datos 'meters' debido a un error crítico de Azure Key Vault.
   en Microsoft.Data.SqlClient.SqlConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)`,
    codes: ['40981'],
    says: "No se puede tener acceso a la base de datos 'meters' debido a un error crítico de Azure Key Vault.",
  },
];
