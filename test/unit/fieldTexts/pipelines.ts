import { serverKeysApi, sqlErrors, type FieldText } from './fieldText';

const sub = 'a3d1c2b4-0f5e-4c6d-8b7a-9e8f7d6c5b4a';
const rg = `/subscriptions/${sub}/resourceGroups/rg-tickets`;
const server = `${rg}/providers/Microsoft.Sql/servers/sql-tickets-weu`;
const version = '0a9b8c7d6e5f40312233445566778899';
const keyUri = `https://kv-tickets.vault.azure.net/keys/tde/${version}`;
const keyName = `kv-tickets_tde_${version}`;
const umi = `${rg}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-tickets`;
const umiMessage = `The managed identity with ID '${umi}' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey' to the key '${keyUri}'. Please grant the missing permissions to the identity. (https://aka.ms/sqltdebyokcreateserver)`;

/** Deployments by pipelines and other tools, and SDKs. */
export const pipelines: readonly FieldText[] = [
  {
    tool: 'azd',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/developer/azure-developer-cli/troubleshoot',
    text: `ERROR: error executing step command 'provision': deployment failed: error deploying infrastructure: deploying to subscription:

Deployment Error Details:
UmiMissingAkvPermissions: ${umiMessage}

TraceID: 5b7c9d1e2f3a4b5c6d7e8f9012345678`,
    codes: ['UmiMissingAkvPermissions'],
    says: umiMessage,
    resources: { keys: [keyUri], vaults: ['kv-tickets'] },
  },
  {
    tool: 'Ansible',
    language: 'English',
    source: serverKeysApi,
    text: `fatal: [localhost]: FAILED! => {"changed": false, "msg": "Error creating the SQL Server key: (AzureKeyVaultRsaKeyNotSupported) The key vault provided '${keyUri}' on server 'sql-tickets-weu' uses unsupported RSA Key Size or Key Type. The supported RSA Key Size is 2048 and Key Type is RSA and RSA-HSM.\\nCode: AzureKeyVaultRsaKeyNotSupported\\nMessage: The key vault provided '${keyUri}' on server 'sql-tickets-weu' uses unsupported RSA Key Size or Key Type. The supported RSA Key Size is 2048 and Key Type is RSA and RSA-HSM."}`,
    codes: ['AzureKeyVaultRsaKeyNotSupported'],
    says: `The key vault provided '${keyUri}' on server 'sql-tickets-weu' uses unsupported RSA Key Size or Key Type. The supported RSA Key Size is 2048 and Key Type is RSA and RSA-HSM.`,
    resources: { keys: [keyUri], servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Azure Service Operator',
    language: 'English',
    source: 'https://github.com/Azure/azure-service-operator/issues/5377',
    text: `status:
  conditions:
  - lastTransitionTime: "2026-11-21T09:12:44Z"
    message: |-
      Secondary server does not have the key material of the primary server's encryption protector. Please add the key to 'sql-tickets-neu'.: PUT https://management.azure.com${server}/encryptionProtector/current
      --------------------------------------------------------------------------------
      RESPONSE 400: 400 Bad Request
      ERROR CODE: SameKeyMaterialNotFoundOnRemoteServer
      --------------------------------------------------------------------------------
    reason: SameKeyMaterialNotFoundOnRemoteServer
    severity: Error
    status: "False"
    type: Ready`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Pulumi',
    language: 'English',
    source: 'https://github.com/pulumi/pulumi-azure-native/issues/890',
    text: `Diagnostics:
  azure-native:sql:ServerKey (tde):
    error: cannot check existence of resource '${rg}/providers/Microsoft.KeyVault/vaults/kv-tickets/keys/tde': status code 400, {"error":{"code":"ForbiddenByRbac","message":"[ForbiddenByRbac (Forbidden)] Caller is not authorized to perform action on resource.\\r\\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\\r\\nCaller: name=KeyVault/ManagementPlane;appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46\\r\\nAction: 'Microsoft.KeyVault/vaults/keys/read'\\r\\nVault: kv-tickets;location=westeurope"}}`,
    codes: ['ForbiddenByRbac'],
    says: "[ForbiddenByRbac (Forbidden)] Caller is not authorized to perform action on resource. If role assignments, deny assignments or role definitions were changed recently, please observe propagation time. Caller: name=KeyVault/ManagementPlane;appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46 Action: 'Microsoft.KeyVault/vaults/keys/read' Vault: kv-tickets;location=westeurope",
    resources: { vaults: ['kv-tickets'] },
  },
  {
    tool: 'Azure Pipelines, ARM deployment',
    language: 'English',
    source:
      'https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/azure-resource-manager-template-deployment-v3',
    text: `2026-11-21T09:12:44.1112345Z There were errors in your deployment. Error code: DeploymentFailed.
2026-11-21T09:12:44.1113456Z ##[error]At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.
2026-11-21T09:12:44.1114567Z ##[error]Details:
2026-11-21T09:12:44.1115678Z ##[error]AzureKeyVaultNoServerIdentity: The server identity is not correctly configured on server 'sql-tickets-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)
2026-11-21T09:12:44.1116789Z ##[error]ScopeLocked: The scope '${server}' cannot perform write operation because following scope(s) are locked: '${rg}'. Please remove the lock and try again.
2026-11-21T09:12:44.1117890Z ##[error]Check out the troubleshooting guide to see if your issue is addressed: https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/azure-resource-manager-template-deployment-v3#troubleshooting
2026-11-21T09:12:44.1118901Z ##[error]Task failed while creating or updating the template deployment.`,
    codes: ['AzureKeyVaultNoServerIdentity', 'ScopeLocked'],
    says: `The server identity is not correctly configured on server 'sql-tickets-weu'. Follow the steps in "Assign an Azure AD identity to your server" (https://aka.ms/sqltdebyoksetup)`,
    resources: { servers: ['sql-tickets-weu'], resourceGroups: ['rg-tickets'] },
  },
  {
    tool: 'GitHub Actions, az deployment',
    language: 'English',
    source: serverKeysApi,
    text: `Error: ERROR: {"code": "DeploymentFailed", "target": "${rg}/providers/Microsoft.Resources/deployments/tde", "message": "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.", "details": [{"code": "ResourceDeploymentFailure", "target": "${server}/keys/${keyName}", "message": "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.", "details": [{"code": "AkvEndpointNotReachableFromNode", "message": "AKV endpoint 'kv-tickets.vault.azure.net' is not reachable from SQL, on server 'sql-tickets-weu'."}]}]}
Error: Process completed with exit code 1.`,
    codes: ['AkvEndpointNotReachableFromNode'],
    says: "AKV endpoint 'kv-tickets.vault.azure.net' is not reachable from SQL, on server 'sql-tickets-weu'.",
    resources: { vaults: ['kv-tickets'], serverKeys: [keyName], servers: ['sql-tickets-weu'] },
    values: { keyUri },
  },
  {
    tool: '.NET management SDK',
    language: 'English',
    source: 'https://learn.microsoft.com/dotnet/api/azure.requestfailedexception',
    text: `Unhandled exception. Azure.RequestFailedException: The operation could not be completed because the Azure Key Vault key '${keyUri}' expiration date is invalid.
Status: 200 (OK)
ErrorCode: AzureKeyVaultInvalidExpirationDate

Service request succeeded. Response content and headers are not included to avoid logging sensitive data.

   at Azure.Core.OperationInternal.UpdateStatusAsync(Boolean async, CancellationToken cancellationToken)
   at Azure.ResourceManager.Sql.SqlServerKeyCollection.CreateOrUpdateAsync(WaitUntil waitUntil, String keyName, SqlServerKeyData data, CancellationToken cancellationToken)`,
    codes: ['AzureKeyVaultInvalidExpirationDate'],
    says: `The operation could not be completed because the Azure Key Vault key '${keyUri}' expiration date is invalid.`,
    resources: { keys: [keyUri] },
  },
  {
    tool: 'Java management SDK',
    language: 'English',
    source: 'https://learn.microsoft.com/java/api/com.azure.core.management.exception.managementexception',
    text: `com.azure.core.management.exception.ManagementException: Status code 409, "{"error":{"code":"ServerKeyUriAlreadyExists","message":"The server key URI '${keyUri}' already exists as another server key."}}": The server key URI '${keyUri}' already exists as another server key.
	at java.base/java.lang.invoke.MethodHandle.invokeWithArguments(MethodHandle.java:732)`,
    codes: ['ServerKeyUriAlreadyExists'],
    says: `The server key URI '${keyUri}' already exists as another server key.`,
    resources: { keys: [keyUri] },
  },
  {
    tool: 'Resolve-AzError',
    language: 'English',
    source: 'https://learn.microsoft.com/powershell/module/az.accounts/resolve-azerror',
    text: `
   HistoryId: 12


Message        : The operation could not be completed on server 'sql-tickets-weu' because the Azure Key Vault key
                 '${keyUri}' is disabled.
StackTrace     :    at Microsoft.Azure.Commands.Sql.TransparentDataEncryption.Adapter.AzureSqlDatabaseTransparentDataEncryptionAdapter.CreateOrUpdateEncryptionProtector(AzureSqlServerTransparentDataEncryptionProtectorModel model)
Exception      : Microsoft.Rest.Azure.CloudException
InvocationInfo : {Set-AzSqlServerTransparentDataEncryptionProtector}
Line           : Set-AzSqlServerTransparentDataEncryptionProtector -ResourceGroupName rg-tickets -ServerName
                 sql-tickets-weu -Type AzureKeyVault -KeyId ${keyUri}
Position       : At line:1 char:1`,
    codes: ['AzureKeyVaultKeyDisabled'],
    says: `The operation could not be completed on server 'sql-tickets-weu' because the Azure Key Vault key '${keyUri}' is disabled.`,
    resources: { servers: ['sql-tickets-weu'], keys: [keyUri], resourceGroups: ['rg-tickets'] },
  },
  {
    tool: 'Terraform azurerm, managed instance',
    language: 'English',
    source: sqlErrors,
    text: `╷
│ Error: waiting for update of Encryption Protector for Managed Instance "mi-tickets" (Resource Group "rg-tickets"): polling after CreateOrUpdate: polling failed: the Azure API returned the following error:
│
│ Status: "UmiMissingAkvPermissions"
│ Code: ""
│ Message: "${umiMessage}"
│ Activity Id: ""
│
│   with azurerm_mssql_managed_instance_transparent_data_encryption.mi,
│   on mi.tf line 9, in resource "azurerm_mssql_managed_instance_transparent_data_encryption" "mi":
│
╵`,
    codes: ['UmiMissingAkvPermissions'],
    says: umiMessage,
    resources: { servers: [], instances: ['mi-tickets'], resourceGroups: ['rg-tickets'], keys: [keyUri] },
    values: { instance: 'mi-tickets' },
  },
  {
    tool: 'Terraform azurerm, the key itself',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/12299',
    text: `Error: creating Key: keyvault.BaseClient#CreateKey: Failure responding to request: StatusCode=409 -- Original Error: autorest/azure: Service returned an error. Status=409 Code="Conflict" Message="Key tde is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged." InnerError={"code":"ObjectIsDeletedButRecoverable"}

  on keys.tf line 3, in resource "azurerm_key_vault_key" "tde":
   3: resource "azurerm_key_vault_key" "tde" {`,
    codes: ['ObjectIsDeletedButRecoverable'],
    says: 'Key tde is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.',
  },
  {
    tool: 'az, a subscription without the provider',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider',
    text: `(MissingSubscriptionRegistration) The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found for how to register subscriptions.
Code: MissingSubscriptionRegistration
Message: The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found for how to register subscriptions.
Exception Details:	(MissingSubscriptionRegistration) The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found for how to register subscriptions.
	Code: MissingSubscriptionRegistration
	Message: The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found for how to register subscriptions.
	Target: Microsoft.KeyVault`,
    codes: ['MissingSubscriptionRegistration'],
    says: "The subscription is not registered to use namespace 'Microsoft.KeyVault'. See https://aka.ms/rps-not-found for how to register subscriptions.",
  },
  {
    tool: 'az, permission of a linked resource',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/role-based-access-control/troubleshooting',
    text: `(LinkedAuthorizationFailed) The client 'ada@tickets.example' with object id '1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11' has permission to perform action 'Microsoft.Sql/servers/write' on scope '${server}'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${umi}' (respectively) or the linked scope(s) are invalid.
Code: LinkedAuthorizationFailed`,
    codes: ['LinkedAuthorizationFailed'],
    resources: { servers: ['sql-tickets-weu'] },
  },
  {
    tool: 'Bicep, preflight',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-template',
    text: `ERROR: InvalidTemplateDeployment - The template deployment 'main' is not valid according to the validation procedure. The tracking id is '3b9a8e0d-6a2b-4a0c-8df1-7e3a6b3d9f10'. See inner errors for details.
ERROR: RequestDisallowedByPolicy - Resource 'sql-tickets-weu' was disallowed by policy. Reasons: 'Use a customer-managed key.'. See error details for policy resource IDs.`,
    codes: ['RequestDisallowedByPolicy'],
    says: "Resource 'sql-tickets-weu' was disallowed by policy. Reasons: 'Use a customer-managed key.'. See error details for policy resource IDs.",
  },
  {
    tool: 'az sql db, database-level key',
    language: 'English',
    source: sqlErrors,
    text: `(PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary) All the databases in geo-replication must have the same encryption protector as the source database. Please add the key '${keyUri}' to the target database 'tickets'.
Code: PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary`,
    codes: ['PerDatabaseCMKAKVKeyUriMissingOnGeoSecondary'],
    says: `All the databases in geo-replication must have the same encryption protector as the source database. Please add the key '${keyUri}' to the target database 'tickets'.`,
    resources: { keys: [keyUri] },
  },
  {
    tool: 'curl -i',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling',
    text: `HTTP/2 429
cache-control: no-cache
content-type: application/json; charset=utf-8
retry-after: 17
x-ms-failure-cause: gateway
x-ms-request-id: 0d1c2b3a-4f5e-4d6c-8b7a-a9b8c7d6e5f4
x-ms-correlation-request-id: 0d1c2b3a-4f5e-4d6c-8b7a-a9b8c7d6e5f4

{"error":{"code":"SubscriptionRequestsThrottled","message":"Number of requests for subscription '${sub}' and operation 'PUT/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.SQL/SERVERS/KEYS' exceeded the backend storage limit. Please try again after '17' seconds."}}`,
    codes: ['SubscriptionRequestsThrottled'],
    resources: { subscriptions: [sub] },
  },
];
