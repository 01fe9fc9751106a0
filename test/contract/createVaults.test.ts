import assert from 'node:assert/strict';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { findVault, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';
import { all, connectionOf, placeOf } from './sqlSdk';

describe('A vault', () => {
  const azure = freshEmulator();
  const state = () => azure.running.emulator.state;
  const id = (name: string) => vaultId(state(), name);
  const path = (name = 'kv-new') => id('kv-orders').replace(/[^/]+$/, name);
  const put = (body: object, url = path()) => azure.arm.call('PUT', url, { body });
  const { tenantId } = { tenantId: '33333333-0000-4000-8000-000000000000' };
  const body = { location: 'westeurope', properties: { tenantId, sku: { family: 'A', name: 'standard' } } };
  const policy = (...keys: string[]) => ({ tenantId, objectId: tenantId, permissions: { keys } });

  it('is created with access policies before 2026-02-01, then with Azure RBAC', async () => {
    const created = await put(body);
    assert.equal(created.status, 201);
    const { enableRbacAuthorization, enableSoftDelete, enablePurgeProtection } = created.body.properties ?? {};
    assert.deepEqual([enableRbacAuthorization, enableSoftDelete, enablePurgeProtection], [false, true, undefined]);
    const newer = await put(body, `${path('kv-newer')}?api-version=2026-02-01`);
    assert.equal(newer.body.properties?.enableRbacAuthorization, true);
  });

  it('takes the place of an existing one with all its properties', async () => {
    const { body: before } = await azure.arm.get(id('kv-billing'));
    const properties = { ...before.properties, accessPolicies: [policy('get')] };
    const updated = await put({ ...before, properties }, id('kv-billing'));
    assert.equal(updated.status, 200);
    assert.deepEqual(updated.body.properties, properties);
    const reset = await put(body, id('kv-firewalled'));
    const rules = reset.body.properties?.networkAcls as { defaultAction: string } | undefined;
    assert.deepEqual([rules?.defaultAction, reset.body.properties?.enablePurgeProtection], ['Allow', true]);
  });

  const refusals: [code: string, status: number, sent: object, name?: string][] = [
    ['LocationRequired', 400, {}],
    ['InvalidResourceLocation', 409, { ...body, location: 'eastus' }, 'kv-orders'],
    ['VaultNameNotValid', 400, body, 'kv--new'],
    ['VaultAlreadyExists', 409, body, 'kv-fabrikam'],
    ['BadRequest', 400, { location: 'westeurope', properties: {} }],
    ['BadRequest', 400, { ...body, properties: { ...body.properties, enablePurgeProtection: false } }],
  ];
  for (const [code, status, sent, name] of refusals) {
    it(`is refused with ${code} for ${name ?? JSON.stringify(sent)}`, async () => {
      assert.deepEqual(refusal(await put(sent, path(name))), [status, code]);
    });
  }

  it('is deleted, keeps its name, and is recovered', async () => {
    const url = id('kv-nopurge');
    assert.equal((await azure.arm.call('DELETE', url)).status, 200);
    assert.equal((await azure.arm.call('DELETE', url)).status, 204);
    assert.equal((await azure.arm.get(url)).status, 404);
    assert.deepEqual(refusal(await put(body, url)), [409, 'ConflictError']);
    const recovered = await put(
      { location: 'westeurope', properties: { ...body.properties, createMode: 'recover' } },
      url,
    );
    assert.equal(recovered.status, 200);
    assert.equal((await azure.arm.get(`${url}/keys`)).body.value?.length, 1);
  });

  it('is purged if it has no purge protection', async () => {
    const { credential, options } = connectionOf(azure);
    const [subscription] = placeOf(id('kv-fabrikam'));
    const client = new KeyVaultManagementClient(credential, subscription, {
      ...options,
      credentials: { scopes: [`${options.endpoint}/.default`] },
    });
    const deleted = `/subscriptions/${subscription}/providers/Microsoft.KeyVault/locations/eastus/deletedVaults/kv-fabrikam`;
    await client.vaults.delete('rg-fabrikam', 'kv-fabrikam');
    assert.deepEqual(refusal(await azure.arm.call('POST', `${deleted}/purge`)), [405, 'MethodNotAllowed']);
    const vault = state().vaults.find(({ name }) => name === 'kv-fabrikam');
    assert.ok(vault);
    vault.purgeProtection = false;
    assert.equal((await client.vaults.getDeleted('kv-fabrikam', 'eastus')).name, 'kv-fabrikam');
    await client.vaults.purgeDeleted('kv-fabrikam', 'eastus').pollUntilDone();
    assert.deepEqual(await all(client.vaults.listDeleted()), []);
  });

  it('gets, replaces, and loses access policies', async () => {
    const change = (how: string, ...policies: object[]) =>
      azure.arm.call('PUT', `${id('kv-billing')}/accessPolicies/${how}`, {
        body: { properties: { accessPolicies: policies } },
      });
    const keysOf = () =>
      findVault(state(), 'kv-billing').accessPolicies.find(({ objectId }) => objectId === tenantId)?.permissions.keys;
    const count = findVault(state(), 'kv-billing').accessPolicies.length;
    await change('add', policy('get'));
    await change('add', policy('wrapKey'));
    assert.deepEqual(keysOf(), ['get', 'wrapKey']);
    await change('replace', policy('list'));
    assert.deepEqual(keysOf(), ['list']);
    await change('add', policy('get'));
    await change('remove', policy('list'));
    assert.deepEqual(keysOf(), ['get']);
    await change('remove', policy('get'));
    assert.equal(findVault(state(), 'kv-billing').accessPolicies.length, count);
    assert.deepEqual(refusal(await change('set', policy('get'))), [400, 'BadRequest']);
  });
});
