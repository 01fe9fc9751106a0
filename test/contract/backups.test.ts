import assert from 'node:assert/strict';
import { refusal, serverClient } from './serverClient';
import { all, sqlSdk } from './sqlSdk';

describe('Backups', () => {
  const { azure, id, stateOf, uriOf, succeeds } = serverClient();
  const group = () => id('sql-orders-weu').split('/providers/')[0] ?? '';
  const ltr = (rest = '') => `${group()}/providers/Microsoft.Sql/locations/westeurope${rest}/longTermRetentionBackups`;
  const list = async (url: string) => (await azure.arm.get(url)).body.value ?? [];
  const ordersOnly = '/longTermRetentionServers/sql-orders-weu/longTermRetentionDatabases/orders';

  it('of long-term retention are listed for a region, a server, and a database', async () => {
    const [everything, ofServer, ofDatabase] = await Promise.all([
      list(ltr()),
      list(ltr('/longTermRetentionServers/sql-orders-weu')),
      list(ltr(ordersOnly)),
    ]);
    assert.deepEqual([everything.length, ofServer.length, ofDatabase.length], [6, 5, 4]);
    assert.deepEqual([(await list(ltr().replace('westeurope', 'eastus'))).length], [0]);
    const [backup] = ofDatabase;
    assert.match(backup?.name ?? '', /^[0-9a-f-]{36};\d{18}$/);
    assert.equal((await azure.arm.get(backup?.id ?? '')).body.name, backup?.name);
    const { serverName, databaseName, databaseDeletionTime } = backup?.properties ?? {};
    assert.deepEqual([serverName, databaseName, databaseDeletionTime], ['sql-orders-weu', 'orders', undefined]);
  });

  it('of long-term retention stay after their server is deleted, and its creation time distinguishes it from a namesake', async () => {
    const backups = await list(ltr());
    const gone = backups.find(({ properties }) => properties.serverName === 'sql-orders-old');
    assert.ok(gone);
    assert.ok(!azure.running.emulator.state.servers.some(({ name }) => name === 'sql-orders-old'));
    assert.match(String(gone.properties.serverCreateTime), /^\d{4}-/);
    assert.match(String(gone.properties.databaseDeletionTime), /^\d{4}-/);
  });

  it('of long-term retention can be filtered', async () => {
    const databases = async (filter: string) =>
      (await list(`${ltr()}?api-version=2023-08-01&${filter}`)).map(({ properties }) => properties.databaseName);
    assert.deepEqual(await databases('databaseState=Deleted'), ['orders-2024', 'orders']);
    assert.deepEqual(await databases('databaseState=Live'), ['orders', 'orders', 'orders', 'orders']);
    assert.deepEqual(await databases('databaseState=Live&onlyLatestPerDatabase=true'), ['orders']);
  });

  it('of long-term retention show immutability since 2025-01-01, and an immutable one stays', async () => {
    const [first, second] = await list(`${ltr(ordersOnly)}?api-version=2025-01-01`);
    assert.deepEqual(
      [first?.properties.legalHoldImmutability, second?.properties.legalHoldImmutability],
      ['Enabled', 'Disabled'],
    );
    assert.deepEqual(refusal(await azure.arm.call('DELETE', first?.id ?? '')), [
      400,
      'LtrOperationFailedBackupImmutable',
    ]);
    await succeeds(azure.arm.call('DELETE', second?.id ?? ''));
    assert.equal((await list(ltr(ordersOnly))).length, 3);
  });

  it('need a role at the subscription if the path has no resource group', async () => {
    const subscription = ltr().replace(/\/resourceGroups\/[^/]+/, '');
    assert.deepEqual(refusal(await azure.arm.get(subscription)), [403, 'AuthorizationFailed']);
  });

  it('have retention policies that can be changed', async () => {
    const orders = `${id('sql-orders-weu')}/databases/orders`;
    const short = `${orders}/backupShortTermRetentionPolicies/default`;
    assert.deepEqual((await azure.arm.get(short)).body.properties, {
      retentionDays: 14,
      diffBackupIntervalInHours: 24,
    });
    await succeeds(azure.arm.call('PATCH', short, { body: { properties: { retentionDays: 35 } } }));
    assert.equal((await azure.arm.get(short)).body.properties?.retentionDays, 35);
    const refused = await azure.arm.call('PUT', short, { body: { properties: { retentionDays: 36 } } });
    assert.deepEqual(refusal(refused), [400, 'InvalidBackupRetentionPeriod']);
    const long = `${orders}/backupLongTermRetentionPolicies/default`;
    const { weeklyRetention, weekOfYear } = (await azure.arm.get(long)).body.properties ?? {};
    assert.deepEqual([weeklyRetention, weekOfYear], ['P12W', 1]);
    await succeeds(azure.arm.call('PUT', long, { body: { properties: { monthlyRetention: 'P3M' } } }));
    const changed = (await azure.arm.get(long)).body.properties;
    assert.deepEqual([changed?.weeklyRetention, changed?.monthlyRetention], ['PT0S', 'P3M']);
  });

  it('of long-term retention exclude database-level keys', async () => {
    const body = { properties: { encryptionProtector: uriOf('kv-orders', 'tde-orders') } };
    const refused = await azure.arm.call('PATCH', `${id('sql-orders-weu')}/databases/orders`, { body });
    assert.deepEqual(refusal(refused), [400, 'PerDBCMKNotSupportedWithLTR']);
  });

  it('of a dropped database have their own list', async () => {
    const [dropped] = await list(`${id('sql-orders-weu')}/restorableDroppedDatabases`);
    assert.match(dropped?.name ?? '', /^orders-2025,\d{18}$/);
    assert.equal(dropped?.properties.databaseName, 'orders-2025');
    assert.ok(String(dropped.properties.earliestRestoreDate) < String(dropped.properties.deletionDate));
    assert.equal((await azure.arm.get(dropped.id)).body.name, dropped.name);
  });

  it('with redundancy in another region make a database recoverable', async () => {
    const found = await list(`${id('sql-orders-weu')}/recoverableDatabases`);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['orders', 'orders-history'],
    );
    assert.match(String(found[0]?.properties.lastAvailableBackupDate), /^\d{4}-/);
  });

  it('are as old as earliestRestoreDate says, which a new database does not have', async () => {
    const [orders, history] = stateOf('sql-orders-weu').databases;
    delete history?.earliestRestoreDate;
    const read = (name = '') => azure.arm.get(`${id('sql-orders-weu')}/databases/${name}`);
    assert.equal((await read(orders?.name)).body.properties?.earliestRestoreDate, orders?.earliestRestoreDate);
    assert.ok(!('earliestRestoreDate' in ((await read(history?.name)).body.properties ?? {})));
  });

  it('and inaccessible databases can be read with the Azure SDK', async () => {
    const { client, place } = sqlSdk(azure, id('sql-orders-weu'));
    const backups = await all(
      client.longTermRetentionBackups.listByResourceGroupServer(place[0], 'westeurope', place[1]),
    );
    assert.ok(backups[0]?.backupExpirationTime instanceof Date);
    const [dropped] = await all(client.restorableDroppedDatabases.listByServer(...place));
    assert.ok(dropped?.deletionDate instanceof Date);
    const [recoverable] = await all(client.recoverableDatabases.listByServer(...place));
    assert.equal(recoverable?.edition, 'GeneralPurpose');
    const policy = await client.longTermRetentionPolicies.get(...place, 'orders', 'default');
    assert.equal(policy.weeklyRetention, 'P12W');
    const archive = sqlSdk(azure, id('sql-archive-neu'));
    const inaccessible = await all(archive.client.databases.listInaccessibleByServer(...archive.place));
    assert.deepEqual(
      inaccessible.map(({ name, status }) => [name, status]),
      [
        ['archive-2019', 'Inaccessible'],
        ['archive-2020', 'Inaccessible'],
      ],
    );
  });
});
