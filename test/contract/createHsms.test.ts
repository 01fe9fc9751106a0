import assert from 'node:assert/strict';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { findVault } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';
import { all, connectionOf, placeOf } from './sqlSdk';

describe('A new managed HSM', () => {
  const azure = freshEmulator();
  const state = () => azure.running.emulator.state;
  /** In the subscription in which the caller may list and purge deleted vaults. */
  const path = (name = 'hsm-new') =>
    findVault(state(), 'kv-fabrikam').id.replace(/vaults\/[^/]+$/, `managedHSMs/${name}`);
  const tenantId = '33333333-0000-4000-8000-000000000000';
  const properties = { tenantId, initialAdminObjectIds: [tenantId], enablePurgeProtection: true };
  const body = { location: 'eastus', sku: { family: 'B', name: 'Standard_B1' }, properties };
  const put = (sent: object, name?: string) => azure.arm.call('PUT', path(name), { body: sent });
  const clientOf = () => {
    const { credential, options } = connectionOf(azure);
    const [subscription, ...place] = placeOf(path());
    const credentials = { scopes: [`${options.endpoint}/.default`] };
    return { client: new KeyVaultManagementClient(credential, subscription, { ...options, credentials }), place };
  };

  it('is provisioned, but not activated until its security domain is downloaded', async () => {
    const { client, place } = clientOf();
    const [group, name] = place;
    const created = await client.managedHsms.createOrUpdate(group, name, {
      ...body,
      sku: { family: 'B', name: 'Standard_B1' },
    });
    assert.equal(created.properties?.provisioningState, 'Succeeded');
    assert.equal(created.properties.securityDomainProperties?.activationStatus, 'NotActivated');
    assert.equal(created.properties.enablePurgeProtection, true);
    assert.equal(created.properties.hsmUri, 'https://hsm-new.managedhsm.azure.net/');
  });

  it('is deleted, keeps its name, and is recovered or purged', async () => {
    const { client, place } = clientOf();
    const [group, name] = place;
    await put({ ...body, properties: { ...properties, enablePurgeProtection: undefined } });
    await client.managedHsms.delete(group, name);
    assert.equal((await azure.arm.get(path())).status, 404);
    assert.equal((await azure.arm.call('DELETE', path())).status, 204);
    assert.deepEqual(refusal(await put(body)), [409, 'Conflict']);
    const [deleted] = await all(client.managedHsms.listDeleted());
    assert.equal(deleted?.properties?.mhsmId, path());
    const recovered = await put({ ...body, properties: { ...properties, createMode: 'recover' } });
    assert.equal(recovered.status, 200);
    await client.managedHsms.delete(group, name);
    assert.equal((await client.managedHsms.getDeleted(name, 'eastus')).name, name);
    await client.managedHsms.purgeDeleted(name, 'eastus');
    assert.deepEqual(await all(client.managedHsms.listDeleted()), []);
  });

  it('is never purged with purge protection', async () => {
    await put(body);
    await azure.arm.call('DELETE', path());
    const deleted = `/subscriptions/${path().split('/')[2] ?? ''}/providers/Microsoft.KeyVault/locations/eastus/deletedManagedHSMs/hsm-new`;
    assert.deepEqual(refusal(await azure.arm.call('POST', `${deleted}/purge`)), [405, 'MethodNotAllowed']);
  });

  it('changes an existing one instead', async () => {
    const { id, location } = findVault(state(), 'hsm-contoso');
    const changed = await azure.arm.call('PUT', id, { body: { ...body, location, tags: { team: 'dba' } } });
    assert.deepEqual([changed.status, changed.body.tags], [200, { team: 'dba' }]);
    assert.ok(findVault(state(), 'hsm-contoso').keys.length > 0);
  });

  const refusals: [code: string, status: number, sent: object, name?: string][] = [
    ['LocationRequired', 400, {}],
    ['BadRequest', 400, body, '1hsm'],
    ['BadRequest', 400, { ...body, sku: {} }],
    ['BadRequest', 400, { ...body, properties: { tenantId } }],
    ['ResourceNotFound', 404, { ...body, properties: { ...properties, createMode: 'recover' } }],
  ];
  for (const [code, status, sent, name] of refusals) {
    it(`is refused with ${code} for ${name ?? JSON.stringify(sent)}`, async () => {
      assert.deepEqual(refusal(await put(sent, name)), [status, code]);
    });
  }
});
