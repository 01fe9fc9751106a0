import assert from 'node:assert/strict';
import type { KeyVault, SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import { contoso, inProduction, inventoryIdentity } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { Vault } from '../emulator/base/state';
import { connectToEmulator, emulator, failureOf, findServer, findVault, found, until } from './connection';

const serverState = async (name: string) => found((await emulator.state()).servers, name);
const vaultState = async (name: string) => found((await emulator.state()).vaults, name);

describe('assigning an identity to a server', () => {
  beforeEach(() => emulator.reset());

  it('waits for the end and tells the identity', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-reports-weu');
    const { identity, identityTenantId, ...others } = await azure.sqlServers.assignIdentity(server);
    const { principalId, identityType } = await serverState('sql-reports-weu');
    assert.ok(principalId);
    assert.deepEqual(identity, { systemAssigned: { principalId }, userAssigned: [] });
    assert.deepEqual([identityType, identityTenantId, others.state], ['SystemAssigned', contoso, 'Ready']);
  });

  it('keeps the user-assigned identities and which one is the primary', async () => {
    await emulator.options({ operationMs: 0 });
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

  it('keeps those that Resource Graph does not know yet', async () => {
    await emulator.options({ operationMs: 0 });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-inventory-weu');
    await azure.sqlServers.assignIdentity({ ...server, identity: { userAssigned: [] } });
    assert.equal((await serverState('sql-inventory-weu')).userAssignedIdentities.length, 1);
  });

  it('does not take the word of Azure for it when the server shows none', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-reports-weu');
    await emulator.addFault({ match: { method: 'PATCH', path: '.' }, behaviour: 'empty', status: 200 });
    assert.equal((await failureOf(azure.sqlServers.assignIdentity(server))).code, 'ChangeNotThere');
  });

  it('stops waiting when cancelled', async () => {
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

describe('changing a vault', () => {
  beforeEach(() => emulator.reset());

  it('turns purge protection on, and with it soft delete', async () => {
    const state = await emulator.state();
    const vaults = state.vaults.map((one) => (one.name === 'kv-nopurge' ? { ...one, softDelete: false } : one));
    await emulator.reset({ ...state, vaults });
    const azure = connectToEmulator();
    const vault = await findVault(azure, 'kv-nopurge');
    const before = await vaultState('kv-nopurge');
    await azure.keyVaults.enablePurgeProtection(vault);
    assert.deepEqual(await vaultState('kv-nopurge'), { ...before, softDelete: true, purgeProtection: true });
  });

  for (const name of ['kv-firewalled', 'hsm-contoso']) {
    it(`lets trusted services into ${name} and keeps the rest of the firewall`, async () => {
      const state = await emulator.state();
      const network: Vault['network'] = {
        defaultAction: 'Deny',
        bypass: 'None',
        publicNetworkAccess: 'Enabled',
        ipRules: [{ value: '203.0.113.0/24' }],
        virtualNetworkRules: [
          { id: `${inProduction('rg-keys')}/providers/Microsoft.Network/virtualNetworks/v/subnets/s` },
        ],
      };
      const vaults = state.vaults.map((one) => (one.name === name ? { ...one, network } : one));
      await emulator.reset({ ...state, vaults });
      const azure = connectToEmulator();
      await azure.keyVaults.allowTrustedServices(await findVault(azure, name));
      assert.deepEqual((await vaultState(name)).network, { ...network, bypass: 'AzureServices' });
    });
  }

  it('turns purge protection on in a managed HSM', async () => {
    const state = await emulator.state();
    const vaults = state.vaults.map((one) => (one.name === 'hsm-contoso' ? { ...one, purgeProtection: false } : one));
    await emulator.reset({ ...state, vaults });
    const azure = connectToEmulator();
    await azure.keyVaults.enablePurgeProtection(await findVault(azure, 'hsm-contoso'));
    assert.ok((await vaultState('hsm-contoso')).purgeProtection);
  });

  it('adds an access policy and keeps the others', async () => {
    const azure = connectToEmulator();
    const before = await vaultState('kv-billing');
    const policy = { tenantId: contoso, objectId: 'somebody', keyPermissions: ['get', 'wrapKey', 'unwrapKey'] };
    await azure.keyVaults.addAccessPolicy(await findVault(azure, 'kv-billing'), policy);
    const { accessPolicies } = await vaultState('kv-billing');
    assert.deepEqual(accessPolicies.slice(0, -1), before.accessPolicies);
    assert.deepEqual(accessPolicies.at(-1)?.permissions, { keys: ['get', 'wrapKey', 'unwrapKey'] });
  });

  it('adds to the policy that an identity has already, and takes nothing from it', async () => {
    const state = await emulator.state();
    const objectId = 'somebody';
    const there = { tenantId: contoso, objectId, permissions: { keys: ['list'], secrets: ['get'] } };
    const vaults = state.vaults.map((one) => (one.name === 'kv-billing' ? { ...one, accessPolicies: [there] } : one));
    await emulator.reset({ ...state, vaults });
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

describe('granting a role', () => {
  beforeEach(() => emulator.reset());

  const { cryptoServiceEncryptionUser } = roles;

  it('gives an identity the right to use one key', async () => {
    const azure = connectToEmulator();
    const principalId = (await findServer(azure, 'sql-billing-weu')).identity.systemAssigned?.principalId ?? '';
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

  it('is content with a grant that is there', async () => {
    const azure = connectToEmulator();
    const principalId = (await findServer(azure, 'sql-billing-weu')).identity.systemAssigned?.principalId ?? '';
    const { id } = await findVault(azure, 'kv-orders');
    const before = (await emulator.state()).roleAssignments;
    await azure.access.grantRole(principalId, cryptoServiceEncryptionUser, id);
    assert.deepEqual((await emulator.state()).roleAssignments, before);
  });

  it('grants to an identity that the directory does not know yet', async () => {
    const azure = connectToEmulator();
    const { id } = await findVault(azure, 'kv-noaccess');
    await azure.access.grantRole('brand-new', cryptoServiceEncryptionUser, id);
    assert.equal((await azure.access.listRoles('brand-new', id)).length, 1);
  });
});

type Change = (azure: Azure, server: SqlServer, vault: KeyVault, signal?: AbortSignal) => Promise<unknown>;
const policy = { tenantId: contoso, objectId: 'somebody', keyPermissions: ['get'] };

/** Every change, by the name of what it does. */
const changes: Readonly<Record<string, Change>> = {
  'assign identity': ({ sqlServers }, server, _, signal) => sqlServers.assignIdentity(server, signal),
  'enable purge protection': ({ keyVaults }, _, vault, signal) => keyVaults.enablePurgeProtection(vault, signal),
  'allow trusted services': ({ keyVaults }, _, vault, signal) => keyVaults.allowTrustedServices(vault, signal),
  'add access policy': ({ keyVaults }, _, vault, signal) => keyVaults.addAccessPolicy(vault, policy, signal),
  'grant role': ({ access }, _, { id }, signal) =>
    access.grantRole('somebody', roles.cryptoServiceEncryptionUser, id, signal),
};

describe('a change in trouble', () => {
  let azure: Azure;
  let server: SqlServer;
  let vault: KeyVault;

  beforeEach(async () => {
    await emulator.reset();
    azure = connectToEmulator();
    server = await findServer(azure, 'sql-reports-weu');
    vault = await findVault(azure, 'kv-firewalled');
    await emulator.clearRequests();
  });

  for (const [name, change] of Object.entries(changes)) {
    it(`says that a lock is in the way: ${name}`, async () => {
      const state = await emulator.state();
      const locks = [server.id, vault.id].map(
        (scope) => ({ scope, name: 'keep', level: 'ReadOnly', notes: '' }) as const,
      );
      await emulator.reset({ ...state, locks });
      const failure = await failureOf(change(azure, server, vault));
      assert.deepEqual([failure.code, failure.status, failure.operation?.name], ['ScopeLocked', 409, name]);
    });

    it(`changes nothing when cancelled before: ${name}`, async () => {
      await assert.rejects(change(azure, server, vault, AbortSignal.abort()), { name: 'AbortError' });
      assert.deepEqual(await emulator.requests(), []);
    });
  }

  for (const [name, vaultName] of [
    ['enable purge protection', 'kv-nopurge'],
    ['allow trusted services', 'kv-firewalled'],
    ['add access policy', 'kv-billing'],
  ] as const) {
    it(`does not take the word of Azure for it when the vault does not show it: ${name}`, async () => {
      // As soon as the change is answered it is undone, while the next request is still on its way.
      const undoing: Promise<void>[] = [];
      const traced = (line: string): void => {
        if (/^(PATCH|PUT) /.test(line)) undoing.push(emulator.reset());
      };
      const undone = connectToEmulator({ traced });
      const changed = await findVault(undone, vaultName);
      await emulator.options({ latency: 300 });
      const change = changes[name];
      assert.ok(change);
      const failure = await failureOf(change(undone, server, changed));
      assert.deepEqual([failure.code, failure.operation?.name, undoing.length], ['ChangeNotThere', name, 1]);
      await Promise.all(undoing);
    });
  }
});
