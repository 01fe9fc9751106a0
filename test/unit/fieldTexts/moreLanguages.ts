import { connectivity, olderSqlErrors, type FieldText } from './fieldText';

const messages =
  'https://learn.microsoft.com/sql/relational-databases/system-catalog-views/messages-for-errors-catalog-views-sys-messages';

/** More clients in other languages than English. */
export const moreLanguages: readonly FieldText[] = [
  {
    tool: 'sqlcmd',
    language: 'German',
    source: messages,
    text: `Sqlcmd: Fehler: Microsoft ODBC Driver 17 for SQL Server : Die Verbindung mit der Datenbank kann in ihrem aktuellen Status nicht hergestellt werden..
Meldung 40925, Ebene 14, Status 1, Server sql-tickets-weu, Zeile 1
Die Verbindung mit der Datenbank kann in ihrem aktuellen Status nicht hergestellt werden.`,
    codes: ['40925'],
    says: 'Die Verbindung mit der Datenbank kann in ihrem aktuellen Status nicht hergestellt werden.',
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Italian',
    source: connectivity,
    text: `Impossibile connettersi a sql-tickets-weu.database.windows.net.

ULTERIORI INFORMAZIONI:

Database 'tickets' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server, Errore: 40981)`,
    codes: ['40981'],
    says: "Database 'tickets' is not accessible due to Azure Key Vault critical error.",
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'SSMS query window',
    language: 'Portuguese',
    source: messages,
    text: `Mensagem 40613, Nível 17, Estado 1, Linha 1
O banco de dados 'tickets' no servidor 'sql-tickets-weu' não está disponível no momento. Tente estabelecer a conexão mais tarde.`,
    codes: ['40613'],
    says: "O banco de dados 'tickets' no servidor 'sql-tickets-weu' não está disponível no momento. Tente estabelecer a conexão mais tarde.",
  },
  {
    tool: 'sqlcmd',
    language: 'Chinese (traditional)',
    source: messages,
    text: `訊息 40981，層級 14，狀態 1，伺服器 sql-tickets-ea，行 1
資料庫 'tickets' 因為 Azure Key Vault 嚴重錯誤而無法存取。`,
    codes: ['40981'],
    says: "資料庫 'tickets' 因為 Azure Key Vault 嚴重錯誤而無法存取。",
    resources: { servers: ['sql-tickets-ea'] },
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Chinese (simplified)',
    source: connectivity,
    text: `无法连接到 sql-tickets-bj.database.chinacloudapi.cn。

其他信息:

服务器“sql-tickets-bj”上的数据库“tickets”当前不可用。请稍后重试连接。 (Microsoft SQL Server，错误: 40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-tickets-bj'] },
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Korean',
    source: connectivity,
    text: `sql-tickets-krc.database.windows.net에 연결할 수 없습니다.

추가 정보:

현재 상태에서는 데이터베이스에 연결할 수 없습니다. (Microsoft SQL Server, 오류: 40925)`,
    codes: ['40925'],
    says: '현재 상태에서는 데이터베이스에 연결할 수 없습니다.',
    resources: { servers: ['sql-tickets-krc'] },
  },
  {
    tool: 'ADO.NET',
    language: 'French',
    source: olderSqlErrors,
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): La base de données 'tickets' n'est pas accessible en raison d'une erreur critique d'Azure Key Vault.
   à Microsoft.Data.SqlClient.SqlInternalConnection.OnError(SqlException exception, Boolean breakConnection, Action\`1 wrapCloseInAction)
   à Microsoft.Data.SqlClient.TdsParser.Run(RunBehavior runBehavior, SqlCommand cmdHandler)
Numéro d'erreur : 40981, état : 1, classe : 14`,
    codes: ['40981'],
    says: "La base de données 'tickets' n'est pas accessible en raison d'une erreur critique d'Azure Key Vault.",
  },
  {
    tool: 'sqlcmd',
    language: 'Russian',
    source: messages,
    text: `Сообщение 40613, уровень 17, состояние 1, сервер sql-tickets-weu, строка 1
База данных "tickets" на сервере "sql-tickets-weu" сейчас недоступна. Повторите попытку подключения позже.`,
    codes: ['40613'],
    says: 'База данных "tickets" на сервере "sql-tickets-weu" сейчас недоступна. Повторите попытку подключения позже.',
  },
  {
    tool: 'SSMS query window',
    language: 'Polish',
    source: messages,
    text: `Komunikat 40925, poziom 14, stan 1, wiersz 1
Nie można połączyć się z bazą danych w jej bieżącym stanie.`,
    codes: ['40925'],
    says: 'Nie można połączyć się z bazą danych w jej bieżącym stanie.',
  },
  {
    tool: 'SSMS connect dialog',
    language: 'Turkish',
    source: connectivity,
    text: `sql-tickets-weu.database.windows.net sunucusuna bağlanılamıyor.

EK BİLGİLER:

Database 'tickets' on server 'sql-tickets-weu' is not currently available.  Please retry the connection later. (Microsoft SQL Server, Hata: 40613)`,
    codes: ['40613'],
    resources: { servers: ['sql-tickets-weu'] },
  },
];
