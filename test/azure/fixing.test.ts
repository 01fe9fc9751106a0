import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { Azure } from '../../src/core/ports';
import { contoso, inProduction, inventoryIdentity } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { Vault } from '../emulator/base/state';
import {
  changeState,
  connectToEmulator,
  emulator,
  failureOf,
  findServer,
  findVault,
  found,
  freshConnection,
  principalOf,
  resetEmulator,
  until,
} from './connection';

const serverState = async (name: string) => found((await emulator.state()).servers, name);
const vaultState = async (name: string) => found((await emulator.state()).vaults, name);

describe('assigning an identity to a server', () => {
  beforeEach(() => resetEmulator());

  it('waits for the operation and returns the identity', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-reports-weu');
    await emulator.options({ operationMs: 500, retryAfter: 1 });
    const { identity, identityTenantId, ...others } = await azure.sqlServers.assignIdentity(server);
    const { principalId, identityType } = await serverState('sql-reports-weu');
    assert.ok(principalId);
    assert.deepEqual(identity, { systemAssigned: { principalId }, userAssigned: [] });
    assert.deepEqual([identityType, identityTenantId, others.state], ['SystemAssigned', contoso, 'Ready']);
  });

  it('keeps the user-assigned identities and the primary one', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-inventory-weu');
    const { identity } = await azure.sqlServers.assignIdentity(server);
    assert.ok(identity.systemAssigned?.principalId);
    assert.match(identity.primaryUserAssigned ?? '', /id-sql-inventory$/);
    const after = await serverState('sql-inventory-weu');
    assert.equal(after.identityType, 'SystemAssigned,UserAssigned');
    assert.deepEqual(
      after.userAssignedIdentities.map((id) => id.toLowerCase()),
      [inventoryIdentity.id.toLowerCase()],
    );
  });

  it('keeps identities that Resource Graph does not have yet', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-inventory-weu');
    await azure.sqlServers.assignIdentity({ ...server, identity: { userAssigned: [] } });
    assert.equal((await serverState('sql-inventory-weu')).userAssignedIdentities.length, 1);
  });

  it('makes an identity the primary one, and keeps all others', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    const { items, failures } = await azure.sqlServers.listIdentities([server.subscriptionId]);
    assert.deepEqual(failures, []);
    assert.deepEqual(
      items.map(({ name, principalId }) => [name, principalId]),
      [['id-sql-inventory', inventoryIdentity.principalId]],
    );
    const { identity } = await azure.sqlServers.setPrimaryIdentity(server, inventoryIdentity.id);
    assert.deepEqual(identity.systemAssigned, server.identity.systemAssigned);
    assert.equal(identity.primaryUserAssigned, inventoryIdentity.id);
    assert.equal((await serverState('sql-billing-weu')).identityType, 'SystemAssigned,UserAssigned');
    const again = await azure.sqlServers.setPrimaryIdentity(server, inventoryIdentity.id.toUpperCase());
    assert.equal(again.identity.userAssigned.length, 1);
  });

  it('fails if the server has no identity after the operation', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-reports-weu');
    await emulator.addFault({ match: { method: 'PATCH', path: '.' }, behavior: 'empty', status: 200 });
    assert.equal((await failureOf(azure.sqlServers.assignIdentity(server))).code, 'ChangeNotThere');
  });

  it('stops waiting when canceled', async () => {
    await emulator.options({ operationMs: 3000 });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-reports-weu');
    const abort = new AbortController();
    const assigning = azure.sqlServers.assignIdentity(server, abort.signal);
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    const began = performance.now();
    abort.abort();
    await assert.rejects(assigning, { name: 'AbortError' });
    assert.ok(performance.now() - began < 1000);
    assert.equal((await serverState('sql-reports-weu')).principalId, undefined);
  });
});

describe('updating a vault', () => {
  beforeEach(() => resetEmulator());

  it('turns on purge protection and soft delete', async () => {
    await changeState(({ vaults }) => (found(vaults, 'kv-nopurge').softDelete = false));
    const azure = connectToEmulator();
    const vault = await findVault(azure, 'kv-nopurge');
    const before = await vaultState('kv-nopurge');
    await azure.keyVaults.enablePurgeProtection(vault);
    assert.deepEqual(await vaultState('kv-nopurge'), { ...before, softDelete: true, purgeProtection: true });
  });

  for (const name of ['kv-firewalled', 'hsm-contoso']) {
    it(`allows trusted services in the firewall of ${name} and keeps its rules`, async () => {
      const network: Vault['network'] = {
        defaultAction: 'Deny',
        bypass: 'None',
        publicNetworkAccess: 'Enabled',
        ipRules: [{ value: '203.0.113.0/24' }],
        virtualNetworkRules: [
          { id: `${inProduction('rg-keys')}/providers/Microsoft.Network/virtualNetworks/v/subnets/s` },
        ],
      };
      await changeState(({ vaults }) => (found(vaults, name).network = network));
      const azure = connectToEmulator();
      await azure.keyVaults.allowTrustedServices(await findVault(azure, name));
      assert.deepEqual((await vaultState(name)).network, { ...network, bypass: 'AzureServices' });
    });
  }

  it('turns on purge protection of a managed HSM', async () => {
    await changeState(({ vaults }) => (found(vaults, 'hsm-contoso').purgeProtection = false));
    const azure = connectToEmulator();
    await azure.keyVaults.enablePurgeProtection(await findVault(azure, 'hsm-contoso'));
    assert.ok((await vaultState('hsm-contoso')).purgeProtection);
  });

  it('adds an access policy and keeps the others', async () => {
    const azure = connectToEmulator();
    const before = await vaultState('kv-billing');
    const somebody = '99999999-2222-4333-8444-555555555555';
    const policy = { tenantId: contoso, objectId: somebody, keyPermissions: ['get', 'wrapKey', 'unwrapKey'] };
    await azure.keyVaults.addAccessPolicy(await findVault(azure, 'kv-billing'), policy);
    const { accessPolicies } = await vaultState('kv-billing');
    assert.deepEqual(accessPolicies.slice(0, -1), before.accessPolicies);
    assert.deepEqual(accessPolicies.at(-1)?.permissions, { keys: ['get', 'wrapKey', 'unwrapKey'] });
  });

  it('adds permissions to an existing access policy', async () => {
    const objectId = 'somebody';
    const existing = { tenantId: contoso, objectId, permissions: { keys: ['list'], secrets: ['get'] } };
    await changeState(({ vaults }) => (found(vaults, 'kv-billing').accessPolicies = [existing]));
    const azure = connectToEmulator();
    const vault = await findVault(azure, 'kv-billing');
    await azure.keyVaults.addAccessPolicy(vault, { tenantId: contoso, objectId, keyPermissions: ['wrapKey'] });
    const { accessPolicies } = await vaultState('kv-billing');
    assert.deepEqual(
      accessPolicies.map(({ permissions }) => permissions),
      [{ keys: ['list', 'wrapKey'], secrets: ['get'] }],
    );
  });
});

describe('assigning a role', () => {
  beforeEach(() => resetEmulator());

  const { cryptoServiceEncryptionUser } = roles;

  it('creates a role assignment at a key', async () => {
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const scope = `${(await findVault(azure, 'kv-noaccess')).id}/keys/tde-noaccess`;
    await azure.access.grantRole(principalId, cryptoServiceEncryptionUser, scope);
    const granted = (await emulator.state()).roleAssignments.at(-1);
    assert.ok(granted);
    assert.deepEqual(
      [granted.scope, granted.principalId, granted.roleId],
      [scope, principalId, cryptoServiceEncryptionUser],
    );
    assert.match(granted.name, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const [role] = await azure.access.listRoles(principalId, scope);
    assert.deepEqual([role?.roleId, role?.scope], [cryptoServiceEncryptionUser, scope]);
  });

  it('succeeds if the role assignment exists', async () => {
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const { id } = await findVault(azure, 'kv-orders');
    const before = (await emulator.state()).roleAssignments;
    await azure.access.grantRole(principalId, cryptoServiceEncryptionUser, id);
    assert.deepEqual((await emulator.state()).roleAssignments, before);
  });

  it('succeeds for an identity that the directory does not have yet', async () => {
    const azure = connectToEmulator();
    const { id } = await findVault(azure, 'kv-noaccess');
    const newIdentity = '11111111-2222-4333-8444-555555555555';
    await azure.access.grantRole(newIdentity, cryptoServiceEncryptionUser, id);
    assert.equal((await azure.access.listRoles(newIdentity, id)).length, 1);
  });
});

type Change = (azure: Azure, server: SqlServer, vault: KeyVault, signal?: AbortSignal) => Promise<unknown>;
const somebody = '99999999-2222-4333-8444-555555555555';
const policy = { tenantId: contoso, objectId: somebody, keyPermissions: ['get'] };

/** Every change, by the name of its operation. */
const changes: Readonly<Record<string, Change>> = {
  'assign identity': ({ sqlServers }, server, _, signal) => sqlServers.assignIdentity(server, signal),
  'enable purge protection': ({ keyVaults }, _, vault, signal) => keyVaults.enablePurgeProtection(vault, signal),
  'allow trusted services': ({ keyVaults }, _, vault, signal) => keyVaults.allowTrustedServices(vault, signal),
  'add access policy': ({ keyVaults }, _, vault, signal) => keyVaults.addAccessPolicy(vault, policy, signal),
  'grant role': ({ access }, _, { id }, signal) =>
    access.grantRole(somebody, roles.cryptoServiceEncryptionUser, id, signal),
};

describe('a failing change', () => {
  const connected = freshConnection('sql-reports-weu', 'kv-firewalled');

  for (const [name, change] of Object.entries(changes)) {
    it(`reports a lock: ${name}`, async () => {
      const { azure, server, vault } = connected();
      await changeState(({ locks }) => {
        for (const { id: scope } of [server, vault]) locks.push({ scope, name: 'keep', level: 'ReadOnly', notes: '' });
      });
      const failure = await failureOf(change(azure, server, vault));
      assert.deepEqual([failure.code, failure.status, failure.operation?.name], ['ScopeLocked', 409, name]);
    });

    it(`sends no request if it is canceled before it starts: ${name}`, async () => {
      const { azure, server, vault } = connected();
      await assert.rejects(change(azure, server, vault, AbortSignal.abort()), { name: 'AbortError' });
      assert.deepEqual(await emulator.requests(), []);
    });
  }

  for (const [name, vaultName] of [
    ['enable purge protection', 'kv-nopurge'],
    ['allow trusted services', 'kv-firewalled'],
    ['add access policy', 'kv-billing'],
  ] as const) {
    it(`fails if the vault does not show the change afterwards: ${name}`, async () => {
      // When Azure has responded to the change, a reset undoes it before the next request arrives.
      const undoing: Promise<void>[] = [];
      const traced = (line: string): void => {
        if (/^(PATCH|PUT) /.test(line)) undoing.push(emulator.reset());
      };
      const undone = connectToEmulator({ traced });
      const changed = await findVault(undone, vaultName);
      await emulator.options({ latency: 300 });
      const change = changes[name];
      assert.ok(change);
      const failure = await failureOf(change(undone, connected().server, changed));
      assert.deepEqual([failure.code, failure.operation?.name, undoing.length], ['ChangeNotThere', name, 1]);
      await Promise.all(undoing);
    });
  }
});
