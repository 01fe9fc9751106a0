import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { customerManaged, refusal, serverClient } from './serverClient';

describe('A database', () => {
  const { azure, id, stateOf, putProtector, succeeds } = serverClient();
  const server = 'sql-billing-weu';
  const path = (name: string, of = server) => `${id(of)}/databases/${name}`;
  const call = (method: string, name: string, body?: object) =>
    azure.arm.call(method, path(name), body === undefined ? {} : { body });
  const read = async (name: string) => (await azure.arm.get(path(name))).body;
  const rows = async (name: string) => {
    const query = `resources | where type =~ 'microsoft.sql/servers/databases' | where id =~ '${path(name)}'`;
    const answer = await azure.arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { body: { query } });
    return answer.body.data as { tags: object; properties: { status: string } }[];
  };

  it('is created, listed, and deleted', async () => {
    const accepted = await call('PUT', 'new', { location: 'westeurope', sku: { name: 'S0' }, tags: { costs: '42' } });
    assert.deepEqual([accepted.status, accepted.body.operation], [202, 'CreateLogicalDatabase']);
    await succeeds(Promise.resolve(accepted));
    const { sku, tags, properties } = await read('new');
    assert.deepEqual(sku, { name: 'S0', tier: 'Standard' });
    assert.deepEqual(tags, { costs: '42' });
    assert.equal(properties?.status, 'Online');
    assert.equal(properties.earliestRestoreDate, undefined);
    assert.deepEqual((await rows('new'))[0]?.tags, { costs: '42' });
    const deleted = await call('DELETE', 'new');
    assert.deepEqual([deleted.status, deleted.body.operation], [202, 'DropLogicalDatabase']);
    await succeeds(Promise.resolve(deleted));
    assert.deepEqual(refusal(await azure.arm.get(path('new'))), [404, 'ResourceNotFound']);
    assert.equal((await call('DELETE', 'new')).status, 204);
  });

  it('leaves its backups', async () => {
    const primary = id('sql-orders-weu');
    await succeeds(azure.arm.call('DELETE', path('orders', 'sql-orders-weu')));
    const dropped = (await azure.arm.get(`${primary}/restorableDroppedDatabases`)).body.value ?? [];
    assert.equal(dropped.at(-1)?.properties.databaseName, 'orders');
    const links = (await azure.arm.get(`${primary}/replicationLinks`)).body.value ?? [];
    assert.ok(links.every(({ properties }) => properties.partnerDatabase !== 'orders'));
  });

  it('keeps what an update omits', async () => {
    const before = await read('billing');
    await succeeds(call('PATCH', 'billing', { tags: { costs: '7' } }));
    assert.deepEqual(await read('billing'), { ...before, tags: { costs: '7' } });
    await succeeds(
      call('PATCH', 'billing', { sku: { name: 'BC_Gen5_4' }, properties: { maxSizeBytes: 1_073_741_824 } }),
    );
    const { sku, tags, properties } = await read('billing');
    assert.deepEqual(sku, { name: 'BC_Gen5_4', tier: 'BusinessCritical' });
    assert.deepEqual(tags, { costs: '7' });
    assert.equal(properties?.maxSizeBytes, 1_073_741_824);
  });

  it('has no property that the emulator would only pretend to change', async () => {
    const pool = { properties: { elasticPoolId: `${id(server)}/elasticPools/pool` } };
    assert.deepEqual(refusal(await call('PATCH', 'billing', pool)), [501, 'NotEmulated']);
    const copy = { location: 'westeurope', properties: { createMode: 'Copy' } };
    assert.deepEqual(refusal(await call('PUT', 'copy', copy)), [501, 'NotEmulated']);
  });

  it('cannot be created while the TDE protector changes', async () => {
    azure.running.emulator.options.operationMs = 60_000;
    const { uri = '' } = stateOf('sql-orders-weu').keys[0] ?? {};
    assert.equal((await putProtector('sql-orders-weu', customerManaged(uri))).status, 202);
    const create = (of: string): Promise<HttpAnswer> =>
      azure.arm.call('PUT', path('new', of), { body: { location: 'westeurope' } });
    assert.deepEqual(refusal(await create('sql-orders-weu')), [400, 'CreateDatabaseAttemptedWithRotationInProgress']);
    assert.equal((await create(server)).status, 202);
  });

  it('cannot be deleted while its key is not accessible, and shows that everywhere', async () => {
    const archive = path('archive-2019', 'sql-archive-neu');
    assert.deepEqual(refusal(await azure.arm.call('DELETE', archive)), [400, 'CannotDropDatabaseAKVError']);
    const listed = (await azure.arm.get(`${id('sql-archive-neu')}/databases`)).body.value ?? [];
    assert.deepEqual(
      listed.map(({ properties }) => properties.status),
      ['Online', 'Inaccessible', 'Inaccessible'],
    );
    const query = `resources | where type =~ 'microsoft.sql/servers/databases' | where properties.status == 'Inaccessible' | project id`;
    const answer = await azure.arm.call('POST', '/providers/Microsoft.ResourceGraph/resources', { body: { query } });
    assert.ok((answer.body.data as { id: string }[]).some((row) => row.id === archive));
  });
});
