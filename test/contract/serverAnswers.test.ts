import assert from 'node:assert/strict';
import { serverClient } from './serverClient';

describe('Answers for a server', () => {
  const { azure, id, uriOf, succeeds } = serverClient();

  it('have the format of Azure: server keys', async () => {
    const uri = uriOf('kv-orders', 'tde-orders');
    const { body } = await azure.arm.get(`${id('sql-orders-weu')}/keys`);
    const [, key, last] = body.value ?? [];
    assert.deepEqual(Object.keys(body), ['value'], 'no nextLink');
    assert.deepEqual(Object.keys(key ?? {}), ['kind', 'location', 'properties', 'id', 'name', 'type']);
    assert.deepEqual([key?.kind, key?.location, key?.properties.uri], ['azurekeyvault', 'West Europe', uri]);
    assert.match(String(key?.properties.thumbprint), /^[0-9A-F]{40}$/);
    assert.match(String(key?.properties.creationDate), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(last, {
      kind: 'servicemanaged',
      properties: { serverKeyType: 'ServiceManaged', autoRotationEnabled: false },
      id: `${id('sql-orders-weu')}/keys/ServiceManaged`,
      name: 'ServiceManaged',
      type: 'Microsoft.Sql/servers/keys',
    });
  });

  it('have the format of Azure: TDE protectors', async () => {
    const { body } = await azure.arm.get(`${id('sql-dev-weu')}/encryptionProtector/current`);
    assert.deepEqual(body, {
      kind: 'servicemanaged',
      properties: { serverKeyName: 'ServiceManaged', serverKeyType: 'ServiceManaged', autoRotationEnabled: false },
      id: `${id('sql-dev-weu')}/encryptionProtector/current`,
      name: 'current',
      type: 'Microsoft.Sql/servers/encryptionProtector',
    });
    const orders = await azure.arm.get(`${id('sql-orders-weu')}/encryptionProtector/current`);
    assert.deepEqual(Object.keys(orders.body.properties ?? {}), [
      'serverKeyName',
      'serverKeyType',
      'uri',
      'autoRotationEnabled',
    ]);
  });

  it('name the key of a customer-managed protector on the server, as Azure does', async () => {
    const keyIdOf = async (name: string) => (await azure.arm.get(id(name))).body.properties?.keyId;
    assert.equal(await keyIdOf('sql-orders-weu'), uriOf('kv-orders', 'tde-orders'));
    assert.equal(await keyIdOf('sql-dev-weu'), undefined);
    const group = id('sql-orders-weu').replace(/\/sql-orders-weu$/, '');
    const { body } = await azure.arm.get(group);
    assert.deepEqual(
      body.value?.map(({ properties }) => properties.keyId),
      [uriOf('kv-orders', 'tde-orders'), uriOf('kv-orders', 'tde-orders')],
    );
  });

  it('name a versionless protector by the version in use', async () => {
    const uri = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    const versioned = uriOf('kv-billing', 'tde-billing');
    const newest = '?api-version=2025-01-01';
    const put = (path: string, properties: object) =>
      succeeds(azure.arm.call('PUT', `${id('sql-billing-weu')}/${path}${newest}`, { body: { properties } }));
    await put('keys/kv-billing_tde-billing', { serverKeyType: 'AzureKeyVault', uri });
    const properties = { serverKeyType: 'AzureKeyVault', serverKeyName: 'kv-billing_tde-billing' };
    await put('encryptionProtector/current', properties);
    const { body } = await azure.arm.get(`${id('sql-billing-weu')}/encryptionProtector/current`);
    assert.deepEqual(
      [body.properties?.serverKeyName, body.properties?.uri],
      [`kv-billing_tde-billing_${versioned.split('/').at(-1) ?? ''}`, versioned],
    );
    assert.equal((await azure.arm.get(id('sql-billing-weu'))).body.properties?.keyId, versioned);
  });

  it('show a failover group from both sides', async () => {
    const role = async (name: string) => (await azure.arm.get(`${id(name)}/failoverGroups/fog-orders`)).body.properties;
    const [primary, secondary] = [await role('sql-orders-weu'), await role('sql-orders-neu')];
    assert.deepEqual([primary?.replicationRole, secondary?.replicationRole], ['Primary', 'Secondary']);
    assert.deepEqual(primary?.partnerServers, [
      { id: id('sql-orders-neu'), location: 'North Europe', replicationRole: 'Secondary' },
    ]);
    const links = await azure.arm.get(`${id('sql-orders-neu')}/replicationLinks`);
    assert.deepEqual(
      links.body.value?.map((l) => [l.properties.role, l.properties.partnerServer]),
      [['Secondary', 'sql-orders-weu']],
    );
  });
});
