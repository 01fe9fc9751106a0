import assert from 'node:assert/strict';
import { keyNeed } from '../../src/core/retirement/keyNeed';
import { readServerUses, type MapLimited } from '../../src/core/retirement/readNeedFacts';
import {
  changeState,
  connectToEmulator,
  emulator,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
} from './connection';

const orders = 'sql-orders-weu';

describe('reading what backups need', () => {
  beforeEach(() => resetEmulator());

  it('lists databases with their states and retention, and dropped ones', async () => {
    await changeState(({ servers }) => {
      const [first] = found(servers, orders).databases;
      assert.ok(first);
      first.status = 'Inaccessible';
    });
    const azure = connectToEmulator();
    const server = await findServer(azure, orders);
    const [first] = await azure.backups.listDatabases(server);
    assert.deepEqual(first, { name: 'orders', status: 'Inaccessible', hasIdentity: false });
    assert.equal(await azure.backups.getRetentionDays(server, 'orders'), 14);
    assert.deepEqual(
      (await azure.backups.listDropped(server)).map(({ name, dropped }) => [name, dropped instanceof Date]),
      [['orders-2025', true]],
    );
  });

  it('lists the keys of a database that has its own', async () => {
    const azure = connectToEmulator();
    const servers = (await emulator.state()).servers.filter(({ databases }) =>
      databases.some(({ keys }) => keys?.length),
    );
    const { name } = servers[0] ?? assert.fail('The demo has a database with keys of its own');
    const server = await findServer(azure, name);
    const own = (await azure.backups.listDatabases(server)).filter(({ hasIdentity }) => hasIdentity);
    const { protector, keys } = await azure.databaseKeys.get(server, own[0]?.name ?? '');
    assert.deepEqual(
      keys.map(({ uri, thumbprint, created }) => [uri, typeof thumbprint, created instanceof Date]),
      [[protector?.uri, 'string', true]],
    );
    assert.deepEqual(own[0]?.protector, protector);
  });

  it('lists long-term backups of dropped databases, too, and which are on hold', async () => {
    const azure = connectToEmulator();
    const backups = await azure.backups.listLongTerm(await findServer(azure, orders));
    assert.deepEqual(backups.map(({ database, isOnHold }) => `${database} ${isOnHold}`).sort(), [
      'orders false',
      'orders false',
      'orders false',
      'orders true',
      'orders-2024 false',
    ]);
    assert.ok(backups.every(({ taken, expires }) => taken && expires && taken < expires));
  });

  it('does not know holds in a cloud without the newest API version', async () => {
    const type = 'Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionBackups';
    await emulator.options({ apiVersions: { [type]: ['2023-08-01'] } });
    const azure = connectToEmulator();
    const backups = await azure.backups.listLongTerm(await findServer(azure, orders));
    assert.deepEqual([backups.length, ...new Set(backups.map(({ isOnHold }) => isOnHold))], [5, undefined]);
  });

  it('shows until when backups need an earlier TDE protector', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, orders);
    const protector = await azure.tdeProtectors.get(server);
    const keys = await azure.serverKeys.list(server);
    const key = keys.find(({ type, name }) => type === 'customerManaged' && name !== protector.serverKeyName);
    const request = { server, subscriptionIds: await subscriptionIds(azure), now: new Date() };
    const all: MapLimited = (items, map) => Promise.all(items.map(map));
    const uses = await readServerUses(azure, request, all, AbortSignal.timeout(10_000));
    const { verdict, findings } = keyNeed({ ...uses, key: key ?? assert.fail() }, request.now);
    assert.deepEqual(verdict, { kind: 'neededUntil', isAtLeast: false });
    const texts = findings.map(({ text }) => text).join('\n');
    assert.match(texts, /Long-term backups that never expire may need it: "orders"$/m);
    assert.match(texts, /Backups of dropped databases may need it until \d{4}-\d\d-\d\d: "orders-2025"/);
  });

  it('lists the successful changes of the TDE protector in the activity log', async () => {
    const azure = connectToEmulator();
    const now = new Date();
    const changes = await azure.backups.listProtectorChanges(await findServer(azure, orders), now);
    assert.deepEqual(
      changes.map((time) => Math.round((now.getTime() - time.getTime()) / 86_400_000)),
      [29],
    );
  });

  it('shows when an inaccessible database lost its key, and not when one that returned did', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-archive-neu');
    const [name = ''] = await azure.tdeProtectors.listInaccessible(server);
    const since = await azure.tdeProtectors.getLoss(server, name, new Date());
    assert.equal(Math.round((Date.now() - (since?.getTime() ?? 0)) / 3_600_000), 26);
    const healthy = await findServer(azure, orders);
    assert.equal(await azure.tdeProtectors.getLoss(healthy, 'orders', new Date()), undefined);
  });
});
