import { same } from '../base/find';
import { primariesOf, secondariesOf } from './geoPartners';
import { mayUseKey } from './keyAccess';
import { isAbroad } from './serverIdentity';
import type { KeyVersion, Server, Vault } from '../base/state';
import { parseKeyUri, type KeyUri } from './keyIdentifier';
import { text, type Rule } from '../base/rule';
import type { VaultFacts } from './vaultFacts';

const holdsMaterial = (server: Server, version: KeyVersion | undefined): boolean =>
  version === undefined || server.keys.some((key) => key.thumbprint === version.thumbprint);

const holdsKeyOfVault = (server: Server, uri: KeyUri): boolean =>
  server.keys.some((registered) => {
    const other = parseKeyUri(registered.uri);
    return other !== undefined && same(other.host, uri.host) && same(other.key, uri.key);
  });

/** A key vault whose address is not known yet, a managed HSM that is still set up, or waits for its security domain. */
const answers = ({ provisioningState = 'Succeeded', activated = true }: Vault): boolean =>
  activated && ['Succeeded', 'Activated'].includes(provisioningState);

/** What TDE does with a key and this one is not for. A key that names no operations is for all that its type can do. */
const missingOperations = ({ keyOps }: KeyVersion): string[] =>
  ['WrapKey', 'UnwrapKey'].filter((operation) => keyOps?.some((other) => same(other, operation)) === false);

const missingPermissions = ({ server, principalId = '' }: VaultFacts, permissions: string): string =>
  `The server '${server.name}' requires the following Azure Key Vault permissions: '${permissions}'. Please grant the missing permissions to the service principal with ID '${principalId}'.`;

/** Where the service principal of a server is looked for. One that moved to another tenant has left its identity behind. */
const directoryOf = ({ server, vault }: VaultFacts): string =>
  vault && isAbroad(server, vault.tenantId) ? vault.tenantId : server.tenantId;

const blocked = ({ network: { defaultAction, bypass, publicNetworkAccess } }: Vault): boolean =>
  publicNetworkAccess === 'SecuredByPerimeter' ||
  ((defaultAction === 'Deny' || publicNetworkAccess === 'Disabled') && bypass === 'None');

/**
 * Checks for which Azure SQL needs the directory, the vault or the partner servers, in the order in which it meets them.
 * Texts are those of the service's error list (Microsoft.Sql 2023-08-01, ServerKeys and EncryptionProtectors).
 */
export const vaultRules: readonly Rule<VaultFacts>[] = [
  {
    code: 'AzureKeyVaultNoServerIdentity',
    status: 400,
    when: (f) => text(f.principalId === undefined, 'The server identity is not correctly configured.'),
  },
  {
    code: 'AdalServicePrincipalNotFound',
    status: 400,
    when: (f) =>
      text(
        f.principal?.tenantId !== directoryOf(f),
        'The operation could not be completed because an Azure Active Directory library Service Principal not found error was encountered.',
      ),
  },
  {
    code: 'SecurityAdalPrincipalCertExpiredError',
    status: 400,
    when: (f) =>
      text(
        f.principal?.certificateExpired === true,
        'The operation could not be completed because the Azure Key Vault principal certificate has expired.',
      ),
  },
  {
    code: 'AdalGenericError',
    status: 400,
    when: (f) =>
      text(
        f.principal?.blocked === true,
        'The operation could not be completed because an Azure Active Directory error was encountered.',
      ),
  },
  {
    code: 'AkvHostNotResolvingFromNode',
    status: 400,
    when: (f) =>
      text(f.vault === undefined, `AKV host '${f.uri.host}' is not resolvable from SQL, on server '${f.server.name}'.`),
  },
  {
    code: 'AzureKeyVaultConnectionFailed',
    status: 503,
    when: (f) =>
      text(
        f.vault?.deleted === true,
        'The operation could not be completed on the server because attempts to connect to Azure Key Vault have failed.',
      ),
  },
  {
    code: 'AzureKeyVaultGenericConnectionError',
    status: 503,
    when: (f) =>
      text(
        f.vault !== undefined && !answers(f.vault),
        'The operation could not be completed because an error was encountered when attempting to retrieve Key Vault information.',
      ),
  },
  {
    code: 'BlockSystemAssignedIdentityForCrossTenantCMK',
    status: 400,
    when: (f) =>
      text(
        f.vault !== undefined && f.vault.tenantId !== f.server.tenantId && f.server.userAssignedIdentities.length === 0,
        'Cross tenant CMK can only be configured when the server is configured with a User Assigned Managed Identity. Refer to https://aka.ms/sqltdebyokumi to configure User Assigned Managed Identity.',
      ),
  },
  {
    code: 'AkvEndpointNotReachableFromNode',
    status: 400,
    when: (f) =>
      text(
        f.vault !== undefined && blocked(f.vault),
        `AKV endpoint '${f.uri.host}' is not reachable from SQL, on server '${f.server.name}'.`,
      ),
  },
  {
    code: 'AzureKeyVaultMissingPermissions',
    status: 400,
    when: (f) =>
      text(
        f.vault !== undefined && !mayUseKey({ ...f, vault: f.vault, key: f.uri.key, principalId: f.principalId ?? '' }),
        missingPermissions(f, 'Get, WrapKey, UnwrapKey'),
      ),
  },
  {
    code: 'AzureKeyVaultKeyNameNotFound',
    status: 409,
    when: (f) =>
      text(
        f.version === undefined,
        'The operation could not be completed because the Azure Key Vault Key name does not exist.',
      ),
  },
  {
    code: 'AzureKeyVaultKeyDisabled',
    status: 400,
    when: (f) =>
      text(
        f.version?.enabled === false || (f.version?.nbf ?? 0) > f.now,
        'The operation could not be completed on the server because the Azure Key Vault key is disabled.',
      ),
  },
  {
    code: 'AzureKeyVaultInvalidExpirationDate',
    status: 400,
    when: (f) =>
      text(
        (f.version?.exp ?? Infinity) <= f.now,
        'The operation could not be completed because the Azure Key Vault key expiration date is invalid.',
      ),
  },
  {
    code: 'AzureKeyVaultRsaKeyNotSupported',
    status: 400,
    when: (f) =>
      text(
        !(/^RSA(-HSM)?$/.test(f.version?.kty ?? '') && [2048, 3072].includes(f.version?.keySize ?? 0)),
        'The provided key vault uses unsupported RSA Key Size or Key Type. The supported RSA key size is 2048 or 3072 and Key Type is RSA or RSA-HSM.',
      ),
  },
  {
    // Key Vault forbids the operation, as it does where the identity may not.
    code: 'AzureKeyVaultMissingPermissions',
    status: 400,
    when: (f) => {
      const missing = f.version ? missingOperations(f.version) : [];
      return text(missing.length > 0, missingPermissions(f, missing.join(', ')));
    },
  },
  {
    code: 'SecurityInvalidAzureKeyVaultRecoveryLevel',
    status: 400,
    when: (f) =>
      text(
        f.vault !== undefined && !(f.vault.softDelete && f.vault.purgeProtection),
        `The provided Key Vault uri 'https://${f.uri.host}/keys/${f.uri.key}/${f.uri.version ?? ''}' is not valid. Please ensure the vault has the right Recovery Level other than 'Purgeable'.`,
      ),
  },
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    status: 400,
    when: (f) =>
      text(
        secondariesOf(f.state, f.server).length > 0 && primariesOf(f.state, f.server).length > 0,
        'Creating secondary of secondary (a process known as chaining) is not supported when enabling Transparent Data Encryption using Azure Key Vault (BYOK).',
      ),
  },
  {
    code: 'SameKeyUriNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      text(
        f.autoRotation && secondariesOf(f.state, f.server).some((partner) => !holdsKeyOfVault(partner, f.uri)),
        "Secondary server does not have the key material from the same key vault as the primary server's encryption protector with key auto-rotation enabled.",
      ),
  },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      text(
        secondariesOf(f.state, f.server, 'failoverGroup').some((partner) => !holdsMaterial(partner, f.version)),
        "Secondary server does not have the key material of the primary server's encryption protector.",
      ),
  },
  {
    code: 'KeyMaterialNotFoundOnRemoteServer',
    status: 400,
    when: (f) =>
      text(
        secondariesOf(f.state, f.server, 'replication').some((partner) => !holdsMaterial(partner, f.version)),
        'Remote server does not have access to key material used as a TDE protector.',
      ),
  },
];
