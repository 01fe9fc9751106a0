import assert from 'node:assert/strict';
import { findInstance, keyBody, keyName, keyUri } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { customerManaged, refusal } from './serverClient';
import { sqlSdk } from './sqlSdk';

describe('A new managed instance', () => {
  const azure = freshEmulator({ operationMs: 5 });
  const state = () => azure.running.emulator.state;
  const id = (name: string) => findInstance(state(), name).id;
  const path = (name = 'sqlmi-new-weu') => id('sqlmi-billing-weu').replace(/[^/]+$/, name);
  const properties = {
    administratorLogin: 'dba',
    administratorLoginPassword: 'Correct horse 9',
    subnetId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/mi',
  };
  const body = { location: 'westeurope', properties };
  const soon = { updateIntervalInMs: 1 };
  const put = (sent: object, name?: string) => azure.arm.call('PUT', path(name), { body: sent });

  it('is created, uses a key, and is deleted with its identity', async () => {
    const { client, place } = sqlSdk(azure, path());
    const [group, name] = place;
    const created = await client.managedInstances.beginCreateOrUpdateAndWait(
      group,
      name,
      {
        location: 'westeurope',
        ...properties,
        identity: { type: 'SystemAssigned' },
        tags: { team: 'dev' },
      },
      soon,
    );
    assert.deepEqual(
      [created.state, created.administratorLogin, created.subnetId, created.tags],
      ['Ready', 'dba', properties.subnetId, { team: 'dev' }],
    );
    const { principalId: objectId, tenantId } = created.identity ?? {};
    const vault = state().vaults.find((one) => one.name === 'kv-billing');
    const accessPolicies = [{ objectId, tenantId, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } }];
    await azure.arm.call('PUT', `${vault?.id ?? ''}/accessPolicies/add`, { body: { properties: { accessPolicies } } });
    const uri = keyUri(state(), 'kv-billing', 'tde-billing');
    const change = (child: string, sent: object) => azure.arm.call('PUT', `${path()}/${child}`, { body: sent });
    await azure.arm.finish(await change(`keys/${keyName(uri)}`, keyBody(uri)));
    await azure.arm.finish(await change('encryptionProtector/current', { properties: customerManaged(uri) }));
    assert.equal((await client.managedInstances.get(group, name)).keyId, uri);
    await client.managedInstances.beginDeleteAndWait(group, name, soon);
    assert.equal((await azure.arm.get(path())).status, 404);
    assert.equal((await azure.arm.call('DELETE', path())).status, 204);
    assert.ok(!state().principals.some((one) => one.objectId === objectId));
  });

  it('names its operations as managed instances do', async () => {
    const created = await put(body);
    assert.equal(created.body.operation, 'UpsertManagedServer');
    await azure.arm.finish(created);
    const deleted = await azure.arm.call('DELETE', path());
    assert.equal(deleted.body.operation, 'DropManagedServer');
    assert.match(String(deleted.headers.location), /\/managedInstanceOperationResults\//);
  });

  it('takes the place of an existing one, which keeps its keys and its subnet', async () => {
    const sent = { location: 'westeurope', properties: {} };
    const poll = await azure.arm.finish(await azure.arm.call('PUT', id('sqlmi-orders-weu'), { body: sent }));
    assert.equal(poll.body.status, 'Succeeded', poll.text);
    const { identity, properties: found } = (await azure.arm.get(id('sqlmi-orders-weu'))).body;
    assert.equal(identity, undefined);
    assert.match(String(found?.subnetId), /\/subnets\//);
    assert.equal(findInstance(state(), 'sqlmi-orders-weu').keys.length, 1);
  });

  it('leaves its failover group when it is deleted', async () => {
    await azure.arm.finish(await azure.arm.call('DELETE', id('sqlmi-orders-neu')));
    assert.deepEqual(state().instanceFailoverGroups, []);
  });

  const refusals: [code: string, sent: object, name?: string][] = [
    ['LocationRequired', {}],
    ['InvalidServerName', body, 'sqlmi_new'],
    ['NameAlreadyExists', { ...body, location: 'northeurope' }, 'sqlmi-orders-neu'],
    ['InvalidLoginName', { ...body, properties: { subnetId: properties.subnetId } }],
    ['PasswordTooShort', { ...body, properties: { ...properties, administratorLoginPassword: 'short' } }],
    ['InvalidSubnetResourceId', { ...body, properties: { ...properties, subnetId: '/subnets/mi' } }],
    ['SubnetIdCantBeUpdated', body, 'sqlmi-billing-weu'],
  ];
  for (const [code, sent, name] of refusals) {
    it(`is refused with ${code}`, async () => {
      assert.deepEqual(refusal(await put(sent, name)), [400, code]);
    });
  }
});
