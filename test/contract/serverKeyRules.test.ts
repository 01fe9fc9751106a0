import assert from 'node:assert/strict';
import { createServerKeyRules } from '../emulator/rules/createServerKeyRules';
import { vaultRules } from '../emulator/rules/vaultRules';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { State } from '../emulator/base/state';
import type { HttpAnswer } from './armClient';
import { findServer, findVault, keyBody, keyName, keyUri, serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';

/** A PUT of a server key that Azure SQL refuses. */
interface Scenario {
  code: string;
  /** Distinguishes the scenario from others with the same code. */
  detail?: string;
  server?: string;
  /** Vault, key and version (counted from 1) of the key identifier. */
  key?: [vault: string, key: string, ordinal?: number];
  /** The differences from a request that succeeds. */
  uri?: string;
  name?: string;
  body?: unknown;
  /** The differences from the demo seed. */
  change?: (state: State) => void;
}

/** Registers the application that a server uses for a vault of another tenant. */
function federate(state: State, vault: string, server: string) {
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
const versionOf = (state: State) => {
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

/** Refused because of the request, or because of what Azure SQL knows without the vault. */
const withoutVault: Scenario[] = [
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

/** Refused after Azure SQL has checked the directory, the vault and the partner servers. */
const withVault: Scenario[] = [
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
  { code: 'SameKeyUriNotFoundOnRemoteServer', server: 'sql-orders-weu', key: ['kv-orders', 'tde-orders-next'] },
  {
    code: 'SameKeyMaterialNotFoundOnRemoteServer',
    server: 'sql-orders-weu',
    key: ['kv-orders', 'tde-orders-next'],
    change: (state) => (findServer(state, 'sql-orders-weu').protector.autoRotationEnabled = false),
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

const statusOf = (code: string): number | undefined =>
  [...createServerKeyRules, ...vaultRules].find((rule) => rule.code === code)?.status;

describe('PUT of a server key', () => {
  const azure = freshEmulator({ operationMs: 5 });

  function put({
    server = 'sql-billing-weu',
    key = [billing, 'tde-billing'],
    change,
    ...request
  }: Omit<Scenario, 'code'>): Promise<HttpAnswer> {
    const { state } = azure.running.emulator;
    const uri = request.uri ?? keyUri(state, ...key);
    const id = serverId(state, server);
    change?.(state);
    const name = request.name ?? keyName(uri);
    return azure.arm.call('PUT', `${id}/keys/${name}`, { body: request.body ?? keyBody(uri) });
  }

  for (const scenario of withoutVault) {
    it(`is refused with ${scenario.code}`, async () => {
      const answer = await put(scenario);
      assert.equal(answer.body.error?.code, scenario.code);
      assert.equal(answer.status, statusOf(scenario.code));
      assert.equal(answer.headers['x-ms-failure-cause'], undefined, 'not an error of the gateway');
    });
  }

  for (const scenario of withVault) {
    const detail = scenario.detail ?? scenario.key?.[1];
    const label = `${scenario.code}${detail === undefined ? '' : ` (${detail})`}`;

    it(`is accepted and fails in the poll with ${label}`, async () => {
      const accepted = await put(scenario);
      assert.equal(accepted.status, 202, accepted.text);
      const poll = await azure.arm.finish(accepted);
      assert.equal(poll.status, 200, 'the poll itself succeeds');
      assert.equal(poll.body.status, 'Failed');
      assert.equal(poll.body.error?.code, scenario.code);
    });

    it(`is refused with ${label}, with the option failures: start`, async () => {
      azure.running.emulator.options.failures = 'start';
      const answer = await put(scenario);
      assert.equal(answer.body.error?.code, scenario.code);
      assert.equal(answer.status, statusOf(scenario.code));
    });
  }

  it('names the missing permissions and the identity', async () => {
    const poll = await azure.arm.finish(await put({ key: ['kv-noaccess', 'tde-noaccess'] }));
    const { principalId = '' } = findServer(azure.running.emulator.state, 'sql-billing-weu');
    assert.match(poll.body.error?.message ?? '', new RegExp(`Get, WrapKey, UnwrapKey.*${principalId}`));
  });

  it('names the operations that the key does not permit', async () => {
    versionOf(azure.running.emulator.state).keyOps = ['encrypt', 'wrapkey'];
    const poll = await azure.arm.finish(await put({}));
    assert.match(poll.body.error?.message ?? '', /permissions: 'UnwrapKey'\./);
  });

  it('succeeds with a key that permits only wrapping and unwrapping', async () => {
    versionOf(azure.running.emulator.state).keyOps = ['wrapKey', 'unwrapKey'];
    assert.equal((await azure.arm.finish(await put({}))).body.status, 'Succeeded');
  });

  it('uses the primary user-assigned identity if there is one', async () => {
    const { state } = azure.running.emulator;
    const succeeds = await azure.arm.finish(await put({ server: 'sql-inventory-weu' }));
    assert.equal(succeeds.body.status, 'Succeeded');
    findVault(state, billing).accessPolicies = findVault(state, billing).accessPolicies.filter(
      (p) => !state.userAssignedIdentities.some((i) => i.principalId === p.objectId),
    );
    const fails = await azure.arm.finish(await put({ server: 'sql-inventory-weu', key: [billing, 'tde-billing', 1] }));
    assert.equal(fails.body.error?.code, 'AzureKeyVaultMissingPermissions');
  });

  it('succeeds for a vault of another tenant with the application of the server', async () => {
    const { state } = azure.running.emulator;
    const { objectId } = federate(state, 'kv-fabrikam', 'sql-inventory-weu');
    const scope = findVault(state, 'kv-fabrikam').id;
    state.roleAssignments.push({ name: 'r', scope, principalId: objectId, roleId: roles.cryptoServiceEncryptionUser });
    const poll = await azure.arm.finish(
      await put({ server: 'sql-inventory-weu', key: ['kv-fabrikam', 'tde-fabrikam'] }),
    );
    assert.equal(poll.body.status, 'Succeeded', poll.text);
  });

  it('succeeds for a vault with Azure RBAC, a vault with access policies and a managed HSM', async () => {
    for (const key of [
      ['kv-orders', 'tde-orders'],
      [billing, 'tde-billing-expiring'],
      ['hsm-contoso', 'tde-hsm'],
    ] as const) {
      const poll = await azure.arm.finish(await put({ key: [...key] }));
      assert.equal(poll.body.status, 'Succeeded', `${key.join('/')}: ${poll.text}`);
    }
  });

  it('accepts a versionless key identifier since 2024-11-01-preview and returns the version in use', async () => {
    const { state } = azure.running.emulator;
    const uri = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    const path = `${serverId(state, 'sql-billing-weu')}/keys/kv-billing_tde-billing?api-version=`;
    const old = await azure.arm.call('PUT', `${path}2023-08-01`, { body: keyBody(uri) });
    assert.equal(old.body.error?.code, 'AzureKeyVaultMalformedVaultUri');
    const poll = await azure.arm.finish(await azure.arm.call('PUT', `${path}2025-01-01`, { body: keyBody(uri) }));
    assert.equal(poll.body.status, 'Succeeded');
    const key = await azure.arm.get(`${path}2025-01-01`);
    assert.equal(key.body.properties?.keyVersion, keyUri(state, billing, 'tde-billing').split('/').at(-1));
  });

  it('of an existing key answers 200 and changes nothing, in any casing', async () => {
    await azure.arm.finish(await put({}));
    const uri = keyUri(azure.running.emulator.state, billing, 'tde-billing');
    const again = await put({ uri: `${uri.replace('kv-billing', 'KV-Billing')}/`, name: keyName(uri) });
    assert.equal(again.status, 200);
    assert.equal(again.body.name, keyName(uri));
    assert.equal(findServer(azure.running.emulator.state, 'sql-billing-weu').keys.length, 1);
  });

  it('has to wait for another operation of the server', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    assert.equal((await put({})).status, 202);
    const second = await put({ key: [billing, 'tde-billing', 1] });
    assert.equal(second.status, 409);
    assert.equal(second.body.error?.code, 'ConflictingServerOperation');
  });

  it('is throttled by the operations in progress in the subscription', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    azure.running.emulator.options.maxOperations = 1;
    await put({});
    const second = await put({ server: 'sql-inventory-weu' });
    assert.equal(second.status, 429);
    assert.equal(second.body.error?.code, 'SubscriptionTooManyCreateUpdateRequests');
  });

  it('has a test for every rule', () => {
    const others = ['ConflictingServerOperation', 'SubscriptionTooManyCreateUpdateRequests'];
    const untested = [...createServerKeyRules, ...vaultRules].map((rule) => rule.code);
    // Each scenario covers one row: a code with two rows needs two scenarios.
    for (const { code } of [...withoutVault, ...withVault]) {
      const row = untested.indexOf(code);
      if (row >= 0) untested.splice(row, 1);
    }
    assert.deepEqual(untested, others);
  });
});
