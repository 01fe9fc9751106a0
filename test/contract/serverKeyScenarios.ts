import assert from 'node:assert/strict';
import type { State } from '../emulator/base/state';
import { findServer, findVault, keyName, keyUri, serverId } from './demoIds';

/** A PUT of a server key that Azure SQL refuses. */
export interface Scenario {
  code: string;
  /** Distinguishes the scenario from others with the same code. */
  detail?: string;
  server?: string;
  /** Vault, key, and version (counted from 1) of the key identifier. */
  key?: [vault: string, key: string, ordinal?: number];
  /** The differences from a request that succeeds. */
  uri?: string;
  name?: string;
  body?: unknown;
  /** The differences from the demo seed. */
  change?: (state: State) => void;
}

/** Registers the application that a server uses for a vault of another tenant. */
export function federate(state: State, vault: string, server: string) {
  const federatedClientId = 'cccccccc-0000-4000-8000-000000000000';
  const { tenantId } = findVault(state, vault);
  const application = { objectId: 'of-the-application', appId: federatedClientId, tenantId, displayName: 'sql-cmk' };
  state.principals.push(application);
  findServer(state, server).federatedClientId = federatedClientId;
  return application;
}
const principalOf = (state: State, server: string) => {
  const found = state.principals.find((p) => p.objectId === findServer(state, server).principalId);
  assert.ok(found, server);
  return found;
};

/** The version in the key identifier of a request, by default. */
export const versionOf = (state: State) => {
  const found = findVault(state, 'kv-billing')
    .keys.find((k) => k.name === 'tde-billing')
    ?.versions.at(-1);
  assert.ok(found);
  return found;
};

const billing = 'kv-billing';

const addServerKey = (state: State, name: string, uri: string) => {
  findServer(state, 'sql-billing-weu').keys.push({ name, uri, thumbprint: 'AB', creationDate: '2026-01-01T00:00:00Z' });
};

/** Refused because of the request, or because of facts that Azure SQL knows without the vault. */
export const withoutVault: Scenario[] = [
  {
    code: 'SubscriptionDisabled',
    change: (state) => {
      state.subscriptions.forEach((s) => (s.state = 'Disabled'));
    },
  },
  { code: 'InvalidKeyUpsertRequest', body: {} },
  { code: 'InvalidUpsertKeyType', name: 'ServiceManaged' },
  {
    code: 'InvalidKeyType',
    body: { properties: { serverKeyType: 'Azure', uri: 'https://kv-billing.vault.azure.net' } },
  },
  { code: 'SecurityAzureKeyVaultUrlNullOrEmpty', body: { properties: { serverKeyType: 'AzureKeyVault' } } },
  {
    code: 'AzureKeyVaultInvalidUri',
    uri: 'https://kv-billing.vault.azure.net/secrets/tde-billing/0123456789abcdef0123456789abcdef',
  },
  {
    code: 'AzureKeyVaultMalformedVaultUri',
    uri: 'https://kv-billing.vault.azure.cn/keys/tde-billing/0123456789abcdef0123456789abcdef',
  },
  { code: 'SecurityAzureKeyVaultInvalidKeyName', name: 'my-key' },
  { code: 'InvalidKeyName', name: 'kv-billing_tde-billing_0123456789abcdef0123456789abcdef' },
  { code: 'ServerDisabled', change: (state) => (findServer(state, 'sql-billing-weu').state = 'Disabled') },
  {
    code: 'ServerKeyNameAlreadyExists',
    change: (state) => {
      const uri = keyUri(state, billing, 'tde-billing');
      addServerKey(state, keyName(uri), uri.replace('.vault.', '.managedhsm.'));
    },
  },
  {
    code: 'ServerKeyUriAlreadyExists',
    change: (state) => {
      addServerKey(state, 'an-old-name', keyUri(state, billing, 'tde-billing'));
    },
  },
];

/** Refused after Azure SQL has checked the directory and the vault. */
export const withVault: Scenario[] = [
  { code: 'AzureKeyVaultNoServerIdentity', server: 'sql-reports-weu' },
  {
    code: 'AdalServicePrincipalNotFound',
    change: (state) => {
      const gone = principalOf(state, 'sql-billing-weu');
      state.principals = state.principals.filter((p) => p !== gone);
    },
  },
  {
    code: 'AdalServicePrincipalNotFound',
    detail: 'the server has moved to another tenant',
    change: (state) => (principalOf(state, 'sql-billing-weu').tenantId = '33333333-0000-4000-8000-000000000000'),
  },
  {
    code: 'SecurityAdalPrincipalCertExpiredError',
    change: (state) => (principalOf(state, 'sql-billing-weu').certificateExpired = true),
  },
  { code: 'AdalGenericError', change: (state) => (principalOf(state, 'sql-billing-weu').blocked = true) },
  {
    code: 'AkvHostNotResolvingFromNode',
    uri: 'https://kv-nowhere.vault.azure.net/keys/tde/0123456789abcdef0123456789abcdef',
  },
  { code: 'AzureKeyVaultConnectionFailed', change: (state) => (findVault(state, billing).deleted = true) },
  {
    code: 'AzureKeyVaultGenericConnectionError',
    detail: 'the managed HSM is not activated',
    key: ['hsm-contoso', 'tde-hsm'],
    change: (state) => (findVault(state, 'hsm-contoso').activated = false),
  },
  {
    code: 'AzureKeyVaultGenericConnectionError',
    detail: 'the vault is being provisioned',
    change: (state) => (findVault(state, billing).provisioningState = 'RegisteringDns'),
  },
  { code: 'BlockSystemAssignedIdentityForCrossTenantCMK', key: ['kv-fabrikam', 'tde-fabrikam'] },
  {
    code: 'AdalServicePrincipalNotFound',
    detail: 'a user-assigned identity at a vault of another tenant',
    server: 'sql-inventory-weu',
    key: ['kv-fabrikam', 'tde-fabrikam'],
  },
  {
    code: 'AzureKeyVaultMissingPermissions',
    detail: 'the application in the tenant of the vault',
    server: 'sql-inventory-weu',
    key: ['kv-fabrikam', 'tde-fabrikam'],
    change: (state) => {
      federate(state, 'kv-fabrikam', 'sql-inventory-weu');
    },
  },
  { code: 'AkvEndpointNotReachableFromNode', key: ['kv-firewalled', 'tde-firewalled'] },
  { code: 'AzureKeyVaultMissingPermissions', key: ['kv-noaccess', 'tde-noaccess'] },
  {
    code: 'AzureKeyVaultKeyNameNotFound',
    uri: 'https://kv-billing.vault.azure.net/keys/tde-billing/0123456789abcdef0123456789abcdef',
  },
  { code: 'AzureKeyVaultKeyDisabled', key: [billing, 'tde-billing-disabled'] },
  { code: 'AzureKeyVaultKeyDisabled', key: [billing, 'tde-billing-future'] },
  { code: 'AzureKeyVaultInvalidExpirationDate', key: [billing, 'tde-billing-expired'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', key: [billing, 'tde-billing-ec'] },
  { code: 'AzureKeyVaultRsaKeyNotSupported', key: [billing, 'tde-billing-4096'] },
  {
    code: 'AzureKeyVaultMissingPermissions',
    detail: 'the key does not permit unwrapping',
    change: (state) => (versionOf(state).keyOps = ['encrypt', 'decrypt', 'wrapKey']),
  },
  { code: 'SecurityInvalidAzureKeyVaultRecoveryLevel', key: ['kv-nopurge', 'tde-nopurge'] },
  {
    code: 'SecurityAzureKeyVaultGeoChainError',
    change: (state) =>
      state.replicationLinks.push(
        {
          name: 'one',
          primary: serverId(state, 'sql-dev-weu'),
          secondary: serverId(state, 'sql-billing-weu'),
          database: 'dev',
        },
        {
          name: 'two',
          primary: serverId(state, 'sql-billing-weu'),
          secondary: serverId(state, 'sql-dev-neu'),
          database: 'dev',
        },
      ),
  },
];

/** Accepted as server keys, and refused as TDE protectors, because the partner servers don't have them. */
export const withReplicas: (Scenario & { autoRotation?: boolean })[] = [
  {
    code: 'SameKeyUriNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
    autoRotation: true,
  },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
  },
  {
    code: 'KeyMaterialNotFoundOnRemoteServer',
    change: (state) =>
      state.replicationLinks.push({
        name: 'one',
        primary: serverId(state, 'sql-billing-weu'),
        secondary: serverId(state, 'sql-dev-neu'),
        database: 'billing',
      }),
  },
];
