import { connectivity, olderSqlErrors, sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const host = 'sql-tolls-noe.database.windows.net';
const unavailable = `Database 'tolls' on server 'sql-tolls-noe' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{6B0D1C55-0D33-4A0E-9E67-5B8E6C4C8C11}'.`;
const noKey = "Database 'tolls' is not accessible due to Azure Key Vault critical error.";
const vaultError = "The Azure Key Vault client encountered an error with message 'Key operation denied'.";

/** Texts of drivers and tools that connect to a database. */
export const drivers: readonly FieldText[] = [
  {
    tool: 'pymssql in Airflow',
    language: 'English',
    source: 'https://github.com/astronomer/astro-sdk/issues/2095',
    text: `[2026-10-02, 04:11:37 UTC] {taskinstance.py:2905} ERROR - Task failed with exception
Traceback (most recent call last):
  File "src/pymssql/_pymssql.pyx", line 650, in pymssql._pymssql.connect
pymssql._pymssql.OperationalError: (40613, b"Database 'tolls' on server '${host}' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{77552186-180C-4873-B9FF-BED89116AEA9}'.DB-Lib error message 20018, severity 20:\\nGeneral SQL Server error: Check messages from the SQL Server\\nDB-Lib error message 20002, severity 9:\\nAdaptive Server connection failed (${host})\\n")`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'tiberius in Rust',
    language: 'English',
    source: 'https://github.com/steffengy/tiberius/pull/25',
    text: `called \`Result::unwrap()\` on an \`Err\` value: Server(TokenError { code: 40981, state: 3, class: 14, message: "${noKey}", server: "sql-tolls-noe", procedure: "", line: 1 })`,
    codes: ['40981'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'SqlClient event source',
    language: 'English',
    source: 'https://github.com/dotnet/SqlClient/issues/1957',
    text: `SqlError.ctor | ERR | Info Number 40925, Error State 1, Error Class 14, Error Message 'Can not connect to the database in its current state.', Procedure '', Line Number 65536`,
    codes: ['40925'],
  },
  {
    tool: 'Dataverse plug-in trace',
    language: 'English',
    source: 'https://github.com/microsoft/PowerPlatform-DataverseServiceClient/issues/490',
    text: `   at Microsoft.Crm.SqlExecutionContext.get_Connection()
ClientConnectionId:3c0d2c4a-98c2-4c35-8f9e-2d1b6d4c1c0e
Error Number:40613,State:1,Class:14
ClientConnectionId before routing:3c0d2c4a-98c2-4c35-8f9e-2d1b6d4c1c0e
Error(s) details:
Class: 0xE
LineNumber: 65536
Message: ${unavailable}
Number: 40613
Procedure:
Source: .Net SqlClient Data Provider
State: 1`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'DBeaver',
    language: 'English',
    source: connectivity,
    text: `SQL Error [40613] [S0001]: ${unavailable} ClientConnectionId:0f6a11a5-e7f0-43d2-8e3b-8ed0d60c9d0b`,
    codes: ['40613'],
    says: unavailable.replaceAll('  ', ' '),
  },
  {
    tool: 'Hibernate with HikariCP',
    language: 'English',
    source: sqlErrors,
    text: `2026-10-02T04:12:00.114Z  WARN 1 --- [   scheduling-1] o.h.engine.jdbc.spi.SqlExceptionHelper   : SQL Error: 40981, SQLState: S0003
2026-10-02T04:12:00.115Z ERROR 1 --- [   scheduling-1] o.h.engine.jdbc.spi.SqlExceptionHelper   : ${noKey} ClientConnectionId:5d4e1e2c-7e4a-4e0a-8a7b-f0c2a1f1b9aa`,
    codes: ['40981'],
    says: noKey,
  },
  {
    tool: 'Flyway',
    language: 'English',
    source: connectivity,
    text: `ERROR: Unable to obtain connection from database (jdbc:sqlserver://${host}:1433;databaseName=tolls) for user 'migrator': Can not connect to the database in its current state. ClientConnectionId:a2c7e1de-13a0-4a4a-b80e-6d0f5d3c2b1a
--------------------------------------------------------------------------------
SQL State  : S0001
Error Code : 40925
Message    : Can not connect to the database in its current state.`,
    codes: ['40925'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'nanodbc in R',
    language: 'English',
    source: connectivity,
    text: `Error: nanodbc/nanodbc.cpp:1021: 42000: [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]${unavailable}`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'TinyTDS in Ruby',
    language: 'English',
    source: sqlErrors,
    text: `ActiveRecord::StatementInvalid (TinyTds::Error: ${noKey}):

app/models/toll.rb:41:in 'Toll.open'`,
    codes: ['40981'],
    says: noKey,
  },
  {
    tool: 'Perl DBI',
    language: 'English',
    source: connectivity,
    text: `DBI connect('Driver={ODBC Driver 18 for SQL Server};Server=${host}','reader',...) failed: [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]${unavailable} (SQL-42000) [state was 42000 now 08001]
[Microsoft][ODBC Driver 18 for SQL Server]Invalid connection string attribute (SQL-01S00) at ./nightly.pl line 12.`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'Tableau',
    language: 'English',
    source: troubleshootTde,
    text: `Unable to complete action
Unable to connect to the Microsoft SQL Server server "${host}". Check that the server is running and that you have access privileges to the requested database.
Error Code: 2F0DA4E2
[Microsoft][ODBC Driver 17 for SQL Server][SQL Server]${noKey}
Native error 40981`,
    codes: ['40981'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'dbatools',
    language: 'English',
    source: sqlErrors,
    text: `WARNING: [04:12:33][Connect-DbaInstance] Failure | ${vaultError}
WARNING: [04:12:33][Invoke-DbaQuery] Error occurred while establishing connection to ${host} | Failure | Error 33183, Level 16, State 1`,
    codes: ['33183'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'Spark in Databricks',
    language: 'English',
    source: connectivity,
    text: `Py4JJavaError: An error occurred while calling o392.load.
: com.microsoft.sqlserver.jdbc.SQLServerException: ${unavailable} ClientConnectionId:1f4b9d7e-1d0f-4f7f-8a6f-5f1f6b0b7c1d
	at com.microsoft.sqlserver.jdbc.SQLServerException.makeFromDatabaseError(SQLServerException.java:265)
	at com.microsoft.sqlserver.jdbc.TDSTokenHandler.onEOF(tdsparser.java:283)`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'Elixir Ecto',
    language: 'English',
    source: sqlErrors,
    text: `** (Tds.Error) Line 65536 (Error 40981): ${noKey}`,
    codes: ['40981'],
    says: noKey,
  },
  {
    tool: 'Logic Apps SQL connector',
    language: 'English',
    source: connectivity,
    text: `{"status":400,"message":"Microsoft SQL: ${unavailable}\\r\\nclientRequestId: 5bd8d9b8-8d94-4b62-a7a1-6c1fbb3f1f0b","error":{"message":"Microsoft SQL: ${unavailable}"},"source":"sql-noe.azconn-noe-001.p.azurewebsites.net"}`,
    codes: ['40613'],
    resources: { servers: ['sql-tolls-noe'] },
  },
  {
    tool: 'SSIS',
    language: 'English',
    source: olderSqlErrors,
    text: `[OLE DB Source [2]] Error: SSIS Error Code DTS_E_OLEDBERROR.  An OLE DB error has occurred. Error code: 0x80004005.
An OLE DB record is available.  Source: "Microsoft OLE DB Driver for SQL Server"  Hresult: 0x80004005  Description: "${noKey}".`,
    codes: ['40981'],
    says: noKey,
  },
];
