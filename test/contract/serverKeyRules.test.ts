import assert from 'node:assert/strict';
import { createServerKeyRules } from '../emulator/rules/createServerKeyRules';
import { vaultRules } from '../emulator/rules/vaultRules';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { HttpAnswer } from './armClient';
import { findServer, findVault, keyBody, keyName, keyUri, serverId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { federate, versionOf, withVault, withoutVault, type Scenario } from './serverKeyScenarios';

const statusOf = (code: string): number | undefined =>
  [...createServerKeyRules, ...vaultRules].find((rule) => rule.code === code)?.status;

describe('PUT of a server key', () => {
  const azure = freshEmulator({ operationMs: 5 });

  function put({
    server = 'sql-billing-weu',
    key = ['kv-billing', 'tde-billing'],
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
    findVault(state, 'kv-billing').accessPolicies = findVault(state, 'kv-billing').accessPolicies.filter(
      (p) => !state.userAssignedIdentities.some((i) => i.principalId === p.objectId),
    );
    const fails = await azure.arm.finish(
      await put({ server: 'sql-inventory-weu', key: ['kv-billing', 'tde-billing', 1] }),
    );
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

  it('succeeds for a vault with Azure RBAC, a vault with access policies, and a managed HSM', async () => {
    for (const key of [
      ['kv-orders', 'tde-orders'],
      ['kv-billing', 'tde-billing-expiring'],
      ['hsm-contoso', 'tde-hsm'],
    ] as const) {
      const poll = await azure.arm.finish(await put({ key: [...key] }));
      assert.equal(poll.body.status, 'Succeeded', `${key.join('/')}: ${poll.text}`);
    }
  });

  it('accepts a versionless key identifier since 2024-11-01-preview and returns it with the version in use', async () => {
    const { state } = azure.running.emulator;
    const uri = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    const path = `${serverId(state, 'sql-billing-weu')}/keys/kv-billing_tde-billing?api-version=`;
    const old = await azure.arm.call('PUT', `${path}2023-08-01`, { body: keyBody(uri) });
    assert.equal(old.body.error?.code, 'AzureKeyVaultMalformedVaultUri');
    const poll = await azure.arm.finish(await azure.arm.call('PUT', `${path}2025-01-01`, { body: keyBody(uri) }));
    assert.equal(poll.body.status, 'Succeeded');
    const key = await azure.arm.get(`${path}2025-01-01`);
    const versioned = keyUri(state, 'kv-billing', 'tde-billing');
    assert.deepEqual([key.body.name, key.body.properties?.uri], ['kv-billing_tde-billing', versioned]);
    assert.equal(key.body.properties?.keyVersion, versioned.split('/').at(-1));
    const again = await azure.arm.call('PUT', `${path}2025-01-01`, { body: keyBody(uri) });
    assert.equal(again.status, 200);
  });

  it('of an existing key returns 200 and changes nothing, regardless of casing', async () => {
    await azure.arm.finish(await put({}));
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    const again = await put({ uri: `${uri.replace('kv-billing', 'KV-Billing')}/`, name: keyName(uri) });
    assert.equal(again.status, 200);
    assert.equal(again.body.name, keyName(uri));
    assert.equal(findServer(azure.running.emulator.state, 'sql-billing-weu').keys.length, 1);
  });

  it('must wait for another operation of the server', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    assert.equal((await put({})).status, 202);
    const second = await put({ key: ['kv-billing', 'tde-billing', 1] });
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
