import assert from 'node:assert/strict';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { findInstance, findVault, keyBody, keyName, keyUri, serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { all, connectionOf, placeOf, sqlSdk } from './sqlSdk';

/** The installed packages with the api-versions that they use. */
describe('The Azure SDK for JavaScript', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const sql = (server: string) => sqlSdk(azure, serverId(azure.running.emulator.state, server));
  const keyVault = (vault: string) => {
    const { credential, options } = connectionOf(azure);
    const [subscription, ...place] = placeOf(vaultId(azure.running.emulator.state, vault));
    const { endpoint, ...rest } = options;
    const client = new KeyVaultManagementClient(credential, subscription, {
      ...rest,
      endpoint,
      credentials: { scopes: [`${endpoint}/.default`] },
    });
    return { client, place };
  };
  const requestedVersions = () => [
    ...new Set(azure.running.emulator.requests.map(({ query }) => query['api-version'])).values(),
  ];

  it('reads and changes a server', async () => {
    const { client, place } = sql('sql-reports-weu');
    assert.equal((await client.servers.get(...place)).state, 'Ready');
    const updated = await client.servers.beginUpdateAndWait(
      ...place,
      { identity: { type: 'SystemAssigned' } },
      { updateIntervalInMs: 5 },
    );
    assert.match(updated.identity?.principalId ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(requestedVersions()[0], '2022-08-01-preview');
  });

  it('lists failover groups', async () => {
    const { client, place } = sql('sql-orders-weu');
    const [group] = await all(client.failoverGroups.listByServer(...place));
    assert.equal(group?.replicationRole, 'Primary');
    assert.equal(group.partnerServers?.[0]?.id, serverId(azure.running.emulator.state, 'sql-orders-neu'));
    assert.deepEqual(requestedVersions(), ['2020-11-01-preview']);
  });

  it('lists replication links', async () => {
    const { client, place } = sql('sql-orders-neu');
    const [link] = await all(client.replicationLinks.listByServer(...place));
    assert.deepEqual([link?.role, link?.partnerServer, link?.linkType], ['Secondary', 'sql-orders-weu', 'GEO']);
    assert.deepEqual(requestedVersions(), ['2022-02-01-preview']);
  });

  it('lists operations', async () => {
    const { state } = azure.running.emulator;
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    const key = `${serverId(state, 'sql-billing-weu')}/keys/${keyName(uri)}`;
    await azure.arm.finish(await azure.arm.call('PUT', key, { body: keyBody(uri) }));
    azure.running.emulator.requests = [];
    const { client, place } = sql('sql-billing-weu');
    const [operation] = await all(client.serverOperations.listByServer(...place));
    assert.deepEqual([operation?.state, operation?.operation], ['Succeeded', 'UpsertLogicalServerEncryptionKeys']);
    assert.ok(operation?.startTime instanceof Date);
    assert.deepEqual(requestedVersions(), ['2020-11-01-preview']);
  });

  it('reads and changes the encryption of a database', async () => {
    const { client, place } = sql('sql-inventory-weu');
    const uri = keyUri(azure.running.emulator.state, 'kv-billing', 'tde-billing');
    const soon = { updateIntervalInMs: 5 };
    const parameters = { encryptionProtector: uri, keys: { [uri]: {} } };
    await client.databases.beginUpdateAndWait(...place, 'suppliers', parameters, soon);
    const database = await client.databases.get(...place, 'suppliers');
    assert.equal(database.encryptionProtector, uri);
    assert.equal(Object.keys(database.identity?.userAssignedIdentities ?? {}).length, 1);
    await client.databaseEncryptionProtectors.beginRevalidateAndWait(...place, 'suppliers', 'current', soon);
    await client.databaseEncryptionProtectors.beginRevertAndWait(...place, 'suppliers', 'current', soon);
    assert.equal((await client.databases.get(...place, 'suppliers')).encryptionProtector, undefined);
    const { transparentDataEncryptions } = client;
    assert.equal((await transparentDataEncryptions.get(...place, 'suppliers', 'current')).state, 'Enabled');
    await transparentDataEncryptions.beginCreateOrUpdateAndWait(
      ...place,
      'suppliers',
      'current',
      { state: 'Disabled' },
      soon,
    );
  });

  it('reads managed instances, and creates and deletes the key of one', async () => {
    const { state } = azure.running.emulator;
    const { client, place } = sqlSdk(azure, findInstance(state, 'sqlmi-billing-weu').id);
    assert.equal((await client.managedInstances.get(...place)).state, 'Ready');
    assert.equal((await all(client.managedInstances.list())).length, 3);
    const [database] = await all(client.managedDatabases.listByInstance(...place));
    assert.deepEqual([database?.name, database?.status], ['contracts', 'Online']);
    const uri = keyUri(state, 'kv-billing', 'tde-billing');
    const soon = { updateIntervalInMs: 5 };
    const parameters = { serverKeyType: 'AzureKeyVault', uri };
    const { managedInstanceKeys: keys, managedInstanceEncryptionProtectors: protectors } = client;
    const key = await keys.beginCreateOrUpdateAndWait(...place, keyName(uri), parameters, soon);
    assert.match(key.thumbprint ?? '', /^[0-9A-F]{40}$/);
    const protector = { serverKeyType: 'AzureKeyVault', serverKeyName: keyName(uri), autoRotationEnabled: true };
    await protectors.beginCreateOrUpdateAndWait(...place, 'current', protector, soon);
    await protectors.beginRevalidateAndWait(...place, 'current', soon);
    assert.equal((await protectors.get(...place, 'current')).uri, uri);
    await protectors.beginCreateOrUpdateAndWait(...place, 'current', { serverKeyType: 'ServiceManaged' }, soon);
    await keys.beginDeleteAndWait(...place, keyName(uri), soon);
    assert.deepEqual(
      (await all(keys.listByInstance(...place))).map(({ name }) => name),
      ['ServiceManaged'],
    );
    const [group] = await all(client.instanceFailoverGroups.listByLocation('rg-orders', 'westeurope'));
    assert.equal(group?.replicationRole, 'Primary');
  });

  it('reads and changes a vault', async () => {
    const { client, place } = keyVault('kv-nopurge');
    const { properties } = await client.vaults.get(...place);
    assert.deepEqual([properties.enablePurgeProtection, properties.provisioningState], [undefined, 'Succeeded']);
    const networkAcls = { ...properties.networkAcls, bypass: 'None', ipRules: [{ value: '203.0.113.7' }] };
    const updated = await client.vaults.update(...place, { properties: { enablePurgeProtection: true, networkAcls } });
    assert.equal(updated.properties.enablePurgeProtection, true);
    assert.deepEqual(updated.properties.networkAcls?.ipRules, [{ value: '203.0.113.7' }]);
    assert.deepEqual(requestedVersions(), ['2026-02-01']);
  });

  it('adds an access policy', async () => {
    const { client, place } = keyVault('kv-billing');
    const policy = {
      tenantId: '33333333-0000-4000-8000-000000000000',
      objectId: '44444444-0000-4000-8000-000000000000',
      permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
    };
    const parameters = { properties: { accessPolicies: [policy] } };
    const { properties } = await client.vaults.updateAccessPolicy(...place, 'add', parameters);
    assert.equal(properties.accessPolicies.at(-1)?.objectId, policy.objectId);
  });

  it('reads and changes a managed HSM', async () => {
    const { client, place } = keyVault('hsm-contoso');
    const { properties } = await client.managedHsms.get(...place);
    assert.equal(properties?.securityDomainProperties?.activationStatus, 'Active');
    const networkAcls = { ...properties.networkAcls, bypass: 'None' };
    const updated = await client.managedHsms.update(...place, { properties: { networkAcls } }).pollUntilDone();
    assert.equal(updated.properties?.networkAcls?.bypass, 'None');
  });

  it('lists deleted vaults', async () => {
    const { client } = keyVault('kv-fabrikam');
    const vault = findVault(azure.running.emulator.state, 'kv-fabrikam');
    vault.deleted = true;
    const [deleted] = await all(client.vaults.listDeleted());
    assert.equal(deleted?.properties?.vaultId, vault.id);
  });
});
