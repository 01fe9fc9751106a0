import assert from 'node:assert/strict';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { SqlServer } from '../../src/core/model';
import type { Azure } from '../../src/core/ports';
import { contoso, subscriptions } from '../emulator/seeds/demoNames';
import {
  changeState,
  connectToEmulator,
  emulator,
  failureOf,
  findKey,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
  until,
} from './connection';

/** The server without what only the list of all servers shows. */
function asRead({ listedProtector, tenantId, ...server }: SqlServer): SqlServer {
  assert.ok(listedProtector && tenantId);
  return server;
}

describe('reading a server for the checks', () => {
  beforeEach(() => resetEmulator());

  it('reads its state, its identities, and their tenant', async () => {
    const azure = connectToEmulator();
    const billing = asRead(await findServer(azure, 'sql-billing-weu'));
    assert.deepEqual(await azure.sqlServers.get(billing), { ...billing, state: 'Ready', identityTenantId: contoso });
    const inventory = await azure.sqlServers.get(await findServer(azure, 'sql-inventory-weu'));
    assert.match(inventory.identity.primaryUserAssigned ?? '', /id-sql-inventory$/);
    assert.deepEqual([inventory.identity.userAssigned.length, inventory.identityTenantId], [1, undefined]);
  });

  it('reads the application that it uses for vaults of other tenants', async () => {
    await changeState(({ servers }) => {
      servers.forEach((server) => (server.federatedClientId = 'app-1'));
    });
    const azure = connectToEmulator();
    const server = await azure.sqlServers.get(await findServer(azure, 'sql-inventory-weu'));
    assert.equal(server.federatedClientId, 'app-1');
  });

  it('reads a server by an ID in any casing', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-orders-neu');
    const place = { ...server, id: server.id.toUpperCase(), subscriptionId: server.subscriptionId.toUpperCase() };
    assert.equal((await azure.sqlServers.get(place)).state, 'Ready');
    assert.equal((await azure.serverKeys.list(place)).length, 3);
  });

  it('reads properties that Resource Graph does not have yet', async () => {
    const azure = connectToEmulator();
    const before = await findServer(azure, 'sql-reports-weu');
    await changeState(({ servers }) => {
      const change = { state: 'Disabled', identityType: 'SystemAssigned', principalId: 'new' };
      Object.assign(found(servers, 'sql-reports-weu'), change);
    });
    const now = await azure.sqlServers.get(before);
    assert.deepEqual([now.state, now.identity.systemAssigned?.principalId], ['Disabled', 'new']);
  });

  it('finds a server by its name in any casing with one query', async () => {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
    const { listedProtector, ...expected } = await findServer(azure, 'sql-dev-neu');
    assert.ok(listedProtector);
    await emulator.clearRequests();
    assert.deepEqual(await azure.sqlServers.find('SQL-Dev-NEU', ids), expected);
    assert.equal((await emulator.requests()).length, 1);
    assert.equal(await azure.sqlServers.find('sql-dev', ids), undefined);
    assert.equal(await azure.sqlServers.find('sql-dev-neu', [subscriptions.production]), undefined);
  });

  it('fails if a tenant fails, because the server may be there', async () => {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
    await emulator.addFault({ match: { path: 'ResourceGraph' }, code: 'AuthorizationFailed', status: 403 });
    const failure = await failureOf(azure.sqlServers.find('sql-dev-neu', ids));
    assert.deepEqual([failure.code, failure.operation?.name], ['AuthorizationFailed', 'find SQL server']);
  });

  it('lists a partner of a failover group once, even if its databases have replication links', async () => {
    const azure = connectToEmulator();
    const [west, north] = [await findServer(azure, 'sql-orders-weu'), await findServer(azure, 'sql-orders-neu')];
    const partner = ({ name, id }: SqlServer, location: string) => ({ name, id, location });
    assert.deepEqual(await azure.sqlServers.listGeoPartners(west), [
      { ...partner(north, 'North Europe'), role: 'secondary' },
    ]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(north), [
      { ...partner(west, 'West Europe'), role: 'primary' },
    ]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(await findServer(azure, 'sql-billing-weu')), []);
  });

  /** Replicates two databases of a server. */
  async function replicate(azure: Azure) {
    const [dev, archive] = [await findServer(azure, 'sql-dev-weu'), await findServer(azure, 'sql-archive-neu')];
    const link = (database: string) => ({ name: database, primary: dev.id, secondary: archive.id, database });
    await changeState((state) => (state.replicationLinks = ['dev', 'dev-test'].map(link)));
    return { dev, archive };
  }

  it('lists partners of active geo-replication with the IDs of their servers, also in other subscriptions', async () => {
    const azure = connectToEmulator();
    const { dev, archive } = await replicate(azure);
    assert.notEqual(dev.subscriptionId, archive.subscriptionId);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(dev), [
      { name: archive.name, id: archive.id, location: 'North Europe', role: 'secondary' },
    ]);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(archive), [
      { name: dev.name, id: dev.id, location: 'West Europe', role: 'primary' },
    ]);
  });

  it('lists a partner of active geo-replication without an ID if Azure shows none that names a server', async () => {
    const azure = connectToEmulator();
    const { dev } = await replicate(azure);
    for (const partnerDatabaseId of [null, '', '/subscriptions/s/resourceGroups/g', 'dev']) {
      const properties = { partnerServer: 'sql-archive-neu', partnerRole: 'Secondary', replicationState: null };
      const link = { id: `${dev.id}/x/y`, name: 'y', properties: { ...properties, partnerDatabaseId } };
      const body = JSON.stringify({ value: [link, { ...link, properties: null }] });
      await emulator.addFault({ match: { path: '/replicationLinks$' }, behavior: 'answer', body, times: 1 });
      assert.deepEqual(await azure.sqlServers.listGeoPartners(dev), [{ name: 'sql-archive-neu', role: 'secondary' }]);
    }
  });

  it('does not list a server as its own partner when one of its databases is being copied', async () => {
    const azure = connectToEmulator();
    const { id } = await findServer(azure, 'sql-dev-weu');
    const link = { name: 'copy', primary: id, secondary: id, database: 'dev' };
    await changeState((state) => (state.replicationLinks = [link]));
    assert.deepEqual(await azure.sqlServers.listGeoPartners(await findServer(azure, 'sql-dev-weu')), []);
  });

  it('lists operations in progress', async () => {
    await emulator.options({ operationMs: 1500 });
    const azure = connectToEmulator();
    const server = await findServer(azure, 'sql-billing-weu');
    assert.deepEqual(await azure.sqlServers.listRunningOperations(server), []);
    const creating = azure.serverKeys.create(
      server,
      serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') }),
    );
    await until(async () => (await emulator.requests()).some(({ status }) => status === 202));
    const [operation, ...others] = await azure.sqlServers.listRunningOperations(server);
    assert.deepEqual(others, []);
    assert.ok(operation?.name);
    await creating;
    assert.deepEqual(await azure.sqlServers.listRunningOperations(server), []);
  });
});
