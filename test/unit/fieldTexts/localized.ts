import { connectivity, olderSqlErrors, sqlErrors, type FieldText } from './fieldText';

const messages =
  'https://learn.microsoft.com/sql/relational-databases/system-catalog-views/messages-for-errors-catalog-views-sys-messages';

/** Clients in other languages than English: the number and the form of the line identify the error. */
export const localized: readonly FieldText[] = [
  {
    tool: 'SSMS connect dialog',
    language: 'German',
    source: connectivity.replace('com/', 'com/de-de/'),
    text: `===================================

Es kann keine Verbindung mit sql-ledger-weu.database.windows.net hergestellt werden.

===================================

Die Datenbank "ledger" auf dem Server "sql-ledger-weu" ist zurzeit nicht verfügbar. Wiederholen Sie den Verbindungsversuch später. Wenn das Problem weiterhin besteht, wenden Sie sich an den Kundensupport, und geben Sie dabei die Sitzungsablaufverfolgungs-ID "{7E0C2F36-5B57-4C1C-8E62-9C5B2F0A1D11}" an. (.Net SqlClient Data Provider)

------------------------------
Servername: sql-ledger-weu.database.windows.net
Fehlernummer: 40613
Schweregrad: 17
Status: 1`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'German',
    source: messages,
    text: `Meldung 40981, Ebene 14, Status 1, Zeile 1
Auf die Datenbank "ledger" kann wegen eines kritischen Azure Key Vault-Fehlers nicht zugegriffen werden.`,
    codes: ['40981'],
    says: 'Auf die Datenbank "ledger" kann wegen eines kritischen Azure Key Vault-Fehlers nicht zugegriffen werden.',
  },
  {
    tool: 'SSMS connect dialog',
    language: 'French',
    source: connectivity.replace('com/', 'com/fr-fr/'),
    text: `Impossible de se connecter à sql-ledger-weu.database.windows.net.

------------------------------
INFORMATIONS COMPLÉMENTAIRES :

Can not connect to the database in its current state. (Microsoft SQL Server, Erreur : 40925)`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'sqlcmd',
    language: 'French',
    source: messages,
    text: `Msg 40613, Niveau 17, État 1, Serveur sql-ledger-weu, Ligne 1
La base de données « ledger » sur le serveur « sql-ledger-weu » n'est pas disponible actuellement. Veuillez réessayer de vous connecter ultérieurement.`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Spanish',
    source: messages,
    text: `Mens. 40925, Nivel 14, Estado 1, Línea 1
No se puede conectar a la base de datos en su estado actual.`,
    codes: ['40925'],
    says: 'No se puede conectar a la base de datos en su estado actual.',
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Spanish',
    source: connectivity.replace('com/', 'com/es-es/'),
    text: `No se puede conectar a sql-ledger-weu.database.windows.net.

INFORMACIÓN ADICIONAL:

Database 'ledger' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server, Error: 40981)`,
    codes: ['40981'],
    says: "Database 'ledger' is not accessible due to Azure Key Vault critical error.",
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'sqlcmd',
    language: 'Italian',
    source: messages,
    text: `Messaggio 40613, livello 17, stato 1, server sql-ledger-weu, riga 1
Database 'ledger' nel server 'sql-ledger-weu' attualmente non disponibile. Riprovare a stabilire la connessione più tardi.`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Portuguese',
    source: connectivity.replace('com/', 'com/pt-br/'),
    text: `Não é possível conectar-se a sql-ledger-weu.database.windows.net.

INFORMAÇÕES ADICIONAIS:

Não é possível conectar ao banco de dados em seu estado atual. (Microsoft SQL Server, Erro: 40925)`,
    codes: ['40925'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Japanese',
    source: messages,
    text: `メッセージ 40981、レベル 14、状態 1、行 1
データベース 'ledger' は、Azure Key Vault の重大なエラーのためアクセスできません。`,
    codes: ['40981'],
    says: "データベース 'ledger' は、Azure Key Vault の重大なエラーのためアクセスできません。",
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Japanese',
    source: connectivity.replace('com/', 'com/ja-jp/'),
    text: `sql-ledger-weu.database.windows.net に接続できません。

追加情報:

サーバー 'sql-ledger-weu' のデータベース 'ledger' は現在使用できません。後で接続を再試行してください。 (Microsoft SQL Server、エラー: 40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Chinese (simplified)',
    source: messages,
    text: `消息 40925，级别 14，状态 1，第 1 行
无法连接到处于当前状态的数据库。`,
    codes: ['40925'],
    says: '无法连接到处于当前状态的数据库。',
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Chinese (traditional)',
    source: connectivity.replace('com/', 'com/zh-tw/'),
    text: `無法連接到 sql-ledger-weu.database.windows.net。

其他資訊:

伺服器 'sql-ledger-weu' 上的資料庫 'ledger' 目前無法使用。請稍後再重試連接。 (Microsoft SQL Server, 錯誤: 40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Korean',
    source: messages,
    text: `메시지 40981, 수준 14, 상태 1, 줄 1
Azure Key Vault 심각한 오류로 인해 데이터베이스 'ledger'에 액세스할 수 없습니다.`,
    codes: ['40981'],
    says: "Azure Key Vault 심각한 오류로 인해 데이터베이스 'ledger'에 액세스할 수 없습니다.",
  },
  {
    tool: 'ADO.NET',
    language: 'German',
    source: olderSqlErrors,
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): Can not connect to the database in its current state.
   bei Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)
ClientConnectionId:0d9c7c3e-9c0d-4a57-8f0e-7b8f6f5f8a21
Fehlernummer (Error Number):40925,Status:1,Klasse:20`,
    codes: ['40925'],
    says: 'Can not connect to the database in its current state.',
  },
  {
    tool: 'portal notification',
    language: 'German',
    source: sqlErrors,
    text: `Fehler beim Speichern der Einstellungen für Transparent Data Encryption
Fehler beim Speichern der Einstellungen für Transparent Data Encryption für den Server: sql-ledger-weu. ErrorCode: undefined ErrorMessage: The server 'sql-ledger-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8'. (https://aka.ms/sqltdebyoksetup)`,
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: ['sql-ledger-weu'], principals: ['5d0d1b7e-3f65-4c55-8d17-d2b6f0a3b6c8'] },
  },
  {
    tool: 'portal notification',
    language: 'Japanese',
    source: sqlErrors,
    text: `Transparent Data Encryption の設定を保存できませんでした
サーバー sql-ledger-weu の Transparent Data Encryption の設定を保存できませんでした。エラー メッセージ: The provided Key Vault uri 'https://kv-ledger-weu.vault.azure.net/keys/tde-2026/4b1c9a7e2f6d4058b3a1c5e7f9021364' is not valid. Please ensure the key vault has been configured with soft-delete and purge protection. (https://aka.ms/sqltdebyoksoftdelete)`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    resources: { vaults: ['kv-ledger-weu'] },
  },
];
