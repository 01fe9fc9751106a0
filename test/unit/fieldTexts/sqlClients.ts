import { connectivity, olderSqlErrors, sqlErrors, type FieldText } from './fieldText';

/** Clients of a database, in English. */
export const sqlClients: readonly FieldText[] = [
  {
    tool: 'mssql-jdbc',
    language: 'English',
    source: 'https://github.com/relferreira/metabase-sparksql-databricks-driver/issues/37',
    text: `Caused by: com.microsoft.sqlserver.jdbc.SQLServerException: Database 'ledger' on server 'sql-ledger-weu' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{D18F1D0B-63A3-4B4E-BC1E-0C3D6A6B5E77}'. ClientConnectionId:6c1e7b8a-0d77-4e1f-94c1-5b8f3f0a2d19
        at com.microsoft.sqlserver.jdbc.SQLServerException.makeFromDatabaseError(SQLServerException.java:259)
        at com.microsoft.sqlserver.jdbc.TDSTokenHandler.onEOF(tdsparser.java:304)`,
    codes: ['40613'],
    says: "Database 'ledger' on server 'sql-ledger-weu' is not currently available. Please retry the connection later. If the problem persists, contact customer support, and provide them the session tracing ID of '{D18F1D0B-63A3-4B4E-BC1E-0C3D6A6B5E77}'.",
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'pyodbc',
    language: 'English',
    source: connectivity,
    text: `pyodbc.ProgrammingError: ('42000', "[42000] [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Database 'ledger' on server 'sql-ledger-weu' is not currently available.  Please retry the connection later. (40613) (SQLDriverConnect)")`,
    codes: ['40613'],
    says: "Database 'ledger' on server 'sql-ledger-weu' is not currently available. Please retry the connection later.",
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'pyodbc',
    language: 'English',
    source: olderSqlErrors,
    text: `sqlalchemy.exc.OperationalError: (pyodbc.OperationalError) ('HY000', '[HY000] [Microsoft][ODBC Driver 17 for SQL Server][SQL Server]Can not connect to the database in its current state. (40925) (SQLDriverConnect)')
(Background on this error at: https://sqlalche.me/e/20/e3q8)`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'go-mssqldb',
    language: 'English',
    source: olderSqlErrors,
    text: `2026/11/20 08:14:46 login error: mssql: login error: Database 'ledger' is not accessible due to Azure Key Vault critical error.`,
    codes: ['40981'],
    says: "Database 'ledger' is not accessible due to Azure Key Vault critical error.",
  },
  {
    tool: 'EF Core',
    language: 'English',
    source: olderSqlErrors,
    text: `fail: Microsoft.EntityFrameworkCore.Database.Connection[20004]
      An error occurred using the connection to database 'ledger' on server 'tcp:sql-ledger-weu.database.windows.net,1433'.
Unhandled exception. Microsoft.Data.SqlClient.SqlException (0x80131904): Database 'ledger' is not accessible due to Azure Key Vault critical error.
   at Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)
   at Microsoft.Data.SqlClient.TdsParser.ThrowExceptionAndWarning(TdsParserStateObject stateObj, Boolean callerHasConnectionLock, Boolean asyncClose)
ClientConnectionId:2a7c0d5e-8f1b-4a3e-9d6c-1b0f8e7d6c5b
Error Number:40981,State:1,Class:14`,
    codes: ['40981'],
    says: "Database 'ledger' is not accessible due to Azure Key Vault critical error.",
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SqlPackage',
    language: 'English',
    source: olderSqlErrors,
    text: `Connecting to database 'ledger' on server 'tcp:sql-ledger-weu.database.windows.net,1433'.
*** Error exporting database:Could not connect to database server.
Can not connect to the database in its current state.
Time elapsed 0:00:12.31`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'tedious',
    language: 'English',
    source: olderSqlErrors,
    text: `ConnectionError: Database 'ledger' on server 'sql-ledger-weu' is not currently available.  Please retry the connection later.
    at Login7TokenHandler.onErrorMessage (/app/node_modules/tedious/lib/token/handler.js:239:19) {
  code: 'ELOGIN',
  isTransient: true,
  [cause]: RequestError { code: 'EREQUEST', number: 40613, state: 1, class: 17, serverName: 'sql-ledger-weu' }
}`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'sqlcmd, managed instance',
    language: 'English',
    source: olderSqlErrors,
    text: `$ sqlcmd -S mi-ledger.0a1b2c3d4e5f.database.windows.net -d ledger -G
Sqlcmd: Error: Microsoft ODBC Driver 18 for SQL Server : Database 'ledger' is not accessible due to Azure Key Vault critical error.. Msg 40981, Level 14, State 1, Server mi-ledger, Line 1`,
    codes: ['40981'],
    resources: { servers: [], instances: ['mi-ledger'] },
    values: { instance: 'mi-ledger' },
  },
  {
    tool: 'SSMS, US Government',
    language: 'English',
    source: connectivity,
    text: `TITLE: Connect to Server
------------------------------

Cannot connect to sql-ledger-va.database.usgovcloudapi.net.

------------------------------
ADDITIONAL INFORMATION:

Database 'ledger' on server 'sql-ledger-va' is not currently available.  Please retry the connection later.  If the problem persists, contact customer support, and provide them the session tracing ID of '{D18F1D0B-63A3-4B4E-BC1E-0C3D6A6B5E77}'. (Microsoft SQL Server, Error: 40613)

For help, click: https://docs.microsoft.com/sql/relational-databases/errors-events/mssqlserver-40613-database-engine-error

------------------------------
BUTTONS:

OK
------------------------------`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-va'] },
  },
  {
    tool: 'PHP PDO',
    language: 'English',
    source: olderSqlErrors,
    text: `PDOException: SQLSTATE[42000]: [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Can not connect to the database in its current state. in /var/www/db.php:12
Array ( [0] => 42000 [SQLSTATE] => 42000 [1] => 40925 [code] => 40925 [2] => [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Can not connect to the database in its current state. )`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'SSMS, an unknown number',
    language: 'English',
    source: sqlErrors,
    text: `Msg 33096, Level 16, State 1, Line 4
A generic failure occurred during Transparent Data Encryption, forced regeneration of the key failed.`,
    codes: ['33096'],
    says: 'A generic failure occurred during Transparent Data Encryption, forced regeneration of the key failed.',
  },
];
