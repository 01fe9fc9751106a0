import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { KeyVault, SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import { caller, contoso, inProduction, subscriptions } from '../emulator/seeds/demoNames';
import { roles } from '../emulator/seeds/roleDefinitions';
import {
  changeState,
  connectToEmulator,
  emulator,
  failureOf,
  findKey,
  findServer,
  findVault,
  found,
  freshConnection,
  listSubscriptions,
  resetEmulator,
  until,
} from './connection';

const allSubscriptions = async (azure: Azure) => (await listSubscriptions(azure)).map(({ id }) => id);

const principalOf = ({ identity }: SqlServer): string => {
  assert.ok(identity.systemAssigned);
  return identity.systemAssigned.principalId;
};

describe('reading a server for the checks', () => {
  beforeEach(() => resetEmulator());

  it('reads its state, its identities and their tenant', async () => {
    const azure = connectToEmulator();
    const billing = await findServer(azure, 'sql-billing-weu');
    assert.deepEqual(await azure.sqlServers.get(billing), { ...billing, state: 'Ready', identityTenantId: contoso });
    const inventory = await azure.sqlServers.get(await findServer(azure, 'sql-inventory-weu'));
    assert.match(inventory.identity.primaryUserAssigned ?? '', /id-sql-inventory$/);
    assert.deepEqual([inventory.identity.userAssigned.length, inventory.identityTenantId], [1, undefined]);
  });

  it('reads the application that it uses for vaults of other tenants', async () => {
    await changeState(({ servers }) => {
      servers.forEach((server) => (server.federatedClientId = 'app-1'));
    });
    const azure = connectToEmulator();
    const server = await azure.sqlServers.get(await findServer(azure, 'sql-inventory-weu'));
    assert.equal(server.federatedClientId, 'app-1');
  });

  it('reads a server by an id in any casing', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-neu');
    const place = { ...server, id: server.id.toUpperCase(), subscriptionId: server.subscriptionId.toUpperCase() };
    assert.equal((await azure.sqlServers.get(place)).state, 'Ready');
    assert.equal((await azure.serverKeys.list(place)).length, 3);
  });

  it('reads properties that Resource Graph does not have yet', async () => {
    const azure = connectToEmulator();
    const before = await findServer(azure, 'sql-reports-weu');
    await changeState(({ servers }) => {
      const change = { state: 'Disabled', identityType: 'SystemAssigned', principalId: 'new' };
      Object.assign(found(servers, 'sql-reports-weu'), change);
    });
    const now = await azure.sqlServers.get(before);
    assert.deepEqual([now.state, now.identity.systemAssigned?.principalId], ['Disabled', 'new']);
  });

  it('finds a server by its name in any casing with one query', async () => {
    const azure = connectToEmulator();
    const ids = await allSubscriptions(azure);
    const expected = await findServer(azure, 'sql-dev-neu');
    await emulator.clearRequests();
    assert.deepEqual(await azure.sqlServers.find('SQL-Dev-NEU', ids), expected);
    assert.equal((await emulator.requests()).length, 1);
    assert.equal(await azure.sqlServers.find('sql-dev', ids), undefined);
    assert.equal(await azure.sqlServers.find('sql-dev-neu', [subscriptions.production]), undefined);
  });

  it('fails if a tenant fails, because the server may be there', async () => {
    const azure = connectToEmulator();
    const ids = await allSubscriptions(azure);
    await emulator.addFault({ match: { path: 'ResourceGraph' }, code: 'AuthorizationFailed', status: 403 });
    const failure = await failureOf(azure.sqlServers.find('sql-dev-neu', ids));
    assert.deepEqual([failure.code, failure.operation?.name], ['AuthorizationFailed', 'find SQL server']);
  });

  it('lists a partner of a failover group once, even if its databases have replication links', async () => {
    const azure = connectToEmulator();
    const [west, north] = [await findServer(azure, 'sql-orders-weu'), await findServer(azure, 'sql-orders-neu')];
    const partner = ({ name, id }: SqlServer) => ({ name, id });
    assert.deepEqual(await azure.sqlServers.listGeoPartners(west), [{ ...partner(north), role: 'secondary' }]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(north), [{ ...partner(west), role: 'primary' }]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(await findServer(azure, 'sql-billing-weu')), []);
  });

  it('lists partners of active geo-replication, of which Azure returns only the name', async () => {
    const azure = connectToEmulator();
    const [dev, archive] = [await findServer(azure, 'sql-dev-weu'), await findServer(azure, 'sql-archive-neu')];
    const link = (database: string) => ({ name: database, primary: dev.id, secondary: archive.id, database });
    await changeState((state) => (state.replicationLinks = ['dev', 'dev-test'].map(link)));
    assert.deepEqual(await azure.sqlServers.listGeoPartners(dev), [{ name: 'sql-archive-neu', role: 'secondary' }]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(archive), [{ name: 'sql-dev-weu', role: 'primary' }]);
  });

  it('does not list a server as its own partner when one of its databases is being copied', async () => {
    const azure = connectToEmulator();
    const { id } = await findServer(azure, 'sql-dev-weu');
    const link = { name: 'copy', primary: id, secondary: id, database: 'dev' };
    await changeState((state) => (state.replicationLinks = [link]));
    assert.deepEqual(await azure.sqlServers.listGeoPartners(await findServer(azure, 'sql-dev-weu')), []);
  });

  it('lists operations in progress', async () => {
    await emulator.options({ operationMs: 1500 });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    assert.deepEqual(await azure.sqlServers.listRunningOperations(server), []);
    const creating = azure.serverKeys.create(
      server,
      serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') }),
    );
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    const [operation, ...others] = await azure.sqlServers.listRunningOperations(server);
    assert.deepEqual(others, []);
    assert.ok(operation?.name);
    await creating;
    assert.deepEqual(await azure.sqlServers.listRunningOperations(server), []);
  });
});

describe('reading a vault for the checks', () => {
  beforeEach(() => resetEmulator());

  it('finds the key vault or managed HSM of a host', async () => {
    const azure = connectToEmulator();
    const ids = await allSubscriptions(azure);
    for (const [host, name] of [
      ['KV-Billing.vault.azure.net', 'kv-billing'],
      ['hsm-contoso.managedhsm.azure.net', 'hsm-contoso'],
    ] as const) {
      const expected = await findVault(azure, name);
      assert.deepEqual(await azure.keyVaults.find(host, ids), expected);
    }
    // There is a managed HSM with this name, but no key vault.
    assert.equal(await azure.keyVaults.find('hsm-contoso.vault.azure.net', ids), undefined);
  });

  it('never uses an invalid name in a query', async () => {
    const azure = connectToEmulator();
    const ids = await allSubscriptions(azure);
    await emulator.clearRequests();
    for (const name of ["kv' or name != '", 'kv\\', 'kv"', 'kv | limit 1', '']) {
      assert.equal(await azure.keyVaults.find(`${name}.vault.azure.net`, ids), undefined);
      assert.equal(await azure.sqlServers.find(name, ids), undefined);
    }
    assert.deepEqual(await emulator.requests(), []);
  });

  for (const [name, permissionModel, softDelete, purgeProtection, firewall] of [
    ['kv-orders', 'roles', true, true, 'off'],
    ['kv-billing', 'accessPolicies', true, true, 'off'],
    ['kv-nopurge', 'roles', true, false, 'off'],
    ['kv-firewalled', 'roles', true, true, 'on'],
    ['hsm-contoso', 'localRoles', true, true, 'off'],
  ] as const) {
    it(`reads the settings of ${name}`, async () => {
      const azure = connectToEmulator();
      const { accessPolicies, ...settings } = await azure.keyVaults.getSettings(await findVault(azure, name));
      assert.ok(['Succeeded', 'Activated'].includes(settings.provisioningState));
      assert.deepEqual(settings, {
        tenantId: contoso,
        provisioningState: settings.provisioningState,
        softDelete,
        purgeProtection,
        permissionModel,
        firewall,
      });
      assert.equal(accessPolicies.length > 0, permissionModel === 'accessPolicies');
    });
  }

  it('reads the access policies of a vault', async () => {
    const azure = connectToEmulator();
    const { accessPolicies } = await azure.keyVaults.getSettings(await findVault(azure, 'kv-billing'));
    const principalId = principalOf(await findServer(azure, 'sql-legacy-neu'));
    const policy = accessPolicies.find(({ objectId }) => objectId === principalId);
    assert.deepEqual(policy?.keyPermissions, ['get', 'wrapkey', 'unwrapkey']);
  });

  for (const [publicNetworkAccess, firewall] of [
    ['Disabled', 'trustedServices'],
    ['SecuredByPerimeter', 'perimeter'],
  ] as const) {
    it(`reads the firewall of a vault whose public network access is ${publicNetworkAccess}`, async () => {
      await changeState(({ vaults }) => {
        vaults.forEach(({ network }) => (network.publicNetworkAccess = publicNetworkAccess));
      });
      const azure = connectToEmulator();
      const settings = await azure.keyVaults.getSettings(await findVault(azure, 'kv-orders'));
      assert.equal(settings.firewall, firewall);
    });
  }

  it('reads that a managed HSM is not activated', async () => {
    await changeState(({ vaults }) => (found(vaults, 'hsm-contoso').activated = false));
    const azure = connectToEmulator();
    const settings = await azure.keyVaults.getSettings(await findVault(azure, 'hsm-contoso'));
    assert.equal(settings.provisioningState, 'NotActivated');
  });

  it('ignores an access policy that is limited to an application', async () => {
    const policy = { tenantId: contoso, objectId: 'somebody', applicationId: 'app', permissions: { keys: ['all'] } };
    await changeState(({ vaults }) => (found(vaults, 'kv-billing').accessPolicies = [policy]));
    const azure = connectToEmulator();
    const { accessPolicies } = await azure.keyVaults.getSettings(await findVault(azure, 'kv-billing'));
    assert.deepEqual(accessPolicies, []);
  });

  it('reads the newest or the requested version of a key with its key identifier', async () => {
    const azure = connectToEmulator();
    const vault = await findVault(azure, 'kv-orders');
    const [newest, , oldest] = await azure.keyVaults.listVersions(vault, 'tde-orders');
    assert.ok(newest && oldest);
    assert.deepEqual(await azure.keyVaults.getKey(vault, 'tde-orders'), newest);
    assert.deepEqual(await azure.keyVaults.getKey(vault, 'tde-orders', oldest.uri.split('/').at(-1)), oldest);
    assert.deepEqual([newest.enabled, oldest.enabled], [true, false]);
    assert.equal((await failureOf(azure.keyVaults.getKey(vault, 'tde-none'))).status, 404);
    const hsmKey = await azure.keyVaults.getKey(await findVault(azure, 'hsm-contoso'), 'tde-hr');
    assert.match(hsmKey.uri, /^https:\/\/hsm-contoso\.managedhsm\.azure\.net\/keys\/tde-hr\/[0-9a-f]{32}$/);
  });

  it('reads the operations that a key permits', async () => {
    const azure = connectToEmulator();
    const vault = await findVault(azure, 'kv-billing');
    const rsa = await azure.keyVaults.getKey(vault, 'tde-billing');
    assert.ok(['wrapKey', 'unwrapKey'].every((operation) => rsa.operations?.includes(operation)));
    const elliptic = await azure.keyVaults.getKey(vault, 'tde-billing-ec');
    assert.deepEqual(elliptic.operations, ['sign', 'verify']);
    const keys = await azure.keyVaults.listKeys(vault);
    assert.deepEqual(keys.find(({ name }) => name === 'tde-billing-ec')?.operations, ['sign', 'verify']);
    const created = await azure.keyVaults.createKey({ vault, name: 'tde-new', keyType: 'RSA', keySize: 2048 });
    assert.deepEqual(created.operations, ['wrapKey', 'unwrapKey']);
  });
});

describe('reading rights and locks for the checks', () => {
  beforeEach(() => resetEmulator());

  const grants = [
    {
      roleId: roles.cryptoServiceEncryptionUser,
      dataActions: ['read', 'wrap/action', 'unwrap/action'].map((verb) => `Microsoft.KeyVault/vaults/keys/${verb}`),
      notDataActions: [],
    },
  ];

  it('lists the roles of an identity at a key, including inherited ones', async () => {
    await emulator.options({ pageSize: 1 });
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const { id: scope } = await findVault(azure, 'kv-orders');
    assert.deepEqual(
      await azure.access.listRoles(principalId, `${scope}/keys/tde-orders`),
      grants.map((grant) => ({ ...grant, scope })),
    );
    const { id: noAccess } = await findVault(azure, 'kv-noaccess');
    assert.deepEqual(await azure.access.listRoles(principalId, `${noAccess}/keys/tde-noaccess`), []);
  });

  it('lists the roles of all pages, and reads the definition of each built-in role once', async () => {
    await emulator.options({ pageSize: 1 });
    const azure = connectToEmulator();
    const { cryptoServiceEncryptionUser: user, owner } = roles;
    const { id: vaultId } = await findVault(azure, 'kv-noaccess');
    const key = `${vaultId}/keys/tde-noaccess`;
    await azure.access.grantRole(caller.objectId, user, vaultId);
    await azure.access.grantRole(caller.objectId, user, key);
    await emulator.clearRequests();
    for (let times = 0; times < 2; times += 1) {
      const listed = await azure.access.listRoles(caller.objectId, key);
      assert.deepEqual(listed.map(({ roleId, scope }) => [roleId, scope]).sort(), [
        [owner, inProduction('rg-keys')],
        [user, vaultId],
        [user, key],
      ]);
    }
    const definitions = (await emulator.requests()).filter(({ path }) => path.includes('/roleDefinitions/'));
    assert.equal(definitions.length, 2);
  });

  it('ignores a role that is assigned below the scope', async () => {
    const azure = connectToEmulator();
    const principalId = principalOf(await findServer(azure, 'sql-billing-weu'));
    const { id: scope } = await findVault(azure, 'kv-noaccess');
    await azure.access.grantRole(principalId, roles.cryptoServiceEncryptionUser, `${scope}/keys/tde-noaccess`);
    assert.deepEqual(await azure.access.listRoles(principalId, scope), []);
  });

  it('reads the permissions of the account at a server', async () => {
    const azure = connectToEmulator();
    const { id: billing } = await findServer(azure, 'sql-billing-weu');
    assert.deepEqual(await azure.access.listPermissions(billing), [{ actions: ['*'], notActions: [] }]);
    const { id: payroll } = await findServer(azure, 'sql-payroll-weu');
    const actions = (await azure.access.listPermissions(payroll)).flatMap((permission) => permission.actions);
    assert.ok(actions.includes('Microsoft.Sql/servers/read'));
    assert.ok(!actions.some((action) => action.includes('servers/keys') || action === '*'));
  });

  it('lists the locks at a server and above it, not those below', async () => {
    const azure = connectToEmulator();
    const { id } = await findServer(azure, 'sql-billing-weu');
    const lock = (name: string, scope: string, level: 'ReadOnly' | 'CanNotDelete') => ({
      name,
      scope,
      level,
      notes: '',
    });
    await changeState((state) => {
      state.locks = [
        lock('on-server', id, 'ReadOnly'),
        lock('on-database', `${id}/databases/billing`, 'ReadOnly'),
        lock('on-group', inProduction('rg-billing'), 'CanNotDelete'),
        lock('on-sibling', `${id}-2`, 'ReadOnly'),
        lock('on-other', inProduction('rg-orders'), 'ReadOnly'),
      ];
    });
    assert.deepEqual(
      (await azure.access.listLocks(id)).toSorted((a, b) => a.name.localeCompare(b.name)),
      [
        { name: 'on-group', scope: inProduction('rg-billing'), level: 'canNotDelete' },
        { name: 'on-server', scope: id, level: 'readOnly' },
      ],
    );
    assert.deepEqual(await azure.access.listLocks((await findServer(azure, 'sql-orders-neu')).id), [
      { name: 'on-other', scope: inProduction('rg-orders'), level: 'readOnly' },
    ]);
  });
});

type Read = (azure: Azure, server: SqlServer, vault: KeyVault, signal?: AbortSignal) => Promise<unknown>;

/** Every read by the name of its operation. */
const reads: Readonly<Record<string, Read>> = {
  'read SQL server': ({ sqlServers }, server, _, signal) => sqlServers.get(server, signal),
  'find SQL server': ({ sqlServers }, { name, subscriptionId }, _, signal) =>
    sqlServers.find(name, [subscriptionId], signal),
  'list geo-replication partners': ({ sqlServers }, server, _, signal) => sqlServers.listGeoPartners(server, signal),
  'list running operations': ({ sqlServers }, server, _, signal) => sqlServers.listRunningOperations(server, signal),
  'find key vault': ({ keyVaults }, _, { uri, subscriptionId }, signal) =>
    keyVaults.find(new URL(uri).host, [subscriptionId], signal),
  'read key vault': ({ keyVaults }, _, vault, signal) => keyVaults.getSettings(vault, signal),
  'read key': ({ keyVaults }, _, vault, signal) => keyVaults.getKey(vault, 'tde-orders', undefined, signal),
  'list roles': ({ access }, server, { id }, signal) => access.listRoles(principalOf(server), id, signal),
  'list permissions': ({ access }, { id }, _, signal) => access.listPermissions(id, signal),
  'list locks': ({ access }, { id }, _, signal) => access.listLocks(id, signal),
};

describe('a failing read', () => {
  const connected = freshConnection('sql-orders-weu', 'kv-orders');
  const run = (read: Read, signal?: AbortSignal) => {
    const { azure, server, vault } = connected();
    return read(azure, server, vault, signal);
  };

  for (const [name, read] of Object.entries(reads)) {
    it(`reports that Azure refuses to ${name}`, async () => {
      await emulator.addFault({ match: { path: '.' }, code: 'AuthorizationFailed', status: 403 });
      const failure = await failureOf(run(read));
      assert.deepEqual([failure.code, failure.status, failure.operation?.name], ['AuthorizationFailed', 403, name]);
    });
  }

  it('sends no request when cancelled before', async () => {
    for (const read of Object.values(reads)) {
      await assert.rejects(run(read, AbortSignal.abort()), { name: 'AbortError' });
    }
    assert.deepEqual(await emulator.requests(), []);
  });

  it('ends immediately when cancelled while Azure does not answer', async () => {
    await emulator.addFault({ match: { path: '.' }, behaviour: 'hang' });
    const abort = new AbortController();
    const running = Object.values(reads).map((read) => run(read, abort.signal));
    const ends = Promise.all(running.map((read) => assert.rejects(read, { name: 'AbortError' })));
    setTimeout(() => {
      abort.abort();
    }, 100);
    await ends;
  });
});
