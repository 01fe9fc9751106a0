import assert from 'node:assert/strict';
import { databaseId } from '../../src/core/armId';
import { isArmError } from '../../src/core/armError';
import { isMade, type Change } from '../../src/core/operations/change';
import { serverKey } from '../emulator/seeds/parts';
import { changeState, connectToEmulator, emulator, findServer, found, resetEmulator } from './connection';

const [inventory, suppliers] = ['sql-inventory-weu', 'suppliers'] as const;

const failureOf = async (change: Promise<unknown>): Promise<string> =>
  change.then(
    () => 'no failure',
    (error: unknown) => (isArmError(error) ? error.code : String(error)),
  );

const pathsRead = async (): Promise<readonly string[]> =>
  (await emulator.requests()).map(
    ({ method, path }) => `${method} ${path.replace(/^.*(?=\/databases\/|\/locations\/)/, '')}`,
  );

describe('changing the TDE protector of a database', () => {
  beforeEach(() => resetEmulator());

  const connected = async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, inventory);
    const resource = databaseId(server, suppliers);
    const isThere = (change: Omit<Change, 'resource'>) => isMade(azure, { ...change, resource });
    return { azure, server, isThere };
  };

  it('makes another of its keys the TDE protector, with automatic rotation, and reads it back', async () => {
    let next = '';
    await changeState(({ servers, vaults }) => {
      const database = found(servers, inventory).databases.find(({ name }) => name === suppliers) ?? assert.fail();
      const key = serverKey(found(vaults, 'kv-billing'), 'tde-billing', 2, new Date());
      database.keys?.push(key);
      next = key.uri;
    });
    const { azure, server, isThere } = await connected();
    const change = { kind: 'setDatabaseProtector', keyIdentifier: next, autoRotation: true } as const;
    assert.equal(await isThere(change), false);
    await azure.databaseKeys.setProtector(server, suppliers, { uri: next, autoRotation: true });
    assert.deepEqual((await azure.databaseKeys.get(server, suppliers)).protector, { uri: next, autoRotation: true });
    assert.equal(await isThere(change), true);
  });

  it('turns automatic rotation on and off, and follows the operation without a read that resumes the database', async () => {
    const { azure, server } = await connected();
    await emulator.clearRequests();
    for (const autoRotation of [true, false]) {
      const { uri } = (await azure.databaseKeys.get(server, suppliers)).protector ?? assert.fail();
      await azure.databaseKeys.setProtector(server, suppliers, { uri, autoRotation });
      const { protector } = await azure.databaseKeys.get(server, suppliers);
      // The emulator rotates at once.
      assert.equal(protector?.autoRotation, autoRotation);
    }
    const kinds = (await pathsRead()).map((path) => path.replace(/\/locations\/.*/, '/locations'));
    assert.deepEqual([...new Set(kinds)], ['GET /databases/suppliers', 'PATCH /databases/suppliers', 'GET /locations']);
  });

  it('revalidates the key, after which the database is online', async () => {
    await changeState(({ servers }) => {
      const database = found(servers, inventory).databases.find(({ name }) => name === suppliers) ?? assert.fail();
      Object.assign(database, { status: 'Inaccessible', inaccessibleSince: new Date().toISOString() });
    });
    const { azure, server, isThere } = await connected();
    assert.equal(await isThere({ kind: 'revalidateDatabase' }), false);
    await azure.databaseKeys.revalidate(server, suppliers);
    assert.equal((await azure.databaseKeys.get(server, suppliers)).status, 'Online');
    assert.equal(await isThere({ kind: 'revalidateDatabase' }), true);
  });

  it('says why a key that is still disabled is not revalidated', async () => {
    await changeState(({ vaults }) => {
      for (const { keys } of vaults) for (const { versions } of keys) versions.forEach((one) => (one.enabled = false));
    });
    const { azure, server } = await connected();
    assert.equal(await failureOf(azure.databaseKeys.revalidate(server, suppliers)), 'AzureKeyVaultKeyDisabled');
  });

  it('reverts to the TDE protector of the server, but only if that is service-managed', async () => {
    const { azure, server, isThere } = await connected();
    await azure.databaseKeys.revert(server, suppliers);
    const { protector, keys } = await azure.databaseKeys.get(server, suppliers);
    assert.deepEqual([protector, keys], [undefined, []]);
    assert.equal(await isThere({ kind: 'revertDatabase' }), true);
    assert.equal(
      await failureOf(azure.databaseKeys.revalidate(server, suppliers)),
      'DatabaseLevelEncryptionProtectorDoesNotExist',
    );
    await resetEmulator();
    await changeState(({ servers }) => {
      const archive = found(servers, 'sql-archive-neu');
      Object.assign(found(servers, inventory), { keys: archive.keys, protector: archive.protector });
    });
    assert.equal(
      await failureOf(azure.databaseKeys.revert(server, suppliers)),
      'RevertDatabaseLevelKeyOnlySupportedWithSMK',
    );
  });
});
