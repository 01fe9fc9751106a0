import assert from 'node:assert/strict';
import { serverClient } from './serverClient';

describe('Answers for a server', () => {
  const { azure, id, uriOf } = serverClient();

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
