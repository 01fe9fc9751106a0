import assert from 'node:assert/strict';
import {
  changeState,
  connectToEmulator,
  emulator,
  findServer,
  found,
  listSubscriptions,
  listVaults,
  resetEmulator,
} from './connection';

describe('reading from Azure', () => {
  beforeEach(() => resetEmulator());

  it('lists the subscriptions of all pages by name, including delegated ones', async () => {
    await emulator.options({ pageSize: 1 });
    const subscriptions = await listSubscriptions(connectToEmulator());
    assert.deepEqual(
      subscriptions.map(({ name }) => name),
      ['Contoso Development', 'Contoso Production', 'Fabrikam Test'],
    );
    const tenants = subscriptions.map(({ tenantId }) => tenantId);
    assert.equal(new Set(tenants).size, 2);
  });

  it('lists the servers of all subscriptions with one query, or with one for each page, and one for the groups of Synapse', async () => {
    const azure = connectToEmulator();
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    await emulator.clearRequests();
    const { items: servers } = await azure.sqlServers.list(ids);
    assert.equal(servers.length, 15, 'with the managed instances');
    assert.deepEqual(
      servers.map(({ name }) => name),
      servers.map(({ name }) => name).sort(),
    );
    assert.deepEqual(
      (await emulator.requests()).map(({ method }) => method),
      ['POST', 'POST'],
    );

    await emulator.options({ pageSize: 5 });
    await emulator.clearRequests();
    assert.deepEqual((await azure.sqlServers.list(ids)).items, servers);
    assert.equal((await emulator.requests()).length, 4);
  });

  it('lists the TDE protectors with the servers, if Resource Graph shows any', async () => {
    const azure = connectToEmulator();
    const { uri } = await azure.tdeProtectors.get(await findServer(azure, 'sql-orders-weu'));
    const listed = async (name: string) => (await findServer(azure, name)).listedProtector;
    assert.deepEqual(await listed('sql-orders-weu'), { type: 'customerManaged', uri });
    assert.deepEqual(await listed('sql-dev-weu'), { type: 'serviceManaged' });
    await changeState(({ servers }) => {
      servers.forEach(({ protector }) => (protector.serverKeyName = ''));
    });
    assert.equal(await listed('sql-dev-weu'), undefined);
  });

  it('lists the inaccessible databases of all servers with one query', async () => {
    const azure = connectToEmulator();
    const ids = (await listSubscriptions(azure)).map(({ id }) => id);
    const { id } = await findServer(azure, 'sql-archive-neu');
    await emulator.clearRequests();
    assert.deepEqual(await azure.sqlServers.listInaccessible(ids), [
      { server: id, name: 'archive-2019' },
      { server: id, name: 'archive-2020' },
    ]);
    assert.equal((await emulator.requests()).length, 1);
  });

  it('lists the locks of everything in a resource group with one request', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-legacy-neu');
    await emulator.clearRequests();
    const locks = await azure.access.listLocksIn(server.id.split('/').slice(0, 5).join('/'));
    assert.deepEqual(locks, [{ name: 'do-not-touch', scope: server.id, level: 'readOnly' }]);
    assert.equal((await emulator.requests()).length, 1);
  });

  it('distinguishes the servers of Synapse workspaces', async () => {
    await changeState(({ resourceGroups, servers }) => {
      const { id } = found(servers, 'sql-hr-weu');
      const group = found(resourceGroups, 'rg-hr');
      group.managedBy = id.replace('Microsoft.Sql/servers/sql-hr-weu', 'Microsoft.Synapse/workspaces/syn-hr');
    });
    const azure = connectToEmulator();
    const { synapseWorkspace = '' } = await findServer(azure, 'sql-hr-weu');
    assert.match(synapseWorkspace, /\/Microsoft\.Synapse\/workspaces\/syn-hr$/);
    assert.equal((await findServer(azure, 'sql-dev-weu')).synapseWorkspace, undefined);
  });

  it('reads the identities of a server, and which one is the primary', async () => {
    const azure = connectToEmulator();
    const billing = await findServer(azure, 'sql-billing-weu');
    assert.ok(billing.identity.systemAssigned?.principalId);
    assert.deepEqual(billing.identity.userAssigned, []);
    const inventory = await findServer(azure, 'sql-inventory-weu');
    const [assigned] = inventory.identity.userAssigned;
    assert.match(assigned?.id ?? '', /id-sql-inventory$/);
    assert.match(inventory.identity.primaryUserAssigned ?? '', /id-sql-inventory$/);
    assert.deepEqual((await findServer(azure, 'sql-reports-weu')).identity, { userAssigned: [] });
  });

  it('reads server keys and the TDE protector with the newest stable api-version', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    await emulator.clearRequests();
    const [keys, protector] = await Promise.all([azure.serverKeys.list(server), azure.tdeProtectors.get(server)]);
    assert.deepEqual(keys.map(({ type }) => type).sort(), ['customerManaged', 'customerManaged', 'serviceManaged']);
    assert.equal(protector.autoRotation, true);
    const current = found(keys, protector.serverKeyName);
    assert.equal(current.uri, protector.uri);
    assert.match(current.thumbprint ?? '', /^[0-9A-F]{40}$/);
    assert.ok(current.created instanceof Date);
    const serviceManaged = found(keys, 'ServiceManaged');
    assert.deepEqual(Object.keys(serviceManaged).sort(), ['autoRotation', 'id', 'kind', 'name', 'type']);
    assert.equal(current.version, current.uri?.split('/').at(-1));
    assert.deepEqual([current.kind, current.location, current.autoRotation], ['azurekeyvault', 'West Europe', false]);
    assert.ok((await emulator.requests()).every(({ query }) => query['api-version'] === '2025-01-01'));
  });

  it('reads the region and the kind of a TDE protector if Azure gives them', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    const id = `${server.id}/encryptionProtector/current`;
    const [kind, location, subregion] = ['azurekeyvault', 'West Europe', 'Amsterdam'];
    const body = JSON.stringify({ id, kind, location, properties: { serverKeyType: 'AzureKeyVault', subregion } });
    await emulator.addFault({ match: { path: '/encryptionProtector/current$' }, behavior: 'answer', body });
    const protector = await azure.tdeProtectors.get(server);
    assert.deepEqual([protector.kind, protector.location, protector.subregion], [kind, location, subregion]);
  });

  it('uses an older api-version if the cloud lacks the stable one, and remembers it', async () => {
    await emulator.options({ apiVersions: { 'Microsoft.Sql/servers/keys': ['2020-11-01-preview', '2021-11-01'] } });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-weu');
    await emulator.clearRequests();
    assert.equal((await azure.serverKeys.list(server)).length, 3);
    assert.equal((await azure.serverKeys.list(server)).length, 3);
    const versions = (await emulator.requests()).map(({ query }) => query['api-version']);
    assert.deepEqual(versions, ['2025-01-01', '2023-08-01', '2021-11-01', '2021-11-01']);
  });

  it('lists key vaults and managed HSMs with the properties that TDE needs', async () => {
    const azure = connectToEmulator();
    await emulator.options({ pageSize: 2 });
    const vaults = await listVaults(azure, 'Contoso Production');
    assert.deepEqual(
      vaults.map(({ name, kind, purgeProtection }) => [name, kind, purgeProtection]),
      [
        ['hsm-contoso', 'managedHsm', true],
        ['kv-billing', 'vault', true],
        ['kv-firewalled', 'vault', true],
        ['kv-noaccess', 'vault', true],
        ['kv-nopurge', 'vault', false],
        ['kv-orders', 'vault', true],
      ],
    );
    assert.equal(found(vaults, 'hsm-contoso').uri, 'https://hsm-contoso.managedhsm.azure.net');
  });

  it('lists keys with type, size, and dates, even behind a firewall and in a managed HSM', async () => {
    const azure = connectToEmulator();
    const vaults = await listVaults(azure, 'Contoso Production');
    const keys = await azure.keyVaults.listKeys(found(vaults, 'kv-billing'));
    const { keyType, keySize, enabled } = found(keys, 'tde-billing');
    assert.deepEqual([keyType, keySize, enabled], ['RSA', 3072, true]);
    assert.equal(found(keys, 'tde-billing-disabled').enabled, false);
    assert.equal(found(keys, 'tde-billing-ec').keyType, 'EC');
    assert.equal(found(keys, 'tde-billing-4096').keySize, 4096);
    const now = Date.now();
    assert.ok((found(keys, 'tde-billing-expired').expires?.getTime() ?? now) < now);
    assert.ok((found(keys, 'tde-billing-future').notBefore?.getTime() ?? now) > now);
    assert.equal((await azure.keyVaults.listKeys(found(vaults, 'kv-firewalled'))).length, 1);
    const [hsmKey] = await azure.keyVaults.listKeys(found(vaults, 'hsm-contoso'));
    assert.equal(hsmKey?.keyType, 'RSA-HSM');
  });

  it('lists the versions of a key with their key identifiers, newest first', async () => {
    const azure = connectToEmulator();
    const vaults = await listVaults(azure, 'Contoso Production');
    const versions = await azure.keyVaults.listVersions(found(vaults, 'kv-orders'), 'tde-orders');
    assert.equal(versions.length, 3);
    const created = versions.map((version) => version.created?.getTime() ?? 0);
    assert.deepEqual(
      created,
      [...created].sort((a, b) => b - a),
    );
    for (const { uri, keyType } of versions) {
      assert.match(uri, /^https:\/\/kv-orders\.vault\.azure\.net\/keys\/tde-orders\/[0-9a-f]{32}$/);
      assert.equal(keyType, 'RSA');
    }
  });
});
