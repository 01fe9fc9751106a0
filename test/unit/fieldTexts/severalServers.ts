import { serverKeysApi, sqlErrors, type FieldText } from './fieldText';

const rgOf = (region: string) =>
  `/subscriptions/7c1a3f5e-9b2d-4e6f-8a0c-1d3e5f7a9b0c/resourceGroups/rg-harbor-${region}`;
const version = '5f7a9b0c1d3e4f6a8b2c0d4e6f8a1b3c';
const keyUri = `https://kv-harbor.vault.azure.net/keys/tde-harbor/${version}`;

/** Texts that name a server and its partner, or servers that fail for different reasons. */
export const severalServers: readonly FieldText[] = [
  {
    tool: 'az sql, the primary of a failover group',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/25906',
    text: `az sql server tde-key set -g rg-harbor-weu --server sql-harbor-weu --server-key-type AzureKeyVault --kid ${keyUri}
(SameKeyMaterialNotFoundOnRemoteServer) All servers linked by Geo replication should have the same key material as the encryption protector of the primary server. Please add the key '${keyUri}' with the same key material to the secondary server 'sql-harbor-neu'.`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    resources: { servers: ['sql-harbor-neu', 'sql-harbor-weu'], partners: ['sql-harbor-neu'] },
    values: { server: 'sql-harbor-weu', partnerServer: 'sql-harbor-neu', resourceGroup: 'rg-harbor-weu' },
  },
  {
    tool: 'Terraform, only the secondary is named',
    language: 'English',
    source: 'https://github.com/hashicorp/terraform-provider-azurerm/issues/25906',
    text: `Error: polling failed: the Azure API returned the following error:

Status: "SameKeyMaterialNotFoundOnRemoteServer"
Code: ""
Message: "All servers linked by Geo replication should have the same key material as the encryption protector of the primary server. Please add the key '${keyUri}' with the same key material to the secondary server 'sql-harbor-neu'."`,
    codes: ['SameKeyMaterialNotFoundOnRemoteServer'],
    values: { server: undefined, partnerServer: 'sql-harbor-neu' },
  },
  {
    tool: 'az sql failover-group create',
    language: 'English',
    source: serverKeysApi,
    text: `az sql failover-group create -n fg-harbor -g rg-harbor-weu --server sql-harbor-weu --partner-server sql-harbor-neu
(AzureKeyVaultMissingPermissions) The server 'sql-harbor-weu' requires the following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'.`,
    codes: ['AzureKeyVaultMissingPermissions'],
    values: { server: 'sql-harbor-weu', partnerServer: 'sql-harbor-neu' },
  },
  {
    tool: 'activity log of two servers',
    language: 'English',
    source: sqlErrors,
    text: `Compared with ${rgOf('weu')}/providers/Microsoft.Sql/servers/sql-harbor-weu
${rgOf('neu')}/providers/Microsoft.Sql/servers/sql-harbor-neu
{"code":"AzureKeyVaultKeyDisabled","message":"The operation could not be completed on server 'sql-harbor-neu' because the Azure Key Vault key '${keyUri}' is disabled."}`,
    codes: ['AzureKeyVaultKeyDisabled'],
    values: {
      server: 'sql-harbor-neu',
      resourceGroup: 'rg-harbor-neu',
      serverId: `${rgOf('neu')}/providers/Microsoft.Sql/servers/sql-harbor-neu`,
    },
  },
  {
    tool: 'a script over two servers without a role',
    language: 'English',
    source: sqlErrors,
    text: `checking sql-harbor-weu.database.windows.net and sql-harbor-neu.database.windows.net
(AzureKeyVaultKeyDisabled) The key is disabled.`,
    codes: ['AzureKeyVaultKeyDisabled'],
    resources: { servers: ['sql-harbor-weu', 'sql-harbor-neu'] },
    values: { server: undefined },
  },
];
