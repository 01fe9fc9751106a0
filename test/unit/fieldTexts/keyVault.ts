import { keyVaultErrors, keyVaultRest, type FieldText } from './fieldText';

const firewall =
  'Client address is not authorized and caller is not a trusted service.\r\nClient address: 203.0.113.17\r\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/\r\nVault: kv-ledger-weu;location=westeurope';
const rbac =
  "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/\r\nAction: 'Microsoft.KeyVault/vaults/keys/read'\r\nResource: '/subscriptions/3e0d4f57-6c1b-4a7a-9f43-0d1e2c3b4a59/resourcegroups/rg-ledger/providers/microsoft.keyvault/vaults/kv-ledger-weu/keys/tde-2026'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: 'DeniedWithNoValidRBAC' \r\nVault: kv-ledger-weu;location=westeurope\r\n";
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Key Vault's data plane, through several clients. */
export const keyVault: readonly FieldText[] = [
  {
    tool: 'Key Vault REST',
    language: 'English',
    source: keyVaultRest,
    text: JSON.stringify({
      error: { code: 'Forbidden', message: firewall, innererror: { code: 'ForbiddenByFirewall' } },
    }),
    codes: ['ForbiddenByFirewall'],
    says: oneLine(firewall),
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'az keyvault',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/4553',
    text: `(Forbidden) ${firewall.replaceAll('\r', '')}
Code: Forbidden
Message: ${firewall.replaceAll('\r', '')}
Inner error: {
    "code": "ForbiddenByFirewall"
}`,
    codes: ['ForbiddenByFirewall'],
    says: oneLine(firewall),
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'Terraform azurerm, autorest',
    language: 'English',
    source: 'https://github.com/piyushsachdeva/Terraform_AKS/issues/2',
    text: `│ Error: checking for presence of existing Key "tde-2026" (Key Vault "https://kv-ledger-weu.vault.azure.net/"): keyvault.BaseClient#GetKey: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code="Forbidden" Message="${rbac.replaceAll('\r\n', '\\r\\n')}" InnerError={"code":"ForbiddenByRbac"}
│
│   with azurerm_key_vault_key.tde,
│   on keys.tf line 12, in resource "azurerm_key_vault_key" "tde":
│   12: resource "azurerm_key_vault_key" "tde" {
│
╵`,
    codes: ['ForbiddenByRbac'],
    says: oneLine(rbac),
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'Bicep deployment',
    language: 'English',
    source: 'https://github.com/Azure/bicep/issues/6539',
    text: JSON.stringify({
      status: 'Failed',
      error: {
        code: 'DeploymentFailed',
        message:
          'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/DeployOperations for usage details.',
        details: [
          {
            code: 'BadRequest',
            message: JSON.stringify(
              { error: { code: 'ForbiddenByRbac', message: `[ForbiddenByRbac (Forbidden)] ${rbac}` } },
              undefined,
              2,
            ).replaceAll('\n', '\r\n'),
          },
        ],
      },
    }),
    codes: ['ForbiddenByRbac'],
    says: `[ForbiddenByRbac (Forbidden)] ${oneLine(rbac)}`,
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'az keyvault',
    language: 'English',
    source: keyVaultRest,
    text: `(Forbidden) The user, group or application 'appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/' does not have keys get permission on key vault 'kv-ledger-weu;location=westeurope'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287
Code: Forbidden
Message: The user, group or application 'appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/' does not have keys get permission on key vault 'kv-ledger-weu;location=westeurope'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287
Inner error: {
    "code": "AccessDenied"
}`,
    codes: ['ForbiddenByPolicy'],
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: 'Python Key Vault SDK',
    language: 'English',
    source: 'https://github.com/Azure/azure-sdk-for-python/issues/45342',
    text: `azure.core.exceptions.HttpResponseError: (Forbidden) Operation unwrapKey is not allowed on a disabled key.
Code: Forbidden
Message: Operation unwrapKey is not allowed on a disabled key.
Inner error: {
    "code": "KeyDisabled"
}`,
    codes: ['KeyDisabled'],
    says: 'Operation unwrapKey is not allowed on a disabled key.',
  },
  {
    tool: 'JavaScript Key Vault SDK',
    language: 'English',
    source: 'https://github.com/Azure/azure-sdk-for-js/issues/24756',
    text: `RestError: Operation get is not allowed on a disabled key.
 {
  "name": "RestError",
  "code": "Forbidden",
  "statusCode": 403,
  "request": {
    "url": "https://kv-ledger-weu.vault.azure.net/keys/tde-2026/?api-version=7.4"
  },
  "details": {
    "error": {
      "code": "Forbidden",
      "message": "Operation get is not allowed on a disabled key.",
      "innerError": {
        "code": "KeyDisabled"
      }
    }
  }
}`,
    codes: ['KeyDisabled'],
    says: 'Operation get is not allowed on a disabled key.',
    resources: { vaults: ['kv-ledger-weu'], keys: ['https://kv-ledger-weu.vault.azure.net/keys/tde-2026'] },
  },
  {
    tool: 'Az PowerShell',
    language: 'English',
    source: 'https://github.com/Azure/azure-powershell/issues/15378',
    text: `2026-11-20T08:14:46.1348367Z ##[error]Operation returned an invalid status code 'Forbidden'
Code: Forbidden
Message: Operation get is not allowed on a disabled key.
2026-11-20T08:14:46.3023398Z ##[error]PowerShell exited with code '1'.`,
    codes: ['KeyDisabled'],
    says: 'Operation get is not allowed on a disabled key.',
  },
  {
    tool: 'az keyvault',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery',
    text: `(Conflict) Key tde-2026 is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.
Code: Conflict
Message: Key tde-2026 is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.
Inner error: {
    "code": "ObjectIsDeletedButRecoverable"
}`,
    codes: ['ObjectIsDeletedButRecoverable'],
    says: 'Key tde-2026 is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.',
    values: { keyName: 'tde-2026' },
  },
  {
    tool: 'az keyvault',
    language: 'English',
    source: 'https://learn.microsoft.com/azure/key-vault/general/network-security',
    text: `\u001b[91m(Forbidden) Public network access is disabled and request is not from a trusted service nor via an approved private link.
Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/
Vault: kv-ledger-weu;location=westeurope
Code: Forbidden
Message: Public network access is disabled and request is not from a trusted service nor via an approved private link.
Caller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid=1f0c7a52-66b5-4c0e-8a55-3d5a0f0d8c11;iss=https://sts.windows.net/6a1b0e2c-9d0f-4b7e-a1a4-8f2f9d7c5e31/
Vault: kv-ledger-weu;location=westeurope
Inner error: {
    "code": "ForbiddenByConnection"
}\u001b[0m`,
    codes: ['ForbiddenByConnection'],
    resources: { vaults: ['kv-ledger-weu'] },
  },
  {
    tool: '.NET Key Vault SDK',
    language: 'English',
    source: keyVaultErrors,
    text: `Azure.RequestFailedException: A key with (name/id) tde-2026/4b1c9a7e2f6d4058b3a1c5e7f9021364 was not found in this key vault. If you recently deleted this key you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182
Status: 404 (Not Found)
ErrorCode: KeyNotFound

Content:
{"error":{"code":"KeyNotFound","message":"A key with (name/id) tde-2026/4b1c9a7e2f6d4058b3a1c5e7f9021364 was not found in this key vault. If you recently deleted this key you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182"}}

Headers:
Cache-Control: no-cache
x-ms-keyvault-region: westeurope
x-ms-request-id: 77c1c1f6-8b7f-4df8-9c2c-2b6ac1a0c9de`,
    codes: ['KeyNotFound'],
    says: 'A key with (name/id) tde-2026/4b1c9a7e2f6d4058b3a1c5e7f9021364 was not found in this key vault. If you recently deleted this key you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182',
  },
  {
    tool: 'Go Key Vault SDK',
    language: 'English',
    source: 'https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/azcore#ResponseError',
    text: `GET https://kv-ledger-weu.vault.azure.net/keys/tde-2026/
--------------------------------------------------------------------------------
RESPONSE 403: 403 Forbidden
ERROR CODE: Forbidden
--------------------------------------------------------------------------------
{
  "error": {
    "code": "Forbidden",
    "message": "Client address is not authorized and caller is not a trusted service.\\r\\nClient address: 203.0.113.17\\r\\nVault: kv-ledger-weu;location=westeurope",
    "innererror": {
      "code": "ForbiddenByFirewall"
    }
  }
}
--------------------------------------------------------------------------------`,
    codes: ['ForbiddenByFirewall'],
    says: 'Client address is not authorized and caller is not a trusted service. Client address: 203.0.113.17 Vault: kv-ledger-weu;location=westeurope',
    resources: { vaults: ['kv-ledger-weu'], keys: ['https://kv-ledger-weu.vault.azure.net/keys/tde-2026'] },
  },
];
