import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { findInstance, findVault, keyBody, keyName, keyUri } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { customerManaged, refusal } from './serverClient';

const names = ({ body }: HttpAnswer) => body.value?.map(({ name }) => name);

describe('A managed instance', () => {
  const azure = freshEmulator({ operationMs: 5 });
  const instance = (name: string) => findInstance(azure.running.emulator.state, name);
  const id = (name: string) => instance(name).id;
  const uriOf = (vault: string, key: string, ordinal?: number) =>
    keyUri(azure.running.emulator.state, vault, key, ordinal);
  const putKey = (name: string, uri: string) =>
    azure.arm.call('PUT', `${id(name)}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  const putProtector = (name: string, properties: object) =>
    azure.arm.call('PUT', `${id(name)}/encryptionProtector/current`, { body: { properties } });
  const succeeds = async (answer: Promise<HttpAnswer>) => {
    const poll = await azure.arm.finish(await answer);
    assert.equal(poll.body.status, 'Succeeded', poll.text);
  };
  const fails = async (code: string, answer: Promise<HttpAnswer>) => {
    const poll = await azure.arm.finish(await answer);
    assert.equal(poll.body.error?.code, code, poll.text);
  };

  it('is in the lists of its subscription and resource group', async () => {
    const [group = '', name] = id('sqlmi-orders-weu').split('/providers/Microsoft.Sql/managedInstances/');
    const subscription = group.split('/resourceGroups/')[0] ?? '';
    for (const scope of [subscription, group]) {
      const found = names(await azure.arm.get(`${scope}/providers/Microsoft.Sql/managedInstances`));
      assert.ok(found?.includes(name ?? ''), scope);
    }
    const { body } = await azure.arm.get(id('sqlmi-orders-weu'));
    assert.equal(body.properties?.state, 'Ready');
    assert.match(String(body.properties.subnetId), /\/subnets\//);
    const { keys, protector } = instance('sqlmi-orders-weu');
    assert.equal(body.properties.keyId, keys.find((key) => key.name === protector.serverKeyName)?.uri);
  });

  it('that does not exist is not found', async () => {
    const missing = `${id('sqlmi-orders-weu')}-gone`;
    assert.deepEqual(refusal(await azure.arm.get(missing)), [404, 'ResourceNotFound']);
    assert.deepEqual(refusal(await azure.arm.get(`${missing}/keys`)), [404, 'ParentResourceNotFound']);
  });

  it('has keys without a location and without a version', async () => {
    const { body } = await azure.arm.get(`${id('sqlmi-orders-weu')}/keys?api-version=2024-11-01-preview`);
    const [key, service] = body.value ?? [];
    assert.deepEqual(Object.keys(key ?? {}).toSorted(), ['id', 'kind', 'name', 'properties', 'type']);
    assert.equal(key?.type, 'Microsoft.Sql/managedInstances/keys');
    assert.equal(key.properties.keyVersion, undefined);
    assert.equal(service?.name, 'ServiceManaged');
  });

  it('gets a key, uses it as the TDE protector, returns to the service-managed key, and loses the key', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    const accepted = await putKey('sqlmi-billing-weu', uri);
    assert.equal(accepted.body.operation, 'UpsertManagedServerEncryptionKeys');
    assert.match(String(accepted.headers['azure-asyncoperation']), /\/managedInstanceKeyAzureAsyncOperation\//);
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const set = await putProtector('sqlmi-billing-weu', customerManaged(uri, true));
    assert.equal(set.body.operation, 'UpsertManagedServerEncryptionProtector');
    assert.match(String(set.headers.location), /\/managedInstanceEncryptionProtectorOperationResults\//);
    assert.equal((await azure.arm.finish(set)).body.status, 'Succeeded');
    const protector = await azure.arm.get(`${id('sqlmi-billing-weu')}/encryptionProtector/current`);
    assert.deepEqual(protector.body.properties, { ...customerManaged(uri, true), uri });
    assert.equal(protector.body.type, 'Microsoft.Sql/managedInstances/encryptionProtector');
    const key = `${id('sqlmi-billing-weu')}/keys/${keyName(uri)}`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', key)), [409, 'AzureKeyVaultKeyInUse']);
    await succeeds(putProtector('sqlmi-billing-weu', { serverKeyType: 'ServiceManaged', serverKeyName: '' }));
    await succeeds(azure.arm.call('DELETE', key));
    assert.equal((await azure.arm.get(key)).status, 404);
  });

  it('obeys the rules of servers', async () => {
    await fails('AzureKeyVaultKeyDisabled', putKey('sqlmi-billing-weu', uriOf('kv-billing', 'tde-billing-disabled')));
    await fails('AzureKeyVaultMissingPermissions', putKey('sqlmi-billing-weu', uriOf('kv-noaccess', 'tde-noaccess')));
    const other = await putKey('sqlmi-billing-weu', 'https://kv-billing.vault.azure.net/secrets/s');
    assert.deepEqual(refusal(other), [400, 'AzureKeyVaultInvalidUri']);
  });

  it('with a user-assigned identity does not pass the firewall of a vault as a trusted service', async () => {
    const { state } = azure.running.emulator;
    findVault(state, 'kv-billing').network.defaultAction = 'Deny';
    const [older, newer] = [uriOf('kv-billing', 'tde-billing', 1), uriOf('kv-billing', 'tde-billing')];
    await succeeds(putKey('sqlmi-billing-weu', older));
    const inventory = state.userAssignedIdentities[0]?.id ?? '';
    Object.assign(instance('sqlmi-billing-weu'), {
      userAssignedIdentities: [inventory],
      primaryUserAssignedIdentityId: inventory,
    });
    await fails('AkvEndpointNotReachableFromNode', putKey('sqlmi-billing-weu', newer));
  });

  it('has no versionless keys', async () => {
    const uri = 'https://kv-billing.vault.azure.net/keys/tde-billing';
    const url = `${id('sqlmi-billing-weu')}/keys/kv-billing_tde-billing?api-version=2024-11-01-preview`;
    const refused = await azure.arm.call('PUT', url, { body: keyBody(uri) });
    assert.deepEqual(refusal(refused), [400, 'AzureKeyVaultMalformedVaultUri']);
  });

  for (const [state, code] of [
    ['Stopped', 'ManagedInstanceStoppingOrStopped'],
    ['Starting', 'ManagedInstanceStarting'],
  ] as const) {
    it(`refuses changes while its state is ${state}`, async () => {
      instance('sqlmi-billing-weu').state = state;
      const uri = uriOf('kv-billing', 'tde-billing');
      assert.deepEqual(refusal(await putKey('sqlmi-billing-weu', uri)), [400, code]);
      assert.deepEqual(refusal(await putProtector('sqlmi-billing-weu', customerManaged(uri))), [400, code]);
      const update = azure.arm.call('PATCH', id('sqlmi-billing-weu'), { body: {} });
      assert.deepEqual(refusal(await update), [400, code]);
      assert.equal((await azure.arm.get(`${id('sqlmi-billing-weu')}/keys`)).status, 200);
    });
  }

  it('in a failover group can use only a protector whose key material its partner has', async () => {
    const uri = uriOf('kv-orders', 'tde-orders-next');
    await succeeds(putKey('sqlmi-orders-weu', uri));
    await fails('SameKeyMaterialNotFoundOnRemoteServer', putProtector('sqlmi-orders-weu', customerManaged(uri)));
    await succeeds(putKey('sqlmi-orders-neu', uri));
    await succeeds(putProtector('sqlmi-orders-weu', customerManaged(uri)));
    const { name = '' } = instance('sqlmi-orders-neu').keys[0] ?? {};
    const used = await azure.arm.call('DELETE', `${id('sqlmi-orders-neu')}/keys/${name}`);
    assert.deepEqual(refusal(used), [409, 'AzureKeyVaultKeyInUse']);
  });

  it('says which key an inaccessible database lacks, until the revalidation makes it accessible again', async () => {
    const { keys, protector, databases } = instance('sqlmi-orders-weu');
    const key = keys.find(({ name }) => name === protector.serverKeyName);
    databases.forEach((database) => (database.status = 'Inaccessible'));
    const url = `${id('sqlmi-orders-weu')}/databases/ledger?api-version=2025-01-01`;
    const { body } = await azure.arm.get(url);
    assert.equal(body.properties?.status, 'Inaccessible');
    const info = body.properties.extendedAccessibilityInfo as Record<string, string>;
    assert.equal(info.inaccessibilityReasonTdeKeyUri, key?.uri);
    const revalidate = `${id('sqlmi-orders-weu')}/encryptionProtector/current/revalidate`;
    await succeeds(azure.arm.call('POST', revalidate));
    const after = await azure.arm.get(url);
    assert.deepEqual(
      [after.body.properties?.status, after.body.properties?.extendedAccessibilityInfo],
      ['Online', undefined],
    );
  });

  it('revalidates only if it may use the key', async () => {
    const { protector } = instance('sqlmi-orders-weu');
    const [, key = '', version = ''] = protector.serverKeyName.split('_');
    const versions = findVault(azure.running.emulator.state, 'kv-orders').keys.find(
      ({ name }) => name === key,
    )?.versions;
    versions?.filter((v) => v.version === version).forEach((v) => (v.enabled = false));
    const revalidate = `${id('sqlmi-orders-weu')}/encryptionProtector/current/revalidate`;
    await fails('AzureKeyVaultKeyDisabled', azure.arm.call('POST', revalidate));
  });

  it('gets an identity and the key of a protector in one update', async () => {
    const inventory = azure.running.emulator.state.userAssignedIdentities[0]?.id ?? '';
    const keyId = uriOf('kv-billing', 'tde-billing');
    const body = {
      identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory]: {} } },
      properties: { primaryUserAssignedIdentityId: inventory, keyId },
    };
    const accepted = await azure.arm.call('PATCH', id('sqlmi-billing-weu'), { body });
    assert.match(String(accepted.headers.location), /\/managedInstanceOperationResults\//);
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const { body: updated } = await azure.arm.get(id('sqlmi-billing-weu'));
    assert.equal((updated.identity as { type: string }).type, 'UserAssigned');
    assert.equal(instance('sqlmi-billing-weu').protector.serverKeyName, keyName(keyId));
  });

  it('lists its failover group in the regions and resource groups of both partners', async () => {
    for (const [name, region, role] of [
      ['sqlmi-orders-weu', 'westeurope', 'Primary'],
      ['sqlmi-orders-neu', 'North%20Europe', 'Secondary'],
    ] as const) {
      const scope = id(name).split('/managedInstances/')[0] ?? '';
      const listed = await azure.arm.get(`${scope}/locations/${region}/instanceFailoverGroups`);
      assert.deepEqual(names(listed), ['ifg-orders'], name);
      const { body } = await azure.arm.get(`${scope}/locations/${region}/instanceFailoverGroups/ifg-orders`);
      assert.equal(body.properties?.replicationRole, role);
      assert.deepEqual(body.properties.managedInstancePairs, [
        { primaryManagedInstanceId: id('sqlmi-orders-weu'), partnerManagedInstanceId: id('sqlmi-orders-neu') },
      ]);
    }
    const elsewhere = id('sqlmi-orders-weu').replace(
      /\/managedInstances\/.*/,
      '/locations/eastus/instanceFailoverGroups',
    );
    assert.deepEqual(names(await azure.arm.get(elsewhere)), []);
  });
});
