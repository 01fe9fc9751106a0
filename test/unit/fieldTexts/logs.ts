import { sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = '3e0d4f57-6c1b-4a7a-9f43-0d1e2c3b4a59';
const rg = `/subscriptions/${sub}/resourceGroups/rg-ledger`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-ledger-weu`;

/** Entries of the activity log, alerts, notifications of the portal, and messages without a code. */
export const logs: readonly FieldText[] = [
  {
    tool: 'activity log',
    language: 'English',
    source: troubleshootTde,
    text: JSON.stringify(
      {
        eventName: { value: 'MakeDatabaseInaccessible', localizedValue: 'MakeDatabaseInaccessible' },
        operationName: { value: 'Microsoft.Sql/servers/databases/write', localizedValue: 'Update SQL database' },
        resourceId: `${server}/databases/ledger`,
        status: { value: 'Started', localizedValue: 'Started' },
        correlationId: '3b9a8e0d-6a2b-4a0c-8df1-7e3a6b3d9f10',
        properties: {
          eventName: 'MakeDatabaseInaccessible',
          description:
            'Database ledger on Server sql-ledger-weu has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
        },
      },
      undefined,
      2,
    ),
    codes: ['MakeDatabaseInaccessible'],
    says: 'Database ledger on Server sql-ledger-weu has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    resources: { servers: ['sql-ledger-weu'] },
    values: { server: 'sql-ledger-weu', resourceGroup: 'rg-ledger' },
  },
  {
    tool: 'activity log, managed instance',
    language: 'English',
    source: troubleshootTde,
    text: `EventName: MakeManagedDbInaccessible
Status: Succeeded
Description: Database ledger on managed server mi-ledger is inaccessible and requires user to re-establish access to Azure Key Vault Key.`,
    codes: ['MakeManagedDbInaccessible'],
    says: 'Database ledger on managed server mi-ledger is inaccessible and requires user to re-establish access to Azure Key Vault Key.',
    resources: { servers: [], instances: ['mi-ledger'] },
    values: { instance: 'mi-ledger' },
  },
  {
    tool: 'activity log',
    language: 'English',
    source: troubleshootTde,
    text: `Operation name: Update SQL database
EventName: MakeDatabaseAccessible
Status: Failed
Description: Access to Azure Key Vault Key has been re-established, operation to make database ledger accessible on server sql-ledger-weu failed`,
    codes: ['MakeDatabaseAccessible'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'Azure Monitor alert',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema',
    text: JSON.stringify({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: {
        essentials: {
          alertId: `/subscriptions/${sub}/providers/Microsoft.AlertsManagement/alerts/5f0a1d2e-7b3c-4f7f-8c54-0c2a1b3d4e5f`,
          alertRule: 'tde-key-lost',
          severity: 'Sev4',
          signalType: 'Activity Log',
          monitorCondition: 'Fired',
          alertTargetIDs: [`${server.toLowerCase()}/databases/ledger`],
        },
        alertContext: {
          channels: 'Operation',
          eventSource: 'Administrative',
          level: 'Informational',
          operationName: 'Microsoft.Sql/servers/databases/write',
          properties: { eventName: 'MakeDatabaseInaccessible', status: 'Started' },
          status: 'Started',
        },
      },
    }),
    codes: ['MakeDatabaseInaccessible'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'Resource Health',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-sql/database/resource-health-to-troubleshoot-connectivity',
    text: 'Unavailable (Customer Initiated): Access to Azure Key Vault has been lost for this database. Restore access to the key vault and revalidate the key.',
    codes: ['MakeDatabaseInaccessible'],
  },
  {
    tool: 'a restore',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview',
    text: `Target server sql-ledger-neu doesn't have access to all AKV URIs created between 2026-10-01T00:00:00Z and 2026-11-20T00:00:00Z. Retry operation after restoring all AKV URIs.`,
    codes: ['MissingKeyVaultUriForRestore'],
    resources: { servers: ['sql-ledger-neu'] },
  },
  {
    tool: 'portal notification',
    language: 'English',
    source: sqlErrors,
    text: `Failed to update server identity
A user assigned managed identity must be specified when identity type is set to 'UserAssigned' or 'SystemAssigned,UserAssigned'. Please specify the user assigned managed identity to be assigned to the server 'sql-ledger-weu' or change the identity type to a different value.`,
    codes: ['MissingIdentityId'],
    resources: { servers: ['sql-ledger-weu'] },
  },
  {
    tool: 'portal notification',
    language: 'English',
    source: sqlErrors,
    text: `Please specify primary user-assigned managed identity having the following Azure Key Vault permissions 'Get, WrapKey, UnwrapKey' to access the key 'https://kv-ledger-weu.vault.azure.net/keys/tde-2026/4b1c9a7e2f6d4058b3a1c5e7f9021364'. (https://aka.ms/sqltdebyokcreateserver)`,
    codes: ['PrimaryIdentityMissingPermissionForKeyId'],
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'message from a chat, smart quotes',
    language: 'English',
    source: sqlErrors,
    text: `morning! prod deploy says “The operation could not be completed because the Azure Key Vault Key name ‘tde-2026’ does not exist.” but I can see it in the portal??`,
    codes: ['AzureKeyVaultKeyNameNotFound'],
    says: "The operation could not be completed because the Azure Key Vault Key name 'tde-2026' does not exist.",
  },
];
