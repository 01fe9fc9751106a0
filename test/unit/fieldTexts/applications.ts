import { connectivity, olderSqlErrors, type FieldText } from './fieldText';

/** Applications, drivers, and services that connect to a database. */
export const applications: readonly FieldText[] = [
  {
    tool: 'Data Factory',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/data-factory/connector-troubleshoot-azure-sql-database',
    text: `ErrorCode=SqlFailedToConnect,'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=Cannot connect to SQL Database. Please contact SQL server team for further support. Server: 'sql-tickets-weu.database.windows.net', Database: 'tickets', User: 'loader'. Check the linked service configuration is correct, and make sure the SQL Database firewall allows the integration runtime to access.,Source=Microsoft.DataTransfer.Connectors.MSSQL,''Type=Microsoft.Data.SqlClient.SqlException,Message=Can not connect to the database in its current state.,Source=Framework Microsoft SqlClient Data Provider,SqlErrorNumber=40925,Class=20,ErrorCode=-2146232060,State=1,Errors=[{Class=20,Number=40925,State=1,Message=Can not connect to the database in its current state.,},],'`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Power BI',
    language: 'English',
    source: 'https://learn.microsoft.com/power-bi/connect-data/refresh-troubleshooting-refresh-scenarios',
    text: `DataSource.Error: Microsoft SQL: Database 'tickets' on server 'sql-tickets-weu' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{0F6A2C1D-9B1E-4E8E-8E39-4E3B1D0C7A55}'.
Details:
    DataSourceKind=SQL
    DataSourcePath=sql-tickets-weu.database.windows.net;tickets
    Message=Database 'tickets' on server 'sql-tickets-weu' is not currently available.
    ErrorCode=-2146232060
    Number=40613
    Class=20`,
    codes: ['40613'],
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Prisma',
    language: 'English',
    source: 'https://docs.rs/tiberius/latest/tiberius/error/struct.TokenError.html',
    text: `Error: SQL error: Token error: 'Database 'tickets' is not accessible due to Azure Key Vault critical error.' on server sql-tickets-weu executing  on line 1 (code: 40981, state: 1, class: 14)`,
    codes: ['40981'],
    says: "Database 'tickets' is not accessible due to Azure Key Vault critical error.",
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'DataGrip',
    language: 'English',
    source: olderSqlErrors,
    text: `[S0001][40925] Can not connect to the database in its current state.
[2026-11-21 09:12:44] Connection to tickets@sql-tickets-weu.database.windows.net failed.`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'dbt',
    language: 'English',
    source: connectivity,
    text: `09:12:44  Encountered an error:
Database Error
  ('42000', "[42000] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Database 'tickets' on server 'sql-tickets-weu' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{0F6A2C1D-9B1E-4E8E-8E39-4E3B1D0C7A55}'. (40613) (SQLDriverConnect)")`,
    codes: ['40613'],
    says: "Database 'tickets' on server 'sql-tickets-weu' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{0F6A2C1D-9B1E-4E8E-8E39-4E3B1D0C7A55}'.",
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Spring Boot',
    language: 'English',
    source: 'https://github.com/relferreira/metabase-sparksql-databricks-driver/issues/37',
    text: `2026-11-21T09:12:44.512Z ERROR 1 --- [           main] com.zaxxer.hikari.pool.HikariPool        : HikariPool-1 - Exception during pool initialization.

com.microsoft.sqlserver.jdbc.SQLServerException: Database 'tickets' is not accessible due to Azure Key Vault critical error. ClientConnectionId:aa11bb22-cc33-4d44-8e55-ff6677889900
	at com.microsoft.sqlserver.jdbc.SQLServerException.makeFromDatabaseError(SQLServerException.java:262) ~[mssql-jdbc-12.4.2.jre11.jar:na]
	at com.microsoft.sqlserver.jdbc.TDSTokenHandler.onEOF(tdsparser.java:289) ~[mssql-jdbc-12.4.2.jre11.jar:na]`,
    codes: ['40981'],
    says: "Database 'tickets' is not accessible due to Azure Key Vault critical error.",
  },
  {
    tool: 'Application Insights',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete#exception-telemetry',
    text: JSON.stringify({
      type: 'Microsoft.Data.SqlClient.SqlException',
      outerMessage: 'Can not connect to the database in its current state.',
      innermostMessage: 'Can not connect to the database in its current state.',
      problemId: 'Microsoft.Data.SqlClient.SqlException at Tickets.Data.Repository.OpenAsync',
      details: [{ severityLevel: 'Error', message: 'Can not connect to the database in its current state.' }],
      customDimensions: { server: 'sql-tickets-weu.database.windows.net', SqlErrorNumber: '40925' },
    }),
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'SSMS 21',
    language: 'English',
    source: connectivity,
    text: `Cannot connect to tcp:mi-tickets.public.9f8e7d6c5b4a.database.windows.net,3342.

------------------------------

Database 'tickets' is not accessible due to Azure Key Vault critical error. (Framework Microsoft SqlClient Data Provider)

------------------------------
Server Name: tcp:mi-tickets.public.9f8e7d6c5b4a.database.windows.net,3342
Error Number: 40981
Severity: 14
State: 1`,
    codes: ['40981'],
    says: "Database 'tickets' is not accessible due to Azure Key Vault critical error.",
    resources: { servers: [], instances: ['mi-tickets'] },
    values: { instance: 'mi-tickets' },
  },
  {
    tool: 'sys.dm_operation_status',
    language: 'English',
    source:
      'https://learn.microsoft.com/sql/relational-databases/system-dynamic-management-views/sys-dm-operation-status-azure-sql-database',
    text: `operation        state_desc  percent_complete  error_code  error_desc                                                                                                                                  error_severity
UPDATE LOGICAL   FAILED      0                 45321       The operation could not be completed on server 'sql-tickets-weu' because attempts to connect to Azure Key Vault 'kv-tickets' have failed       16`,
    codes: ['AzureKeyVaultConnectionFailed'],
    resources: { servers: ['sql-tickets-weu'], vaults: ['kv-tickets'] },
  },
  {
    tool: 'Managed instance error log',
    language: 'English',
    source: 'https://unstructed.tech/2024/11/09/why-azure-sql-dbs-become-inaccessible',
    text: `11/21/2026 09:12:44,spid41s,Unknown,Error: 33184<c/> Severity: 16<c/> State: 1.
11/21/2026 09:12:44,spid41s,Unknown,An error occurred while obtaining information for the Azure Key Vault client with message 'The remote name could not be resolved'.`,
    codes: ['33184'],
    says: "An error occurred while obtaining information for the Azure Key Vault client with message 'The remote name could not be resolved'.",
  },
  {
    tool: 'VS Code mssql',
    language: 'English',
    source: olderSqlErrors,
    text: `mssql: Error 40925: Can not connect to the database in its current state.`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'a question in a forum',
    language: 'English',
    source: 'https://github.com/MicrosoftDocs/sql-docs/issues/8138',
    text: `Hi all, since yesterday our app throws this, nothing was changed:

> Database 'tickets' on server 'sql-tickets-weu' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{0F6A2C1D-9B1E-4E8E-8E39-4E3B1D0C7A55}'.
> (Microsoft SQL Server, Error: 40613)

The database uses TDE with a customer-managed key in kv-tickets.vault.azure.net. Thanks`,
    codes: ['40613'],
    resources: { servers: ['sql-tickets-weu'], vaults: ['kv-tickets'] },
  },
  {
    tool: 'a login that failed',
    language: 'English',
    source: connectivity,
    text: `Login failed for user 'loader'. (Microsoft SQL Server, Error: 18456)`,
    codes: ['18456'],
    says: "Login failed for user 'loader'.",
  },
];
