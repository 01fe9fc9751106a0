import assert from 'node:assert/strict';
import { contoso } from '../emulator/seeds/demoNames';
import {
  changeState,
  connectToEmulator,
  emulator,
  failureOf,
  findServer,
  findVault,
  found,
  principalOf,
  resetEmulator,
  subscriptionIds,
} from './connection';

describe('reading a vault for the checks', () => {
  beforeEach(() => resetEmulator());

  it('finds the key vault or managed HSM of a host', async () => {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
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
    const ids = await subscriptionIds(azure);
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
        retentionDays: 90,
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
