import assert from 'node:assert/strict';
import { vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal, serverClient } from './serverClient';

const subset = (properties: Record<string, unknown> | undefined, like: object) =>
  Object.fromEntries(Object.keys(like).map((name) => [name, properties?.[name]]));

describe('An update of a server', () => {
  const { azure, id, succeeds } = serverClient();
  const patch = (body: object) => azure.arm.call('PATCH', id('sql-orders-weu'), { body });
  const read = async () => (await azure.arm.get(id('sql-orders-weu'))).body;

  it('replaces its tags', async () => {
    await succeeds(patch({ tags: { costs: '42' } }));
    assert.deepEqual((await read()).tags, { costs: '42' });
  });

  it('changes its network settings', async () => {
    const properties = {
      minimalTlsVersion: '1.3',
      publicNetworkAccess: 'Disabled',
      restrictOutboundNetworkAccess: 'Enabled',
      isIPv6Enabled: 'Enabled',
    };
    await succeeds(patch({ properties }));
    assert.deepEqual(subset((await read()).properties, properties), properties);
  });

  it('keeps what it omits', async () => {
    const before = await read();
    await succeeds(patch({}));
    assert.deepEqual(await read(), before);
  });

  for (const name of ['minimalTlsVersion', 'publicNetworkAccess', 'restrictOutboundNetworkAccess', 'isIPv6Enabled']) {
    it(`is refused for an unknown ${name}`, async () => {
      assert.deepEqual(refusal(await patch({ properties: { [name]: 'Perhaps' } })), [400, 'InvalidParameterValue']);
    });
  }

  it('accepts a password and does not show it', async () => {
    await succeeds(patch({ properties: { administratorLoginPassword: 'a-secret' } }));
    assert.equal(JSON.stringify([await read(), azure.running.emulator.state]).includes('a-secret'), false);
  });
});

describe('An update of a vault', () => {
  const azure = freshEmulator();
  const id = (name: string) => vaultId(azure.running.emulator.state, name);
  const patch = (name: string, body: object) => azure.arm.call('PATCH', id(name), { body });
  const read = async (name: string) => (await azure.arm.get(id(name))).body;

  for (const name of ['kv-orders', 'hsm-contoso']) {
    it(`replaces the tags of ${name}`, async () => {
      const { status, body } = await patch(name, { tags: { costs: '42' } });
      assert.deepEqual([status, body.tags], [200, { costs: '42' }]);
      await patch(name, { properties: {} });
      assert.deepEqual((await read(name)).tags, { costs: '42' });
    });
  }

  it('changes its pricing tier and its access to secrets', async () => {
    const properties = {
      sku: { family: 'A', name: 'standard' },
      enabledForDeployment: true,
      enabledForDiskEncryption: true,
      enabledForTemplateDeployment: true,
    };
    await patch('kv-orders', { properties });
    assert.deepEqual(subset((await read('kv-orders')).properties, properties), properties);
    await patch('kv-orders', { properties: { enabledForDeployment: false } });
    const { enabledForDeployment, enabledForDiskEncryption } = (await read('kv-orders')).properties ?? {};
    assert.deepEqual([enabledForDeployment, enabledForDiskEncryption], [false, true]);
  });

  it('may repeat the retention of soft-deleted keys', async () => {
    const { softDeleteRetentionInDays } = (await read('kv-orders')).properties ?? {};
    assert.equal((await patch('kv-orders', { properties: { softDeleteRetentionInDays } })).status, 200);
  });

  it('as a PUT of all properties keeps the times of key permissions and adds no others', async () => {
    const { properties, location } = await read('kv-billing');
    azure.running.emulator.options.rolePropagationMs = 86_400_000;
    const policiesOf = () =>
      azure.running.emulator.state.vaults.find(({ name }) => name === 'kv-billing')?.accessPolicies;
    const before = structuredClone(policiesOf());
    assert.equal((await azure.arm.call('PUT', id('kv-billing'), { body: { location, properties } })).status, 200);
    assert.deepEqual(policiesOf(), before);
    const others = { ...properties, accessPolicies: undefined };
    await azure.arm.call('PUT', id('kv-billing'), { body: { location, properties: others } });
    assert.deepEqual(policiesOf(), []);
  });

  it('as a PUT works for a managed HSM that exists', async () => {
    const { properties, location, sku } = await read('hsm-contoso');
    const body = { location, sku, tags: { costs: '42' }, properties };
    const { status, body: updated } = await azure.arm.call('PUT', id('hsm-contoso'), { body });
    assert.deepEqual([status, updated.tags], [200, { costs: '42' }]);
  });
});
