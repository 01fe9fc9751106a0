/** What each page of the catalogue is about, by the end of its path on learn.microsoft.com, for the text of a link. */
const pageTitles: Readonly<Record<string, string>> = {
  'server-keys/create-or-update': 'REST reference: Server Keys – Create Or Update',
  'sql/server/key': 'Azure CLI reference: az sql server key',
  'sql/server/tde-key': 'Azure CLI reference: az sql server tde-key',
  'sql/db/tde': 'Azure CLI reference: az sql db tde',
  'troubleshoot-tde': 'Common errors of TDE with customer-managed keys',
  'byok-overview': 'TDE with customer-managed keys',
  'byok-key-rotation': 'Rotate the TDE protector',
  'byok-identity': 'Managed identities for TDE with customer-managed keys',
  'byok-remove-tde-protector': 'Remove a TDE protector',
  'byok-database-level-overview': 'TDE with database-level keys',
  'byok-database-level-geo-replication-restore': 'Geo-replication and restore with database-level keys',
  'byok-database-level-basic-actions': 'Identity and keys of a database',
  'byok-cross-tenant': 'Customer-managed keys of another tenant',
  'byok-create-server': 'Create a server with a customer-managed key',
  'user-assigned-managed-identity': 'Managed identities of servers',
  'active-geo-replication-overview': 'Active geo-replication',
  'failover-group-sql-db': 'Failover groups',
  'outbound-firewall-rule-overview': 'Outbound firewall rules',
  'troubleshoot-common-errors-issues': 'Connection errors of Azure SQL',
  'tde-overview': 'Transparent data encryption',
  'alter-database-encryption-key-transact-sql': 'ALTER DATABASE ENCRYPTION KEY',
  'database-engine-events-and-errors-41400-to-49999': 'Error messages 41400 to 49999',
  'sql-server-connector-maintenance-troubleshooting': 'SQL Server Connector for Key Vault',
  'move-a-tde-protected-database-to-another-sql-server': 'Move a database with TDE to another SQL Server',
  'workspaces-encryption': 'Encryption of Synapse workspaces',
  'soft-delete-overview': 'Soft delete of Key Vault',
  'key-vault-recovery': 'Recover deleted keys and vaults',
  'network-security': 'Network security of Key Vault',
  'key-vault/general/rbac-guide': 'Azure RBAC for Key Vault',
  'rest-error-codes': 'Error codes of Key Vault',
  'assign-access-policy': 'Access policies of Key Vault',
  'overview-throttling': 'Throttling of Key Vault',
  'about-keys-secrets-certificates': 'Key identifiers of Key Vault',
  'error-not-found': 'Resource not found',
  'error-parent-resource': 'Parent resource not found',
  'error-policy-requestdisallowedbypolicy': 'Requests disallowed by policy',
  'error-register-resource-provider': 'Register a resource provider',
  'common-deployment-errors': 'Common errors of Azure Resource Manager',
  'async-operations': 'Asynchronous operations',
  'request-limits-and-throttling': 'Request limits of Azure Resource Manager',
  'lock-resources': 'Locks',
  'role-based-access-control/troubleshooting': 'Troubleshoot Azure RBAC',
  'deny-assignments': 'Deny assignments',
  'reference-error-codes': 'Error codes of Microsoft Entra ID',
  'identity-readme': 'Sign-in with Azure Identity',
};

/** The text of a link to a page. */
export function pageTitle(page: string): string {
  const path = page.replace(/\?.*/, '');
  const title = Object.entries(pageTitles).find(([end]) => path.endsWith(end))?.[1];
  if (title === undefined) throw new Error(`No title for ${page}`);
  return title;
}
