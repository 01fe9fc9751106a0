import { sqlErrors, troubleshootTde, type FieldText } from './fieldText';

const sub = 'a3d1c2b4-0f5e-4c6d-8b7a-9e8f7d6c5b4a';
const rg = `/subscriptions/${sub}/resourceGroups/rg-tickets`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-tickets-weu`;

/** The portal, logs, alerts, and mail. */
export const services: readonly FieldText[] = [
  {
    tool: 'Log Analytics, Key Vault audit',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/logging',
    text: JSON.stringify({
      time: '2026-11-21T09:12:44.4449672Z',
      resourceId: `${rg.toUpperCase()}/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KV-TICKETS`,
      operationName: 'KeyUnwrap',
      category: 'AuditEvent',
      resultType: 'Success',
      resultSignature: 'Forbidden',
      resultDescription: 'Client address is not authorized and caller is not a trusted service.',
      properties: {
        clientInfo: 'Azure SQL',
        requestUri:
          'https://kv-tickets.vault.azure.net/keys/tde/0a9b8c7d6e5f40312233445566778899/unwrapkey?api-version=7.2',
        httpStatusCode: 403,
      },
    }),
    codes: ['ForbiddenByFirewall'],
    says: 'Client address is not authorized and caller is not a trusted service.',
    resources: { vaults: ['kv-tickets'] },
  },
  {
    tool: 'activity log, managed instance',
    language: 'English',
    source: troubleshootTde,
    text: JSON.stringify({
      eventName: { value: 'MakeManagedDbInaccessible' },
      resourceId: `${rg}/providers/Microsoft.Sql/managedInstances/mi-tickets/databases/tickets`,
      status: { value: 'Started' },
      description:
        'Database tickets on managed server mi-tickets has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    }),
    codes: ['MakeManagedDbInaccessible'],
    says: 'Database tickets on managed server mi-tickets has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    resources: { servers: [], instances: ['mi-tickets'], resourceGroups: ['rg-tickets'] },
  },
  {
    tool: 'activity log, one line of its table',
    language: 'English',
    source: troubleshootTde,
    text: `Update SQL database	Failed	2 minutes ago	Sat Nov 21 2026 10:12:44 GMT+0100	Production	a3d1c2b4-0f5e-4c6d-8b7a-9e8f7d6c5b4a
Summary: Database is inaccessible and requires user to resolve Azure key vault errors and reestablish access to Azure key vault key using Re-validate key.`,
    codes: ['MakeDatabaseInaccessible'],
    says: 'Database is inaccessible and requires user to resolve Azure key vault errors and reestablish access to Azure key vault key using Re-validate key.',
  },
  {
    tool: 'alert by mail',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-activity-log-alert-rule',
    text: `Fired:Sev4 Azure Monitor Alert tde-lost on tickets ( microsoft.sql/servers/databases ) at 11/21/2026 9:12:44 AM

Rule: tde-lost
Target: ${server}/databases/tickets
Activity log event: Database tickets on Server sql-tickets-weu has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.
Caller: Microsoft.Sql
Correlation ID: 3b9a8e0d-6a2b-4a0c-8df1-7e3a6b3d9f10`,
    codes: ['MakeDatabaseInaccessible'],
    says: 'Database tickets on Server sql-tickets-weu has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    resources: { servers: ['sql-tickets-weu'], resourceGroups: ['rg-tickets'] },
  },
  {
    tool: 'portal, Transparent data encryption page',
    language: 'English',
    source: troubleshootTde,
    text: `The server sql-tickets-weu requires the Key Vault Crypto Service Encryption User permission for the RBAC policy or following Azure Key Vault permissions: Get, WrapKey, UnwrapKey. Please grant the missing permissions to the service principal with ID 8c1d2e3f-4a5b-4c6d-9e8f-7a6b5c4d3e2f. Ensure the key is active, not expired or disabled, set with the key activation date no later than the current date, and that trusted Microsoft services can bypass the firewall if applicable.`,
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: ['sql-tickets-weu'], principals: ['8c1d2e3f-4a5b-4c6d-9e8f-7a6b5c4d3e2f'] },
  },
  {
    tool: 'portal, delete a database',
    language: 'English',
    source: 'https://learn.microsoft.com/rest/api/sql/databases/delete',
    text: `Failed to delete SQL database
Failed to delete the database: 'tickets'. ErrorCode: CannotDropDatabaseAKVError ErrorMessage: The database tickets on server sql-tickets-weu cannot be safely dropped because it is encrypted with a customer managed key that is no longer accessible to take the last backup before drop. Please restore Azure Key Vault Access on the server and retry.`,
    codes: ['CannotDropDatabaseAKVError'],
    says: 'The database tickets on server sql-tickets-weu cannot be safely dropped because it is encrypted with a customer managed key that is no longer accessible to take the last backup before drop. Please restore Azure Key Vault Access on the server and retry.',
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'portal, raw error copied as HTML',
    language: 'English',
    source: sqlErrors,
    text: `{&quot;code&quot;:&quot;AdalServicePrincipalNotFound&quot;,&quot;message&quot;:&quot;The operation could not be completed because a Service Principal not found error was encountered. Please ensure the server &#39;sql-tickets-weu&#39; and key vault &#39;kv-tickets&#39; belong to the same tenant.&quot;}`,
    codes: ['AdalServicePrincipalNotFound'],
    says: "The operation could not be completed because a Service Principal not found error was encountered. Please ensure the server 'sql-tickets-weu' and key vault 'kv-tickets' belong to the same tenant.",
    resources: { servers: ['sql-tickets-weu'], vaults: ['kv-tickets'] },
  },
  {
    tool: 'portal, China',
    language: 'Chinese (simplified)',
    source: sqlErrors,
    text: `未能保存透明数据加密设置
未能保存服务器 sql-tickets-bj 的透明数据加密设置。错误消息: The key vault provided 'https://kv-tickets-bj.vault.azure.cn/keys/tde/0a9b8c7d6e5f40312233445566778899' on server 'sql-tickets-bj' uses unsupported RSA Key Size or Key Type. The supported RSA Key Size is 2048 and Key Type is RSA and RSA-HSM.`,
    codes: ['AzureKeyVaultRsaKeyNotSupported'],
    says: "The key vault provided 'https://kv-tickets-bj.vault.azure.cn/keys/tde/0a9b8c7d6e5f40312233445566778899' on server 'sql-tickets-bj' uses unsupported RSA Key Size or Key Type. The supported RSA Key Size is 2048 and Key Type is RSA and RSA-HSM.",
    resources: { servers: ['sql-tickets-bj'], vaults: ['kv-tickets-bj'] },
  },
  {
    tool: 'portal notification',
    language: 'French',
    source: sqlErrors,
    text: `Échec de l'enregistrement des paramètres
Impossible d'enregistrer les paramètres Transparent Data Encryption du serveur « sql-tickets-weu ». Message d'erreur : The server identity is not correctly configured on server 'sql-tickets-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    says: `The server identity is not correctly configured on server 'sql-tickets-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`,
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'portal notification',
    language: 'Korean',
    source: sqlErrors,
    text: `투명한 데이터 암호화 설정을 저장하지 못함
오류 메시지: The operation could not be completed because the Azure Key Vault Uri is null or empty.`,
    codes: ['SecurityAzureKeyVaultUrlNullOrEmpty'],
    says: 'The operation could not be completed because the Azure Key Vault Uri is null or empty.',
  },
  {
    tool: 'a page that mentions a number',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview',
    text: `If the key expires or is disabled, all databases of the server become inaccessible. Keep a copy of the TDE protector in a second vault, and see error 40613 in the list of transient errors.`,
    codes: ['40613'],
  },
];
