import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { customerManaged, refusal, serverClient } from './serverClient';

describe('A database with database-level keys', () => {
  const { azure, id, stateOf, uriOf, putProtector, putKey, succeeds } = serverClient();
  const version = 'api-version=2023-08-01';
  const database = (server: string, name: string) => `${id(server)}/databases/${name}`;
  const suppliers = () => database('sql-inventory-weu', 'suppliers');
  const stored = (server: string, name: string) => {
    const found = stateOf(server).databases.find((d) => d.name === name);
    assert.ok(found);
    return found;
  };
  const inventory = () => azure.running.emulator.state.userAssignedIdentities[0]?.id ?? '';
  const patch = (path: string, body: object) => azure.arm.call('PATCH', path, { body });
  const identity = (...ids: string[]) => ({
    type: 'UserAssigned',
    userAssignedIdentities: Object.fromEntries(ids.map((one) => [one, {}])),
  });
  const failure = async (answer: Promise<HttpAnswer>) => (await azure.arm.finish(await answer)).body.error?.code;
  const keysIn = ({ body }: HttpAnswer) => Object.keys(body.properties?.keys ?? {});

  it('shows its protector and identity, and its keys only on request', async () => {
    const { body } = await azure.arm.get(suppliers());
    assert.equal(body.properties?.encryptionProtector, uriOf('kv-billing', 'tde-billing', 1));
    assert.equal(body.properties.encryptionProtectorAutoRotation, false);
    assert.equal(body.properties.keys, undefined);
    const { userAssignedIdentities } = body.identity as { userAssignedIdentities: object };
    assert.deepEqual(Object.keys(userAssignedIdentities), [
      inventory().replace('/resourceGroups/', '/resourcegroups/'),
    ]);
    assert.deepEqual(keysIn(await azure.arm.get(`${suppliers()}?$expand=keys&${version}`)), [
      uriOf('kv-billing', 'tde-billing', 1),
    ]);
  });

  it('shows the keys at a point in time', async () => {
    const [older, newer] = [uriOf('kv-billing', 'tde-billing', 1), uriOf('kv-billing', 'tde-billing', 2)];
    const before = new Date().toISOString();
    await succeeds(patch(suppliers(), { properties: { encryptionProtector: newer } }));
    await succeeds(patch(suppliers(), { properties: { keys: { [older]: null } } }));
    const at = (time: string) =>
      azure.arm.get(`${suppliers()}?$expand=keys($filter=pointInTime('${time}'))&${version}`);
    assert.deepEqual(keysIn(await at('current')), [newer]);
    assert.deepEqual(keysIn(await at(before)), [older]);
  });

  it('gets an identity, a key, and a protector in one update', async () => {
    const dev = database('sql-inventory-weu', 'inventory');
    const uri = uriOf('kv-billing', 'tde-billing');
    const other = uriOf('kv-billing', 'tde-billing', 1);
    const properties = { keys: { [other]: {} }, encryptionProtector: uri, encryptionProtectorAutoRotation: true };
    const accepted = await patch(dev, { identity: identity(inventory()), properties });
    assert.equal(accepted.status, 202);
    assert.match(String(accepted.headers.location), /\/databaseOperationResults\//);
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const { body } = await azure.arm.get(`${dev}?$expand=keys&${version}`);
    assert.equal(body.properties?.encryptionProtector, uri);
    assert.equal(body.properties.encryptionProtectorAutoRotation, true);
    const keys = body.properties.keys as Record<string, { thumbprint: string }>;
    assert.deepEqual(Object.keys(keys), [other, uri]);
    assert.match(keys[uri]?.thumbprint ?? '', /^[0-9A-F]{40}$/);
  });

  it('obeys the rules of vaults with its own identity', async () => {
    const disabled = uriOf('kv-billing', 'tde-billing-disabled');
    assert.equal(
      await failure(patch(suppliers(), { properties: { encryptionProtector: disabled } })),
      'AzureKeyVaultKeyDisabled',
    );
    const noAccess = uriOf('kv-noaccess', 'tde-noaccess');
    assert.equal(
      await failure(patch(suppliers(), { properties: { keys: { [noAccess]: {} } } })),
      'AzureKeyVaultMissingPermissions',
    );
    const without = patch(database('sql-inventory-weu', 'inventory'), {
      properties: { encryptionProtector: uriOf('kv-billing', 'tde-billing') },
    });
    assert.equal(await failure(without), 'AzureKeyVaultNoServerIdentity');
  });

  const refusals: [code: string, status: number, path: () => string, body: () => object][] = [
    [
      'CannotAssignIdentityToMaster',
      400,
      () => database('sql-inventory-weu', 'master'),
      () => ({ identity: identity(inventory()) }),
    ],
    ['InvalidIdentityId', 400, suppliers, () => ({ identity: identity('id-sql-inventory') })],
    [
      'InvalidNumberOfIdentities',
      400,
      suppliers,
      () => ({ identity: identity(inventory().replace('id-sql-inventory', 'id-other')) }),
    ],
    [
      'AzureKeyVaultInvalidUri',
      400,
      suppliers,
      () => ({ properties: { encryptionProtector: 'https://kv-billing.vault.azure.net/secrets/s' } }),
    ],
    ['AzureKeyVaultMalformedVaultUri', 400, suppliers, () => ({ properties: { keys: { key: {} } } })],
    [
      'AzureKeyVaultKeyInUse',
      409,
      suppliers,
      () => ({ properties: { keys: { [uriOf('kv-billing', 'tde-billing', 1)]: null } } }),
    ],
    [
      'PerDatabaseCMKDWNotSupported',
      400,
      suppliers,
      () => {
        stored('sql-inventory-weu', 'suppliers').sku = { name: 'DW100c', tier: 'DataWarehouse' };
        return { properties: { encryptionProtector: uriOf('kv-billing', 'tde-billing') } };
      },
    ],
    [
      'PerDatabaseCMKKeyRotationAttemptedWhileOldThumbprintInUse',
      400,
      suppliers,
      () => {
        stored('sql-inventory-weu', 'suppliers').oldProtectorInUse = true;
        return { properties: { encryptionProtector: uriOf('kv-billing', 'tde-billing') } };
      },
    ],
    [
      'PerDatabaseCMKGeoPrimaryIsNotConfiguredWithDatabaseLevelEncryptionProtector',
      400,
      () => database('sql-orders-neu', 'orders'),
      () => ({
        identity: identity(inventory()),
        properties: { encryptionProtector: uriOf('kv-billing', 'tde-billing') },
      }),
    ],
  ];
  for (const [code, status, path, body] of refusals) {
    it(`refuses an update with ${code}`, async () => {
      const url = path();
      const sent = body();
      assert.deepEqual(refusal(await patch(url, sent)), [status, code]);
    });
  }

  it('runs one operation at a time, while its server can run others', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const body = { properties: { encryptionProtector: uriOf('kv-billing', 'tde-billing') } };
    assert.equal((await patch(suppliers(), body)).status, 202);
    assert.deepEqual(refusal(await patch(suppliers(), body)), [409, 'ConflictingDatabaseOperation']);
    assert.equal((await putKey('sql-inventory-weu', uriOf('kv-billing', 'tde-billing'))).status, 202);
  });

  it('is online again after its own revalidation, not after that of its server', async () => {
    stored('sql-inventory-weu', 'suppliers').status = 'Inaccessible';
    await succeeds(azure.arm.call('POST', `${id('sql-inventory-weu')}/encryptionProtector/current/revalidate`));
    assert.equal((await azure.arm.get(suppliers())).body.properties?.status, 'Inaccessible');
    const accepted = await azure.arm.call('POST', `${suppliers()}/encryptionProtector/current/revalidate`);
    assert.equal(accepted.body.operation, 'MakeDbAccessible');
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    assert.equal((await azure.arm.get(String(accepted.headers.location))).text, '"OK"');
    assert.equal((await azure.arm.get(suppliers())).body.properties?.status, 'Online');
  });

  it('returns to the service-managed key of its server', async () => {
    const accepted = await azure.arm.call('POST', `${suppliers()}/encryptionProtector/current/revert`);
    assert.equal(accepted.body.operation, 'RevertDatabaseProtector');
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const { body } = await azure.arm.get(`${suppliers()}?$expand=keys&${version}`);
    assert.deepEqual([body.properties?.encryptionProtector, body.properties?.keys], [undefined, {}]);
  });

  it('cannot return to a customer-managed key of its server', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    await succeeds(putKey('sql-inventory-weu', uri));
    await succeeds(putProtector('sql-inventory-weu', customerManaged(uri)));
    const refused = await azure.arm.call('POST', `${suppliers()}/encryptionProtector/current/revert`);
    assert.deepEqual(refusal(refused), [400, 'RevertDatabaseLevelKeyOnlySupportedWithSMK']);
  });

  it('is required to revalidate or revert', async () => {
    for (const action of ['revalidate', 'revert']) {
      const path = `${database('sql-inventory-weu', 'inventory')}/encryptionProtector/current/${action}`;
      const refused = await azure.arm.call('POST', path);
      assert.deepEqual(refusal(refused), [400, 'DatabaseLevelEncryptionProtectorDoesNotExist']);
    }
  });
});
