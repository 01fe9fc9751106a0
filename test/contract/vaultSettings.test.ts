import assert from 'node:assert/strict';
import { updateVaultRules } from '../emulator/rules/keyVaultRules';
import type { Vault } from '../emulator/base/state';
import { findVault, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('The settings of a vault', () => {
  const azure = freshEmulator();

  const id = (name: string) => vaultId(azure.running.emulator.state, name);
  const stateOf = (name: string) => findVault(azure.running.emulator.state, name);
  const patch = (name: string, properties: object) => azure.arm.call('PATCH', id(name), { body: { properties } });
  const propertiesOf = async (name: string) => (await azure.arm.get(id(name))).body.properties ?? {};

  it('have the format of Azure', async () => {
    const vault = stateOf('kv-billing');
    const { tenantId, accessPolicies } = vault;
    assert.deepEqual(await propertiesOf('kv-billing'), {
      sku: { family: 'A', name: 'premium' },
      tenantId,
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
      accessPolicies,
      enabledForDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: false,
      enablePurgeProtection: true,
      vaultUri: 'https://kv-billing.vault.azure.net/',
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
    });
    assert.equal('enablePurgeProtection' in (await propertiesOf('kv-nopurge')), false);
    vault.provisioningState = 'RegisteringDns';
    assert.equal((await propertiesOf('kv-billing')).provisioningState, 'RegisteringDns');
  });

  it('of a managed HSM show whether it is provisioned and activated', async () => {
    const { statusMessage, provisioningState, securityDomainProperties, networkAcls, enablePurgeProtection } =
      await propertiesOf('hsm-contoso');
    assert.deepEqual(
      [statusMessage, provisioningState, enablePurgeProtection],
      ['The Managed HSM is provisioned and ready to use.', 'Succeeded', true],
    );
    assert.equal((securityDomainProperties as { activationStatus: string }).activationStatus, 'Active');
    assert.deepEqual(networkAcls, {
      bypass: 'AzureServices',
      defaultAction: 'Allow',
      ipRules: [],
      virtualNetworkRules: [],
    });
    stateOf('hsm-contoso').activated = false;
    const waiting = await propertiesOf('hsm-contoso');
    assert.equal(waiting.provisioningState, 'Succeeded');
    assert.match(JSON.stringify(waiting.securityDomainProperties), /"NotActivated".*download the security domain/);
    stateOf('hsm-contoso').provisioningState = 'Provisioning';
    const { statusMessage: busy, provisioningState: state } = await propertiesOf('hsm-contoso');
    assert.deepEqual([state, busy], ['Provisioning', 'Allocating hardware']);
  });

  it('can turn on purge protection and soft delete', async () => {
    stateOf('kv-nopurge').softDelete = false;
    const answer = await patch('kv-nopurge', { enablePurgeProtection: true, enableSoftDelete: true });
    assert.deepEqual([answer.status, answer.body.properties?.enablePurgeProtection], [200, true]);
    const { enablePurgeProtection, enableSoftDelete } = await propertiesOf('kv-nopurge');
    assert.deepEqual([enablePurgeProtection, enableSoftDelete], [true, true]);
  });

  const refusals: [title: string, name: string, properties: object, message: RegExp][] = [
    [
      'purge protection that is on',
      'kv-orders',
      { enablePurgeProtection: false },
      /^The property "enablePurgeProtection" cannot be set to false\. Enabling .* irreversible action\.$/,
    ],
    ['purge protection that is off', 'kv-nopurge', { enablePurgeProtection: false }, /"enablePurgeProtection"/],
    ['purge protection of a managed HSM', 'hsm-contoso', { enablePurgeProtection: false }, /"enablePurgeProtection"/],
    [
      'soft delete',
      'kv-orders',
      { enableSoftDelete: false },
      /^The property "enableSoftDelete" can be set to false only for creating new vault\./,
    ],
    [
      'the retention of soft-deleted keys',
      'kv-orders',
      { softDeleteRetentionInDays: 7 },
      /^The property "softDeleteRetentionInDays" has been set already/,
    ],
  ];
  for (const [title, name, properties, message] of refusals) {
    it(`cannot turn off or change ${title}; the request changes nothing else`, async () => {
      const { purgeProtection, softDelete } = stateOf(name);
      const answer = await patch(name, { ...properties, networkAcls: { defaultAction: 'Deny' } });
      assert.deepEqual([answer.status, answer.body.error?.code], [400, 'BadRequest']);
      assert.match(answer.body.error?.message ?? '', message);
      assert.equal(answer.headers['x-ms-failure-cause'], undefined);
      const { network, ...now } = stateOf(name);
      assert.deepEqual([now.purgeProtection, now.softDelete], [purgeProtection, softDelete]);
      assert.equal(network.defaultAction, 'Allow');
    });
  }

  it('have a test for every rule', () => {
    const requests = refusals.map(([, , properties]) => ({ properties: properties as Record<string, unknown> }));
    const untested = updateVaultRules.filter((rule) => requests.every((facts) => rule.when(facts) === undefined));
    assert.deepEqual(untested, []);
  });

  for (const name of ['kv-firewalled', 'hsm-contoso']) {
    it(`of ${name} keep network rules that a request repeats and reset those that it omits`, async () => {
      const subnet =
        '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/databases';
      const networkAcls = {
        bypass: 'None',
        defaultAction: 'Deny',
        ipRules: [{ value: '203.0.113.0/24' }],
        virtualNetworkRules: [{ id: subnet, ...(name.startsWith('kv') && { ignoreMissingVnetServiceEndpoint: true }) }],
      };
      await patch(name, { networkAcls });
      const shown = (await propertiesOf(name)).networkAcls as object;
      assert.deepEqual(shown, networkAcls);
      const changed = await patch(name, { networkAcls: { ...shown, defaultAction: 'Allow' } });
      assert.deepEqual(changed.body.properties?.networkAcls, { ...networkAcls, defaultAction: 'Allow' });
      await patch(name, { networkAcls: { defaultAction: 'Deny' } });
      assert.deepEqual((await propertiesOf(name)).networkAcls, {
        bypass: 'AzureServices',
        defaultAction: 'Deny',
        ipRules: [],
        virtualNetworkRules: [],
      });
    });
  }

  it('do not change if a request omits them', async () => {
    const before = await propertiesOf('kv-firewalled');
    await patch('kv-firewalled', {});
    assert.deepEqual(await propertiesOf('kv-firewalled'), before);
  });

  it('can change public network access and the permission model', async () => {
    await patch('kv-billing', { publicNetworkAccess: 'disabled', enableRbacAuthorization: true });
    const { publicNetworkAccess, enableRbacAuthorization } = await propertiesOf('kv-billing');
    assert.deepEqual([publicNetworkAccess, enableRbacAuthorization], ['Disabled', true]);
    await patch('kv-billing', { enableRbacAuthorization: false });
    assert.equal((await propertiesOf('kv-billing')).enableRbacAuthorization, false);
  });

  it('can add permissions of all kinds to those of an identity', async () => {
    const { tenantId } = stateOf('kv-billing');
    const objectId = '44444444-0000-4000-8000-000000000000';
    const add = (permissions: object) =>
      azure.arm.call('PUT', `${id('kv-billing')}/accessPolicies/add`, {
        body: { properties: { accessPolicies: [{ tenantId, objectId, permissions }] } },
      });
    await add({ keys: ['get'], secrets: ['get'] });
    const answer = await add({ keys: ['Get', 'wrapKey'], certificates: ['list'] });
    assert.deepEqual([answer.status, answer.body.id], [200, `${id('kv-billing')}/accessPolicies/`]);
    const policies = answer.body.properties?.accessPolicies as object[];
    assert.deepEqual(policies.at(-1), {
      tenantId,
      objectId,
      permissions: { keys: ['get', 'wrapKey'], secrets: ['get'], certificates: ['list'] },
    });
    assert.deepEqual((await propertiesOf('kv-billing')).accessPolicies, policies);
  });

  it('require the write action', async () => {
    const { state } = azure.running.emulator;
    state.roleAssignments = state.roleAssignments.filter((a) => !a.scope.endsWith('rg-keys'));
    const answer = await patch('kv-billing', { enableRbacAuthorization: true });
    assert.match(answer.body.error?.message ?? '', /action 'Microsoft\.KeyVault\/vaults\/write'/);
  });
});

describe('The list of deleted vaults', () => {
  const azure = freshEmulator();
  const list = (subscription: string) =>
    azure.arm.get(`/subscriptions/${subscription}/providers/Microsoft.KeyVault/deletedVaults`);
  const inFabrikam = (): [vault: Vault, subscription: string] => {
    const vault = findVault(azure.running.emulator.state, 'kv-fabrikam');
    return [vault, vault.id.split('/')[2] ?? ''];
  };

  it('has the soft-deleted vaults of the subscription', async () => {
    const [vault, subscription] = inFabrikam();
    assert.deepEqual((await list(subscription)).body.value, []);
    vault.deleted = true;
    vault.deletionDate = '2026-11-01T12:00:00.000Z';
    assert.deepEqual((await list(subscription)).body.value, [
      {
        id: `/subscriptions/${subscription}/providers/Microsoft.KeyVault/locations/eastus/deletedVaults/kv-fabrikam`,
        name: 'kv-fabrikam',
        type: 'Microsoft.KeyVault/deletedVaults',
        properties: {
          vaultId: vault.id,
          location: 'eastus',
          tags: {},
          deletionDate: '2026-11-01T12:00:00.000Z',
          scheduledPurgeDate: '2027-01-30T12:00:00.000Z',
          purgeProtectionEnabled: true,
        },
      },
    ]);
  });

  it('requires a role at the subscription', async () => {
    const subscription = vaultId(azure.running.emulator.state, 'kv-billing').split('/')[2] ?? '';
    const answer = await list(subscription);
    assert.match(
      answer.body.error?.message ?? '',
      /'Microsoft\.KeyVault\/deletedVaults\/read' over scope '\/subscriptions\/[^/']+'/,
    );
  });
});
