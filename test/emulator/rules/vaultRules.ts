import { primariesOf, secondariesOf } from '../base/geo';
import { includesId, isInstance, same } from '../base/ids';
import { messageIf, type Rule } from '../base/rule';
import type { KeyVersion, SqlResource, Vault } from '../base/state';
import { mayUseKey } from './keyAccess';
import { parseKeyIdentifier, type KeyIdentifier } from './keyIdentifier';
import { directoryOf, isReady, type VaultFacts } from './vaultFacts';

const hasKeyMaterial = (server: SqlResource, version: KeyVersion | undefined): boolean =>
  version === undefined || server.keys.some((key) => key.thumbprint === version.thumbprint);

/** True if the server has a version of the same key of the same vault. */
export const hasVaultKey = (server: SqlResource, { host, key }: KeyIdentifier): boolean =>
  server.keys.some(({ uri }) => {
    const other = parseKeyIdentifier(uri);
    return other !== undefined && same(other.host, host) && same(other.key, key);
  });

/** The operations of TDE that the key doesn't permit. A key without a list permits all operations of its type. */
const missingOperations = ({ keyOps }: KeyVersion): string[] =>
  ['WrapKey', 'UnwrapKey'].filter((operation) => keyOps && !includesId(keyOps, operation));

const missingPermissions = ({ server, principalId = '' }: VaultFacts, permissions: string): string =>
  `The server '${server.name}' requires the following Azure Key Vault permissions: '${permissions}'. Please grant the missing permissions to the service principal with ID '${principalId}'.`;

/**
 * Whether Azure SQL is a trusted service that may pass the firewall of a vault. Source: Azure SQL docs, "Managed identities
 * for TDE with customer-managed key", limitations.
 */
const isTrusted = (server: SqlResource, { network }: Vault): boolean =>
  network.bypass === 'AzureServices' && !(isInstance(server) && server.userAssignedIdentities.length > 0);

const blocked = (server: SqlResource, vault: Vault): boolean => {
  const { defaultAction, publicNetworkAccess } = vault.network;
  if (publicNetworkAccess === 'SecuredByPerimeter') return true;
  return (defaultAction === 'Deny' || publicNetworkAccess === 'Disabled') && !isTrusted(server, vault);
};

/**
 * The checks for which Azure SQL needs the directory or the vault, in Azure's order.
 * The messages are those of the error lists of ServerKeys and EncryptionProtectors in Microsoft.Sql 2023-08-01.
 */
export const vaultRules: readonly Rule<VaultFacts>[] = [
  {
    code: 'AzureKeyVaultNoServerIdentity',
    status: 400,
    when: (f) => messageIf(f.principalId === undefined, 'The server identity is not correctly configured.'),
  },
  {
    code: 'AdalServicePrincipalNotFound',
    status: 400,
    when: (f) =>
      messageIf(
        f.principal?.tenantId !== directoryOf(f),
        'The operation could not be completed because an Azure Active Directory library Service Principal not found error was encountered.',
      ),
  },
  {
    code: 'SecurityAdalPrincipalCertExpiredError',
    status: 400,
    when: (f) =>
      messageIf(
        f.principal?.certificateExpired === true,
        'The operation could not be completed because the Azure Key Vault principal certificate has expired.',
      ),
  },
  {
    code: 'AdalGenericError',
    status: 400,
    when: (f) =>
      messageIf(
        f.principal?.blocked === true,
        'The operation could not be completed because an Azure Active Directory error was encountered.',
      ),
  },
  {
    code: 'AkvHostNotResolvingFromNode',
    status: 400,
    when: (f) =>
      messageIf(
        f.vault === undefined,
        `AKV host '${f.identifier.host}' is not resolvable from SQL, on server '${f.server.name}'.`,
      ),
  },
  {
    code: 'AzureKeyVaultConnectionFailed',
    status: 503,
    when: (f) =>
      messageIf(
        f.vault?.deleted === true,
        'The operation could not be completed on the server because attempts to connect to Azure Key Vault have failed.',
      ),
  },
  {
    code: 'AzureKeyVaultGenericConnectionError',
    status: 503,
    when: (f) =>
      messageIf(
        f.vault !== undefined && !isReady(f.vault),
        'The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information.',
      ),
  },
  {
    code: 'BlockSystemAssignedIdentityForCrossTenantCMK',
    status: 400,
    when: (f) =>
      messageIf(
        f.vault !== undefined && f.vault.tenantId !== f.server.tenantId && f.server.userAssignedIdentities.length === 0,
        'Cross tenant CMK can only be configured when the server is configured with a User Assigned Managed Identity. Refer to https://aka.ms/sqltdebyokumi to configure User Assigned Managed Identity.',
      ),
  },
  {
    code: 'AkvEndpointNotReachableFromNode',
    status: 400,
    when: (f) =>
      messageIf(
        f.vault !== undefined && blocked(f.server, f.vault),
        `AKV endpoint '${f.identifier.host}' is not reachable from SQL, on server '${f.server.name}'.`,
      ),
  },
  {
    code: 'AzureKeyVaultMissingPermissions',
    status: 400,
    when: (f) =>
      messageIf(
        f.vault !== undefined &&
          !mayUseKey({ ...f, vault: f.vault, key: f.identifier.key, principalId: f.principalId ?? '' }),
        missingPermissions(f, 'Get, WrapKey, UnwrapKey'),
      ),
  },
  {
    code: 'AzureKeyVaultKeyNameNotFound',
    status: 409,
    when: (f) =>
      messageIf(
        f.version === undefined,
        'The operation could not be completed because the Azure Key Vault Key name does not exist.',
      ),
  },
  {
    code: 'AzureKeyVaultKeyDisabled',
    status: 400,
    when: (f) =>
      messageIf(
        f.version?.enabled === false || (f.version?.nbf ?? 0) > f.now,
        'The operation could not be completed on the server because the Azure Key Vault key is disabled.',
      ),
  },
  {
    code: 'AzureKeyVaultInvalidExpirationDate',
    status: 400,
    when: (f) =>
      messageIf(
        (f.version?.exp ?? Infinity) <= f.now,
        'The operation could not be completed because the Azure Key Vault key expiration date is invalid.',
      ),
  },
  {
    code: 'AzureKeyVaultRsaKeyNotSupported',
    status: 400,
    when: (f) =>
      messageIf(
        !(/^RSA(-HSM)?$/.test(f.version?.kty ?? '') && [2048, 3072].includes(f.version?.keySize ?? 0)),
        'The provided key vault uses unsupported RSA Key Size or Key Type. The supported RSA key size is 2048 or 3072 and Key Type is RSA or RSA-HSM.',
      ),
  },
  {
    // Key Vault refuses the operation with the same error as a missing permission.
    code: 'AzureKeyVaultMissingPermissions',
    status: 400,
    when: (f) => {
      const missing = f.version ? missingOperations(f.version) : [];
      return messageIf(missing.length > 0, missingPermissions(f, missing.join(', ')));
    },
  },
  {
    code: 'SecurityInvalidAzureKeyVaultRecoveryLevel',
    status: 400,
    when: (f) =>
      messageIf(
        f.vault !== undefined && !(f.vault.softDelete && f.vault.purgeProtection),
        `The provided Key Vault uri 'https://${f.identifier.host}/keys/${f.identifier.key}/${f.identifier.version ?? ''}' is not valid. Please ensure the vault has the right Recovery Level other than 'Purgeable'.`,
      ),
  },
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    status: 400,
    when: (f) =>
      messageIf(
        secondariesOf(f.state, f.server).length > 0 && primariesOf(f.state, f.server).length > 0,
        'Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).',
      ),
  },
];

/**
 * The checks of the partner servers. Azure SQL makes them when a key becomes the TDE protector, and not when it becomes a server
 * key. Source: issue 5377 of Azure Service Operator.
 */
const replicaRules: readonly Rule<VaultFacts>[] = [
  {
    code: 'SameKeyUriNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      messageIf(
        f.autoRotation && secondariesOf(f.state, f.server).some((partner) => !hasVaultKey(partner, f.identifier)),
        "Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.",
      ),
  },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      messageIf(
        secondariesOf(f.state, f.server, 'failoverGroup').some((partner) => !hasKeyMaterial(partner, f.version)),
        "Secondary server does not have the key material of the primary server's encryption protector.",
      ),
  },
  {
    code: 'KeyMaterialNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      messageIf(
        secondariesOf(f.state, f.server, 'replication').some((partner) => !hasKeyMaterial(partner, f.version)),
        'Remote server does not have access to key material used as a TDE protector.',
      ),
  },
];

/** The checks of a key that becomes the TDE protector. */
export const protectorRules: readonly Rule<VaultFacts>[] = [...vaultRules, ...replicaRules];
