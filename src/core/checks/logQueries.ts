import type { ServerKey } from '../model';

/**
 * Queries that show whether a database still needs a key: what encrypts its encryption key and its active log, and why the log isn't
 * truncated. Sources: SQL docs, sys.dm_database_encryption_keys, sys.dm_db_log_info, sys.dm_db_log_stats.
 */
export function logQueries({ thumbprint }: Pick<ServerKey, 'thumbprint'>): string {
  const known = /^[0-9a-f]+$/i.test(thumbprint ?? '') ? thumbprint : undefined;
  return [
    '-- Run in every database of the server. It needs the VIEW DATABASE STATE permission and resumes a paused database.',
    ...(known === undefined ? [] : [`-- The thumbprint of the server key: ${known.toUpperCase()}`]),
    "SELECT 'encryption key' AS source, CONVERT(varchar(40), encryptor_thumbprint, 2) AS thumbprint,",
    '       encryptor_type, encryption_state, NULL AS log_files',
    'FROM sys.dm_database_encryption_keys WHERE database_id = DB_ID()',
    'UNION ALL',
    "SELECT 'active log', CONVERT(varchar(40), vlf_encryptor_thumbprint, 2), NULL, NULL, COUNT(*)",
    'FROM sys.dm_db_log_info(DB_ID())',
    'WHERE vlf_active = 1 AND vlf_encryptor_thumbprint IS NOT NULL',
    'GROUP BY vlf_encryptor_thumbprint;',
    'SELECT log_truncation_holdup_reason FROM sys.dm_db_log_stats(DB_ID());',
    '',
  ].join('\n');
}
