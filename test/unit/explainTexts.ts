import type { ArmErrorDetails } from '../../src/core/armError';
import type { PastedResources } from '../../src/core/pastedErrors/pastedResources';

/** A text that a user may paste, and what it contains. */
export interface PastedText {
  readonly tool: string;
  readonly text: string;
  /** All codes, in this order. */
  readonly codes: readonly string[];
  /** Some properties of the first failure. */
  readonly first?: Partial<ArmErrorDetails>;
  /** Some of the resources. */
  readonly resources?: Partial<PastedResources>;
}

const sub = '0c4f2a6e-5b1d-4a7e-9b57-2f1d6c8e9a01';
export const group = `/subscriptions/${sub}/resourceGroups/rg-orders`;
export const server = `${group}/providers/Microsoft.Sql/servers/sql-orders-weu`;
const version = '9f3c1b7a5d2e4f60819a3b5c7d9e1f20';
export const keyUri = `https://kv-orders.vault.azure.net/keys/tde-orders/${version}`;
export const keyName = `kv-orders_tde-orders_${version}`;
const principal = '7d1b0c52-3e6f-4f1a-8b6d-5a2c9e0f4d33';
const request = '5b0f7c1e-92d4-4c3a-a6de-0e1f2a3b4c5d';
const correlation = 'c2a7d9e4-1f3b-4d5c-8e6f-7a8b9c0d1e2f';
const permissions = `The server 'sql-orders-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing permissions to the service principal with ID '${principal}'. (https://aka.ms/sqltdebyoksetup)`;
const disabled =
  "The operation could not be completed on server 'sql-orders-weu' because the Azure Key Vault key 'tde-orders' is disabled.";
const recovery = `The provided Key Vault uri '${keyUri}' is not valid. Please ensure the key vault has been configured with soft-delete and purge protection. (https://aka.ms/sqltdebyoksoftdelete)`;
const secondary = "Secondary server does not have the key material of the primary server's encryption protector.";

const json = (value: unknown) => JSON.stringify(value);
const pretty = (value: unknown) => JSON.stringify(value, undefined, 2);
const box = (text: string) => `╷\n${text.replace(/^/gm, '│ ')}\n╵`;

const azureCli: readonly PastedText[] = [
  {
    tool: 'az: the command and its error',
    text: `$ az sql server key create -g rg-orders -s sql-orders-weu --kid ${keyUri}
(AzureKeyVaultMissingPermissions) ${permissions}
Code: AzureKeyVaultMissingPermissions
Message: ${permissions}`,
    codes: ['AzureKeyVaultMissingPermissions'],
    first: { message: permissions, operation: { name: 'create server key', resource: 'sql-orders-weu' } },
    resources: {
      resourceGroups: ['rg-orders'],
      servers: ['sql-orders-weu'],
      vaults: ['kv-orders'],
      keys: [keyUri],
      principals: [principal],
    },
  },
  {
    tool: 'az: colored, with prefix',
    text: `\u001b[31mERROR: (SecurityInvalidAzureKeyVaultRecoveryLevel) ${recovery}\u001b[0m`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    first: { message: recovery },
    resources: { keys: [keyUri] },
  },
  {
    tool: 'az: older, only the sentence',
    text: `ERROR: Deployment failed. Correlation ID: ${correlation}. ${disabled}`,
    codes: ['AzureKeyVaultKeyDisabled'],
    first: { correlationId: correlation, message: disabled },
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: 'az: with an inner error',
    text: `ERROR: (DeploymentFailed) At least one resource deployment operation failed. Please list deployment operations for details.
Code: DeploymentFailed
Message: At least one resource deployment operation failed. Please list deployment operations for details.
Target: ${group}/providers/Microsoft.Resources/deployments/tde
Exception Details:\t(ResourceDeploymentFailure) The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.
\tCode: ResourceDeploymentFailure
\tMessage: The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.
\tTarget: ${server}/keys/${keyName}
\tException Details:\t(AzureKeyVaultKeyNameNotFound) The operation could not be completed because the Azure Key Vault Key name 'tde-orders' does not exist.
\t\tCode: AzureKeyVaultKeyNameNotFound
\t\tMessage: The operation could not be completed because the Azure Key Vault Key name 'tde-orders' does not exist.`,
    codes: ['AzureKeyVaultKeyNameNotFound'],
    first: {
      message: "The operation could not be completed because the Azure Key Vault Key name 'tde-orders' does not exist.",
      operation: { name: 'pasted error', resource: `${server}/keys/${keyName}` },
    },
    resources: { servers: ['sql-orders-weu'], serverKeys: [keyName], vaults: ['kv-orders'] },
  },
  {
    tool: 'az deployment: one line of JSON',
    text: `ERROR: ${json({
      status: 'Failed',
      error: {
        code: 'DeploymentFailed',
        target: `${group}/providers/Microsoft.Resources/deployments/main`,
        message: 'At least one resource deployment operation failed.',
        details: [
          {
            code: 'ResourceDeploymentFailure',
            target: `${server}/keys/${keyName}`,
            message:
              "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
            details: [
              {
                code: 'AkvEndpointNotReachableFromNode',
                message:
                  "AKV endpoint 'kv-orders.vault.azure.net' is not reachable from SQL, on server 'sql-orders-weu'.",
              },
            ],
          },
        ],
      },
    })}`,
    codes: ['AkvEndpointNotReachableFromNode'],
    first: {
      message: "AKV endpoint 'kv-orders.vault.azure.net' is not reachable from SQL, on server 'sql-orders-weu'.",
    },
    resources: { subscriptions: [sub], resourceGroups: ['rg-orders'], vaults: ['kv-orders'] },
  },
  {
    tool: 'az: missing permissions of the user',
    text: `(AuthorizationFailed) The client 'dba@contoso.example' with object id '${request}' does not have authorization to perform action 'Microsoft.Sql/servers/keys/write' over scope '${server}/keys/${keyName}' or the scope is invalid. If access was recently granted, please refresh your credentials.
Code: AuthorizationFailed
Message: The client 'dba@contoso.example' with object id '${request}' does not have authorization to perform action 'Microsoft.Sql/servers/keys/write' over scope '${server}/keys/${keyName}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    codes: ['AuthorizationFailed'],
    first: { operation: { name: 'create server key', resource: `${server}/keys/${keyName}` } },
    resources: { principals: [], servers: ['sql-orders-weu'] },
  },
  {
    tool: 'az: protector set before the key exists',
    text: `> az sql server tde-key set --server sql-orders-weu --resource-group rg-orders --server-key-type AzureKeyVault --kid ${keyUri}
The requested server key was not found on the current subscription.`,
    codes: ['ServerKeyNotFound'],
    first: { operation: { name: 'set TDE protector', resource: 'sql-orders-weu' } },
    resources: { resourceGroups: ['rg-orders'], servers: ['sql-orders-weu'], keys: [keyUri] },
  },
  {
    tool: 'az --debug: the response',
    text: `DEBUG: cli.azure.cli.core.sdk.policies: Response status: 409
DEBUG: cli.azure.cli.core.sdk.policies:     'x-ms-request-id': '${request}'
DEBUG: cli.azure.cli.core.sdk.policies:     'x-ms-correlation-request-id': '${correlation}'
DEBUG: cli.azure.cli.core.sdk.policies: {"error":{"code":"ServerKeyUriAlreadyExists","message":"The server key URI already exists on the server."}}`,
    codes: ['ServerKeyUriAlreadyExists'],
    first: { status: 409, requestId: request, correlationId: correlation },
  },
];

const powerShell: readonly PastedText[] = [
  {
    tool: 'Az PowerShell 5: code and message',
    text: `Add-AzSqlServerKeyVaultKey : SecurityInvalidAzureKeyVaultRecoveryLevel: ${recovery}
At line:1 char:1
+ Add-AzSqlServerKeyVaultKey -ResourceGroupName rg-orders -ServerName s ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : CloseError: (:) [Add-AzSqlServerKeyVaultKey], CloudException
    + FullyQualifiedErrorId : Microsoft.Azure.Commands.Sql.TransparentDataEncryption.Cmdlet.AddAzureSqlServerKeyVaultKey`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    first: { message: recovery },
    resources: { resourceGroups: ['rg-orders'], keys: [keyUri] },
  },
  {
    tool: 'Az PowerShell 7: a failed operation',
    text: `Add-AzSqlServerKeyVaultKey: Long running operation failed with status 'Failed'. Additional Info:'${permissions}'`,
    codes: ['AzureKeyVaultMissingPermissions'],
    first: { operation: { name: 'create server key', resource: 'sql-orders-weu' } },
    resources: { principals: [principal] },
  },
  {
    tool: 'Az PowerShell: a deployment',
    text: `New-AzResourceGroupDeployment: 10:41:07 - The deployment 'tde' failed with error(s). Showing 1 out of 1 error(s).
Status Message: ${secondary} (Code:SameKeyMaterialNotFoundOnRemoteServer)
CorrelationId: ${correlation}`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    first: { message: secondary, correlationId: correlation },
  },
  {
    tool: 'Az PowerShell: the SDK below it',
    text: `Set-AzSqlServerTransparentDataEncryptionProtector: ${disabled}
Status: 400 (Bad Request)
ErrorCode: AzureKeyVaultKeyDisabled

Content:
{"error":{"code":"AzureKeyVaultKeyDisabled","message":"${disabled}"}}

Headers:
Cache-Control: no-cache
x-ms-request-id: ${request}
x-ms-correlation-request-id: ${correlation}`,
    codes: ['AzureKeyVaultKeyDisabled'],
    first: {
      status: 400,
      message: disabled,
      requestId: request,
      correlationId: correlation,
      operation: { name: 'set TDE protector', resource: 'sql-orders-weu' },
    },
  },
  {
    tool: 'Az PowerShell: ConvertTo-Json of the exception',
    text: `{
    "Code":  "AzureKeyVaultNoServerIdentity",
    "Message":  "The server identity is not correctly configured on server \\u0027sql-orders-weu\\u0027."
}`,
    codes: ['AzureKeyVaultNoServerIdentity'],
    first: { message: "The server identity is not correctly configured on server 'sql-orders-weu'." },
    resources: { servers: ['sql-orders-weu'] },
  },
];

const terraform: readonly PastedText[] = [
  {
    tool: 'Terraform azurerm 2 and 3',
    text: `Error: waiting for creation of Server Key "${keyName}" (Resource Group "rg-orders"): Code="AzureKeyVaultMissingPermissions" Message="${permissions}"

  with azurerm_mssql_server_transparent_data_encryption.orders,
  on main.tf line 61, in resource "azurerm_mssql_server_transparent_data_encryption" "orders":`,
    codes: ['AzureKeyVaultMissingPermissions'],
    first: {
      message: permissions,
      operation: { name: 'set TDE protector', resource: `sql-orders-weu / ${keyName}` },
    },
    resources: { resourceGroups: ['rg-orders'], serverKeys: [keyName], vaults: ['kv-orders'] },
  },
  {
    tool: 'Terraform azurerm 3: refused immediately',
    text: box(`Error: creating/updating Transparent Data Encryption for Server (Subscription: "${sub}"
Resource Group Name: "rg-orders"
Server Name: "sql-orders-weu"): performing CreateOrUpdate: unexpected status 409 (409 Conflict) with error: ConflictingServerOperation: An operation is currently in progress for the server 'sql-orders-weu'. Please wait until that operation
completes before trying again.

  with azurerm_mssql_server_transparent_data_encryption.orders,
  on main.tf line 61, in resource "azurerm_mssql_server_transparent_data_encryption" "orders":`),
    codes: ['ConflictingServerOperation'],
    first: {
      status: 409,
      message:
        "An operation is currently in progress for the server 'sql-orders-weu'. Please wait until that operation completes before trying again.",
      operation: { name: 'set TDE protector', resource: 'sql-orders-weu' },
    },
    resources: { subscriptions: [sub], resourceGroups: ['rg-orders'], servers: ['sql-orders-weu'] },
  },
  {
    tool: 'Terraform azurerm 4: a failed poll, the code as status',
    text: box(`Error: creating Server Key (Subscription: "${sub}"
Resource Group Name: "rg-orders"
Server Name: "sql-orders-weu"
Key Name: "${keyName}"): polling after CreateOrUpdate: polling failed: the Azure API returned the following error:

Status: "AkvHostNotResolvingFromNode"
Code: ""
Message: "AKV host 'kv-orders.vault.azure.net' is not resolvable from SQL, on server 'sql-orders-weu'."
Activity Id: ""

---

API Response:

----[start]----
{"name":"${request}","status":"Failed","startTime":"2026-11-24T10:03:53.143Z","error":{"code":"AkvHostNotResolvingFromNode","message":"AKV host 'kv-orders.vault.azure.net' is not resolvable from SQL, on server 'sql-orders-weu'."}}
-----[end]-----
`),
    codes: ['AkvHostNotResolvingFromNode'],
    first: { message: "AKV host 'kv-orders.vault.azure.net' is not resolvable from SQL, on server 'sql-orders-weu'." },
    resources: { servers: ['sql-orders-weu'], vaults: ['kv-orders'], serverKeys: [keyName] },
  },
  {
    tool: 'Terraform azurerm: an unknown code of another service',
    text: box(`Error: creating Server: polling after CreateOrUpdate: polling failed: the Azure API returned the following error:

Status: "ProvisioningDisabled"
Code: ""
Message: "Provisioning is restricted in this region."
Activity Id: "${request}"`),
    codes: ['ProvisioningDisabled'],
    first: { message: 'Provisioning is restricted in this region.', requestId: request },
  },
  {
    tool: 'Terraform azurerm, autorest',
    text: `Error: sql.ServerKeysClient#CreateOrUpdate: Failure sending request: StatusCode=400 -- Original Error: Code="AzureKeyVaultInvalidUri" Message="An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI." Details=[{"code":"45329","message":"An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.","severity":"16","target":null}]`,
    codes: ['AzureKeyVaultInvalidUri'],
    first: {
      status: 400,
      message: 'An invalid response from Azure Key Vault. Please use a valid Azure Key Vault URI.',
    },
  },
  {
    tool: 'Terraform azapi',
    text: box(`Error: Failed to create/update resource

creating/updating Resource: (ResourceId "${server}/keys/${keyName}" / Api Version "2023-08-01"): PUT https://management.azure.com${server}/keys/${keyName}
--------------------------------------------------------------------------------
RESPONSE 400: 400 Bad Request
ERROR CODE: AzureKeyVaultRsaKeyNotSupported
--------------------------------------------------------------------------------
{
  "error": {
    "code": "AzureKeyVaultRsaKeyNotSupported",
    "message": "The key vault provided '${keyUri}' on server 'sql-orders-weu' uses unsupported RSA Key Size or Key Type."
  }
}
--------------------------------------------------------------------------------`),
    codes: ['AzureKeyVaultRsaKeyNotSupported'],
    first: {
      status: 400,
      message: `The key vault provided '${keyUri}' on server 'sql-orders-weu' uses unsupported RSA Key Size or Key Type.`,
      operation: { name: 'create server key', resource: `${server}/keys/${keyName}` },
    },
    resources: { ids: [`${server}/keys/${keyName}`], keys: [keyUri] },
  },
];

const others: readonly PastedText[] = [
  {
    tool: 'portal: a notification',
    text: `Failed to save transparent data encryption settings
Failed to save Transparent Data Encryption settings for SQL server: sql-orders-weu. Error message: ${recovery}`,
    codes: ['SecurityInvalidAzureKeyVaultRecoveryLevel'],
    first: { message: recovery, operation: { name: 'pasted error', resource: 'sql-orders-weu' } },
    resources: { keys: [keyUri], servers: ['sql-orders-weu'] },
  },
  {
    tool: 'portal: a notification of a user-assigned identity',
    text: `The managed identity with ID '${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey' to the key '${keyUri}'. Please grant the missing permissions to the identity. (https://aka.ms/sqltdebyokcreateserver).`,
    codes: ['UmiMissingAkvPermissions'],
    resources: {
      keys: [keyUri],
      ids: [`${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders`],
    },
  },
  {
    tool: 'portal: newer text of an expired key',
    text: `The server sql-orders-weu requires the Key Vault Crypto Service Encryption User permission for the RBAC policy or following Azure Key Vault permissions: Get, WrapKey, UnwrapKey. Please grant the missing permissions to the service principal with ID ${principal}. Ensure the key is active, not expired or disabled.`,
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { principals: [principal], servers: ['sql-orders-weu'] },
  },
  {
    tool: 'portal: the raw error of a deployment, JSON in JSON',
    text: pretty({
      code: 'DeploymentFailed',
      message: 'At least one resource deployment operation failed.',
      details: [
        {
          code: 'BadRequest',
          message: pretty({
            error: { code: 'SameKeyUriNotFoundOnRemoteServer', message: `${secondary} "sql-orders-neu"` },
          }),
        },
        {
          code: 'Conflict',
          message: json({
            error: {
              code: 'ScopeLocked',
              message: 'The scope cannot perform write operation because following scope(s) are locked.',
            },
          }),
        },
      ],
    }),
    codes: ['SameKeyUriNotFoundOnRemoteServer', 'ScopeLocked'],
    first: { message: `${secondary} "sql-orders-neu"` },
  },
  {
    tool: 'activity log: an entry',
    text: pretty({
      authorization: { action: 'Microsoft.Sql/servers/keys/write', scope: `${server}/keys/${keyName}` },
      correlationId: correlation,
      operationName: { value: 'Microsoft.Sql/servers/keys/write', localizedValue: 'Create or update server key' },
      resourceId: `${server}/keys/${keyName}`,
      status: { value: 'Failed' },
      subStatus: { value: 'BadRequest', localizedValue: 'Bad Request (HTTP Status Code: 400)' },
      properties: {
        statusCode: 'BadRequest',
        serviceRequestId: request,
        statusMessage: json({
          error: {
            code: 'AzureKeyVaultInvalidExpirationDate',
            message:
              "The operation could not be completed because the Azure Key Vault key 'tde-orders' expiration date is invalid.",
          },
        }),
        entity: `${server}/keys/${keyName}`,
      },
    }),
    codes: ['AzureKeyVaultInvalidExpirationDate'],
    first: {
      status: 400,
      requestId: request,
      correlationId: correlation,
      message:
        "The operation could not be completed because the Azure Key Vault key 'tde-orders' expiration date is invalid.",
      operation: { name: 'create server key', resource: `${server}/keys/${keyName}` },
    },
    resources: { ids: [`${server}/keys/${keyName}`], subscriptions: [sub], serverKeys: [keyName] },
  },
  {
    tool: 'activity log: a database that lost its key',
    text: 'EventName: MakeDatabaseInaccessible\nStatus: Started\nDescription: Database orders on Server sql-orders-weu has lost access to Azure Key Vault Key and is now transitioning to inaccessible state.',
    codes: ['MakeDatabaseInaccessible'],
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: 'REST: the poll of a failed operation',
    text: `HTTP/1.1 200 OK
x-ms-request-id: ${request}

{"name":"b1b2","status":"Failed","startTime":"2026-11-24T09:58:11.27Z","error":{"code":"AzureKeyVaultConnectionFailed","message":"The operation could not be completed on server 'sql-orders-weu' because attempts to connect to Azure Key Vault 'kv-orders' have failed"}}`,
    codes: ['AzureKeyVaultConnectionFailed'],
    first: { requestId: request },
    resources: { vaults: ['kv-orders'] },
  },
  {
    tool: 'REST: the flat body of an older version',
    text: '{"code":"45330","message":"The server \'sql-orders-weu\' requires the following Azure Key Vault permissions: \'Get\'.","target":null,"details":[{"code":"45330","message":"…","target":null,"severity":"16"}],"innererror":[]}',
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: 'REST: message before code',
    text: '{"error":{"message":"Too many requests.","details":[{"message":"Number of requests for the subscription exceeded the limit.","code":"SubscriptionRequestsThrottled"}],"code":"SomethingElseFailed"}}',
    codes: ['SubscriptionRequestsThrottled', 'SomethingElseFailed'],
    first: { message: 'Number of requests for the subscription exceeded the limit.' },
  },
  {
    tool: 'JavaScript SDK: util.inspect',
    text: `RestError: ${disabled}
    at handleErrorResponse (/app/node_modules/@azure/core-client/src/deserializationPolicy.ts:187:17)
  code: 'AzureKeyVaultKeyDisabled',
  statusCode: 400,`,
    codes: ['AzureKeyVaultKeyDisabled'],
    first: { status: 400 },
  },
  {
    tool: 'Python SDK',
    text: `azure.core.exceptions.HttpResponseError: (OperationTimedOut) The operation timed out and automatically rolled back. Please retry the operation.
Code: OperationTimedOut
Message: The operation timed out and automatically rolled back. Please retry the operation.`,
    codes: ['OperationTimedOut'],
    first: { message: 'The operation timed out and automatically rolled back. Please retry the operation.' },
  },
  {
    tool: 'Pulumi',
    text: `error: autorest/azure: Service returned an error. Status=404 Code="ParentResourceNotFound" Message="Can not perform requested operation on nested resource. Parent resource 'sql-orders-weu' not found."`,
    codes: ['ParentResourceNotFound'],
    first: {
      status: 404,
      message: "Can not perform requested operation on nested resource. Parent resource 'sql-orders-weu' not found.",
    },
  },
  {
    tool: 'SSMS',
    text: "Cannot connect to sql-orders-weu.database.windows.net.\n\nADDITIONAL INFORMATION:\n\nDatabase 'orders' is not accessible due to Azure Key Vault critical error. (Microsoft SQL Server, Error: 40981)",
    codes: ['40981'],
    first: { operation: { name: 'pasted error', resource: 'sql-orders-weu' } },
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: 'sqlcmd',
    text: 'Msg 40925, Level 16, State 1, Server sql-orders-weu, Line 1\nCan not connect to the database in its current state.',
    codes: ['40925'],
    first: { message: 'Can not connect to the database in its current state.' },
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: '.NET SqlClient',
    text: `Microsoft.Data.SqlClient.SqlException (0x80131904): The Azure Key Vault client encountered an error with message 'Forbidden'.
Error Number:33183,State:1,Class:16`,
    codes: ['33183'],
  },
  {
    tool: 'the error log of SQL Server',
    text: "2026-11-24 09:11:02.15 spid42s     Error: 33184, Severity: 16, State: 1.\n2026-11-24 09:11:02.15 spid42s     An error occurred while obtaining information for the Azure Key Vault client with message 'x'.",
    codes: ['33184'],
  },
  {
    tool: 'DBeaver',
    text: 'SQL Error [40925] [S0001]: Can not connect to the database in its current state. ClientConnectionId:aa',
    codes: ['40925'],
  },
  {
    tool: 'a sentence from a chat',
    text: 'we get azurekeyvaultmissingpermissions on sql-orders-weu.database.windows.net, any idea?',
    codes: ['AzureKeyVaultMissingPermissions'],
    resources: { servers: ['sql-orders-weu'] },
  },
  {
    tool: 'only a wrapper',
    text: '{"code":"DeploymentFailed","message":"At least one resource deployment operation failed."}',
    codes: ['DeploymentFailed'],
  },
  {
    tool: 'a generic code and a specific one',
    text: 'ResourceNotFound: The requested resource was not found.\nAzureKeyVaultKeyInUse: The key is currently being used by the server.',
    codes: ['AzureKeyVaultKeyInUse', 'ResourceNotFound'],
    first: { message: 'The key is currently being used by the server.' },
  },
  {
    tool: 'no error',
    text: 'The quick brown fox jumps over 40925 lazy dogs (at code: 7).\n(40925 rows affected)',
    codes: [],
  },
  { tool: 'empty text', text: '', codes: [], resources: { ids: [], servers: [] } },
];

export const texts: readonly PastedText[] = [...azureCli, ...powerShell, ...terraform, ...others];
