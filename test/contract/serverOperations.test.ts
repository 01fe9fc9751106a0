import assert from 'node:assert/strict';
import { roles } from '../emulator/seeds/roleDefinitions';
import type { HttpAnswer } from './armClient';
import { findServer, findVault, keyBody, keyName, keyUri, serverId, vaultId } from './demoIds';
import { freshEmulator } from './freshEmulator';

describe('Operations of a server', () => {
  const azure = freshEmulator({ operationMs: 5 });

  const id = (name: string) => serverId(azure.running.emulator.state, name);
  const stateOf = (name: string) => findServer(azure.running.emulator.state, name);
  const uriOf = (vault: string, key: string, ordinal?: number) =>
    keyUri(azure.running.emulator.state, vault, key, ordinal);
  const putKey = (server: string, uri: string) =>
    azure.arm.call('PUT', `${id(server)}/keys/${keyName(uri)}`, { body: keyBody(uri) });
  const putProtector = (server: string, properties: object, name = 'current', version = '2023-08-01') =>
    azure.arm.call('PUT', `${id(server)}/encryptionProtector/${name}?api-version=${version}`, { body: { properties } });
  const customerManaged = (uri: string, autoRotationEnabled = false) => ({
    serverKeyType: 'AzureKeyVault',
    serverKeyName: keyName(uri),
    autoRotationEnabled,
  });
  const refusal = ({ status, body }: HttpAnswer) => [status, body.error?.code];
  async function succeeds(answer: Promise<HttpAnswer>): Promise<void> {
    const poll = await azure.arm.finish(await answer);
    assert.equal(poll.body.status, 'Succeeded', poll.text);
  }

  it('have long signed URLs, new in every answer', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.equal(accepted.status, 202);
    assert.deepEqual(Object.keys(accepted.body), ['operation', 'startTime']);
    assert.equal(accepted.body.operation, 'UpsertLogicalServerEncryptionKeys');
    assert.equal(accepted.headers['retry-after'], undefined);
    const first = String(accepted.headers['azure-asyncoperation']);
    assert.match(
      first,
      /\/resourceGroups\/rg-billing\/providers\/Microsoft\.Sql\/locations\/westeurope\/serverKeyAzureAsyncOperation\/[0-9a-f-]{36}\?api-version=2023-08-01&t=\d+&c=/,
    );
    assert.ok(first.length > 3000 && first.length < 4096, String(first.length));
    assert.match(String(accepted.headers.location), /serverKeyOperationResults/);
    const poll = await azure.arm.get(first);
    assert.equal(poll.status, 200);
    assert.deepEqual(Object.keys(poll.body), ['name', 'status', 'startTime']);
    assert.notEqual(poll.headers['azure-asyncoperation'], first);
    const result = await azure.arm.get(String(accepted.headers.location));
    assert.equal(result.status, 202);
    assert.equal(result.body.operation, 'UpsertLogicalServerEncryptionKeys');
  });

  it('are not found at a truncated or made-up URL', async () => {
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    const url = String(accepted.headers['azure-asyncoperation']);
    for (const wrong of [
      url.replace(/&h=.*/, ''),
      url.replace(/\/[0-9a-f-]{36}\?/, '/00000000-0000-0000-0000-000000000000?'),
    ]) {
      assert.deepEqual(refusal(await azure.arm.get(wrong)), [404, 'OperationIdNotFound']);
    }
  });

  it('send Retry-After in whole seconds, with the option retryAfter', async () => {
    azure.running.emulator.options.retryAfter = 1;
    const accepted = await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    assert.equal(accepted.headers['retry-after'], '1');
  });

  it('end with 201 for a new key, 200 for a TDE protector and 204 for a deleted key', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    const created = await putKey('sql-billing-weu', uri);
    await azure.arm.finish(created);
    const key = await azure.arm.get(String(created.headers.location));
    assert.deepEqual([key.status, key.body.name], [201, keyName(uri)]);
    const set = await putProtector('sql-billing-weu', customerManaged(uri));
    assert.equal(set.body.operation, 'UpsertLogicalServerEncryptionprotector');
    assert.match(String(set.headers['azure-asyncoperation']), /encryptionProtectorAzureAsyncOperation/);
    await azure.arm.finish(set);
    const protector = await azure.arm.get(String(set.headers.location));
    assert.deepEqual([protector.status, protector.body.properties?.uri], [200, uri]);
    await succeeds(putProtector('sql-billing-weu', { serverKeyType: 'ServiceManaged', serverKeyName: '' }));
    const removed = await azure.arm.call('DELETE', `${id('sql-billing-weu')}/keys/${keyName(uri)}`);
    assert.equal(removed.body.operation, 'DeleteLogicalServerEncryptionKeys');
    await azure.arm.finish(removed);
    const gone = await azure.arm.get(String(removed.headers.location));
    assert.deepEqual([gone.status, gone.text], [204, '']);
    assert.equal((await azure.arm.get(`${id('sql-billing-weu')}/keys/${keyName(uri)}`)).status, 404);
  });

  it('return server keys as Azure does', async () => {
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

  it('return TDE protectors as Azure does', async () => {
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

  it('return the failover group from both sides', async () => {
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

  it('delete no key that is in use', async () => {
    const inUse = `${id('sql-orders-weu')}/keys/${keyName(uriOf('kv-orders', 'tde-orders'))}`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', inUse)), [409, 'AzureKeyVaultKeyInUse']);
    assert.deepEqual(refusal(await azure.arm.call('DELETE', `${id('sql-dev-weu')}/keys/ServiceManaged`)), [
      400,
      'InvalidUpsertKeyType',
    ]);
    await succeeds(putProtector('sql-orders-neu', { serverKeyType: 'ServiceManaged' }));
    const onSecondary = inUse.replace('sql-orders-weu', 'sql-orders-neu');
    assert.deepEqual(refusal(await azure.arm.call('DELETE', onSecondary)), [400, 'AzureKeyVaultKeyUsedOnGeoPrimary']);
    assert.equal((await azure.arm.call('DELETE', `${id('sql-dev-weu')}/keys/none`)).status, 204);
  });

  it('delete no key while another operation of the server is in progress', async () => {
    await succeeds(putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing', 1)));
    azure.running.emulator.options.operationMs = 60_000;
    await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'));
    const key = `${id('sql-billing-weu')}/keys/${keyName(uriOf('kv-billing', 'tde-billing', 1))}`;
    assert.deepEqual(refusal(await azure.arm.call('DELETE', key)), [409, 'ConflictingServerOperation']);
  });

  const protectorRefusals: [code: string, status: number, put: () => Promise<HttpAnswer>][] = [
    [
      'InvalidEncryptionProtectorName',
      400,
      () => putProtector('sql-dev-weu', { serverKeyType: 'ServiceManaged' }, 'next'),
    ],
    [
      'InvalidKeyUpsertRequest',
      400,
      () => azure.arm.call('PUT', `${id('sql-dev-weu')}/encryptionProtector/current`, { body: {} }),
    ],
    ['InvalidKeyType', 400, () => putProtector('sql-dev-weu', { serverKeyType: 'Mine' })],
    [
      'InvalidKeyName',
      400,
      () => putProtector('sql-dev-weu', { serverKeyType: 'ServiceManaged', serverKeyName: 'a_b_c' }),
    ],
    ['ServerKeyNotFound', 404, () => putProtector('sql-dev-weu', customerManaged(uriOf('kv-billing', 'tde-billing')))],
    [
      'OldGenerationOfAKVKeyBeingUsedError',
      400,
      () => putProtector('sql-orders-weu', customerManaged(uriOf('kv-orders', 'tde-orders', 2))),
    ],
  ];
  for (const [code, status, put] of protectorRefusals) {
    it(`set no TDE protector: ${code}`, async () => {
      assert.deepEqual(refusal(await put()), [status, code]);
    });
  }

  it('require the newest version for a TDE protector only in newer api-versions', async () => {
    await succeeds(
      putProtector(
        'sql-orders-weu',
        customerManaged(uriOf('kv-orders', 'tde-orders', 2)),
        'current',
        '2020-11-01-preview',
      ),
    );
  });

  it('set one TDE protector at a time, while keys of other servers can be created', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    await putProtector('sql-hr-weu', { serverKeyType: 'ServiceManaged' });
    const second = await putProtector('sql-hr-weu', { serverKeyType: 'ServiceManaged' });
    assert.deepEqual(refusal(second), [409, 'EncryptionProtectorChangeInProgress']);
    assert.equal((await putKey('sql-billing-weu', uriOf('kv-billing', 'tde-billing'))).status, 202);
    const third = await putProtector('sql-billing-weu', { serverKeyType: 'ServiceManaged' });
    assert.deepEqual(refusal(third), [409, 'ConflictingServerOperation']);
  });

  it('create a key on the secondary, then on the primary, then set it as TDE protector', async () => {
    const uri = uriOf('kv-orders', 'tde-orders-next');
    await succeeds(putKey('sql-orders-neu', uri));
    await succeeds(putKey('sql-orders-weu', uri));
    await succeeds(putProtector('sql-orders-weu', customerManaged(uri, true)));
    assert.equal(stateOf('sql-orders-weu').protector.serverKeyName, keyName(uri));
  });

  it('fail to revalidate while the key is disabled; databases are online again after it is enabled', async () => {
    const path = `${id('sql-archive-neu')}/encryptionProtector/current/revalidate`;
    const failed = await azure.arm.finish(await azure.arm.call('POST', path));
    assert.equal(failed.body.error?.code, 'AzureKeyVaultKeyDisabled');
    assert.equal(stateOf('sql-archive-neu').databases[0]?.status, 'Inaccessible');
    const { keys } = findVault(azure.running.emulator.state, 'kv-billing');
    const key = keys.find((k) => k.name === 'tde-billing-disabled');
    key?.versions.forEach((version) => (version.enabled = true));
    await succeeds(azure.arm.call('POST', path));
    assert.deepEqual(
      stateOf('sql-archive-neu').databases.map((d) => d.status),
      ['Online', 'Online'],
    );
  });

  it('assign an identity to a server, which can then get rights to a key', async () => {
    const uri = uriOf('kv-orders', 'tde-orders');
    const patched = azure.arm.call('PATCH', id('sql-reports-weu'), { body: { identity: { type: 'SystemAssigned' } } });
    assert.equal((await patched).body.operation, 'UpsertLogicalServer');
    await succeeds(patched);
    const server = await azure.arm.get(id('sql-reports-weu'));
    const { principalId } = server.body.identity as { principalId: string };
    const before = await azure.arm.finish(await putKey('sql-reports-weu', uri));
    assert.equal(before.body.error?.code, 'AzureKeyVaultMissingPermissions');
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${roles.cryptoServiceEncryptionUser}`;
    const assignment = `${vaultId(azure.running.emulator.state, 'kv-orders')}/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000001`;
    await azure.arm.call('PUT', assignment, {
      body: { properties: { principalId, roleDefinitionId, principalType: 'ServicePrincipal' } },
    });
    await succeeds(putKey('sql-reports-weu', uri));
  });

  const identity = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
  const identityRefusals: [code: string, status: number, body: () => object][] = [
    ['MissingIdentityId', 400, () => ({ identity: { type: 'UserAssigned' } })],
    [
      'MissingPrimaryIdentity',
      400,
      () => ({ identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory()]: {} } } }),
    ],
    [
      'InvalidPrimaryIdentityId',
      400,
      () => ({
        identity: { type: 'UserAssigned', userAssignedIdentities: { [inventory()]: {} } },
        properties: { primaryUserAssignedIdentityId: identity },
      }),
    ],
    [
      'LinkedAuthorizationFailed',
      403,
      () => ({ identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } } }),
    ],
  ];
  const inventory = () => azure.running.emulator.state.userAssignedIdentities[0]?.id ?? '';
  for (const [code, status, body] of identityRefusals) {
    it(`assign no identity: ${code}`, async () => {
      assert.deepEqual(refusal(await azure.arm.call('PATCH', id('sql-reports-weu'), { body: body() })), [status, code]);
    });
  }

  it('assign no second identity while the first is being assigned', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const patch = () =>
      azure.arm.call('PATCH', id('sql-reports-weu'), { body: { identity: { type: 'SystemAssigned' } } });
    await patch();
    assert.deepEqual(refusal(await patch()), [409, 'UpsertLogicalServerRequestAlreadyInProgress']);
  });

  it('succeed after purge protection is turned on and an access policy is added', async () => {
    const { state } = azure.running.emulator;
    const purge = { properties: { enablePurgeProtection: true } };
    assert.equal((await azure.arm.call('PATCH', vaultId(state, 'kv-nopurge'), { body: purge })).status, 200);
    await succeeds(putKey('sql-billing-weu', uriOf('kv-nopurge', 'tde-nopurge')));
    const { principalId, tenantId } = stateOf('sql-orders-neu');
    const policy = { tenantId, objectId: principalId, permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] } };
    const added = await azure.arm.call('PUT', `${vaultId(state, 'kv-billing')}/accessPolicies/add`, {
      body: { properties: { accessPolicies: [policy] } },
    });
    assert.equal(added.status, 200);
    await succeeds(putKey('sql-orders-neu', uriOf('kv-billing', 'tde-billing')));
  });

  it('create the first version of a vault key once', async () => {
    const path = `${vaultId(azure.running.emulator.state, 'kv-billing')}/keys/tde-new`;
    const body = { properties: { kty: 'RSA', keySize: 3072 } };
    const first = await azure.arm.call('PUT', path, { body });
    const second = await azure.arm.call('PUT', path, { body });
    assert.equal(first.body.properties?.keySize, 3072);
    const keys = (await azure.arm.get(path.replace(/\/tde-new$/, ''))).body.value ?? [];
    assert.equal(keys.filter((key) => key.name === 'tde-new').length, 1);
    assert.equal(first.body.properties.keyUriWithVersion, second.body.properties?.keyUriWithVersion);
    await succeeds(putKey('sql-billing-weu', String(first.body.properties.keyUriWithVersion)));
  });
});
