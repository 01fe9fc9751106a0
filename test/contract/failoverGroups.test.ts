import assert from 'node:assert/strict';
import type { HttpAnswer } from './armClient';
import { findInstance } from './demoIds';
import { customerManaged, refusal, serverClient } from './serverClient';

const readWriteEndpoint = { failoverPolicy: 'Manual' };

describe('A failover group', () => {
  const { azure, id, stateOf, uriOf, putKey, putProtector, succeeds } = serverClient();
  const group = (server: string, name = 'fog-orders') => `${id(server)}/failoverGroups/${name}`;
  const roleOf = async (server: string) => (await azure.arm.get(group(server))).body.properties?.replicationRole;
  const failure = async (answer: Promise<HttpAnswer>) => (await azure.arm.finish(await answer)).body.error?.code;
  const devGroup = () => ({
    readWriteEndpoint,
    partnerServers: [{ id: id('sql-dev-neu') }],
    databases: [`${id('sql-dev-weu')}/databases/dev-test`],
  });
  const put = (properties: object | undefined, server = 'sql-dev-weu', name = 'fog-dev') =>
    azure.arm.call('PUT', group(server, name), { body: { properties } });

  it('is created on both servers, with copies of its databases', async () => {
    const accepted = await put(devGroup());
    assert.equal(accepted.status, 202);
    assert.match(
      String(accepted.headers['azure-asyncoperation']),
      /\/subscriptions\/[^/]+\/providers\/Microsoft\.Sql\/locations\/westeurope\/failoverGroupAzureAsyncOperation\//,
    );
    assert.equal((await azure.arm.finish(accepted)).body.status, 'Succeeded');
    const { body } = await azure.arm.get(group('sql-dev-neu', 'fog-dev'));
    assert.equal(body.properties?.replicationRole, 'Secondary');
    assert.deepEqual(body.properties.readWriteEndpoint, readWriteEndpoint);
    assert.ok(stateOf('sql-dev-neu').databases.some(({ name }) => name === 'dev-test'));
    const links = await azure.arm.get(`${id('sql-dev-neu')}/replicationLinks`);
    assert.deepEqual(
      links.body.value?.map(({ properties }) => [properties.partnerServer, properties.role]),
      [['sql-dev-weu', 'Secondary']],
    );
  });

  it('gets other databases and another policy', async () => {
    await succeeds(put(devGroup()));
    const endpoint = { failoverPolicy: 'Automatic', failoverWithDataLossGracePeriodMinutes: 120 };
    const properties = { readWriteEndpoint: endpoint, databases: [] };
    await succeeds(azure.arm.call('PATCH', group('sql-dev-weu', 'fog-dev'), { body: { properties } }));
    const { body } = await azure.arm.get(group('sql-dev-weu', 'fog-dev'));
    assert.deepEqual([body.properties?.readWriteEndpoint, body.properties?.databases], [endpoint, []]);
  });

  const refusals: [code: string, status: number, properties: () => object | undefined, server?: string][] = [
    ['FailoverGroupCreateOrUpdateRequestInvalid', 400, () => undefined],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpoint',
      400,
      () => ({ ...devGroup(), readWriteEndpoint: undefined }),
    ],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidReadWriteFailoverPolicy',
      400,
      () => ({ ...devGroup(), readWriteEndpoint: {} }),
    ],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpointFields',
      400,
      () => ({ ...devGroup(), readWriteEndpoint: { failoverPolicy: 'Automatic' } }),
    ],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidReadWriteEndpointFieldsForManualPolicy',
      400,
      () => ({
        ...devGroup(),
        readWriteEndpoint: { failoverPolicy: 'Manual', failoverWithDataLossGracePeriodMinutes: 60 },
      }),
    ],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidPartner',
      400,
      () => ({ ...devGroup(), partnerServers: [{ id: `${id('sql-dev-neu')}-gone` }] }),
    ],
    ['InvalidFailoverGroupRegion', 400, () => ({ ...devGroup(), partnerServers: [{ id: id('sql-billing-weu') }] })],
    [
      'FailoverGroupCreateOrUpdateRequestInvalidDatabaseServer',
      400,
      () => ({ ...devGroup(), databases: [`${id('sql-dev-weu')}/databases/none`] }),
    ],
    [
      'DatabaseBelongsToOtherFailoverGroup',
      409,
      () => ({
        readWriteEndpoint,
        partnerServers: [{ id: id('sql-dev-neu') }],
        databases: [`${id('sql-orders-weu')}/databases/orders`],
      }),
      'sql-orders-weu',
    ],
  ];
  for (const [code, status, properties, server] of refusals) {
    it(`is refused with ${code}`, async () => {
      assert.deepEqual(refusal(await put(properties(), server)), [status, code]);
    });
  }

  it('needs the key of the primary server on the secondary server', async () => {
    const uri = uriOf('kv-billing', 'tde-billing');
    await succeeds(putKey('sql-dev-weu', uri));
    await succeeds(putProtector('sql-dev-weu', customerManaged(uri)));
    assert.equal(await failure(put(devGroup())), 'SameKeyMaterialNotFoundOnRemoteServer');
    await succeeds(putKey('sql-dev-neu', uri));
    await succeeds(put(devGroup()));
  });

  it('exchanges the roles of its servers, but keeps the names of its links', async () => {
    const links = async () => (await azure.arm.get(`${id('sql-orders-weu')}/replicationLinks`)).body.value ?? [];
    const [before] = await links();
    const refused = await azure.arm.call('POST', `${group('sql-orders-weu')}/failover`);
    assert.deepEqual(refusal(refused), [400, 'FailoverGroupFailoverRequestOnPrimary']);
    await succeeds(azure.arm.call('POST', `${group('sql-orders-neu')}/failover`));
    assert.deepEqual([await roleOf('sql-orders-weu'), await roleOf('sql-orders-neu')], ['Secondary', 'Primary']);
    const [after] = await links();
    assert.deepEqual([before?.properties.role, after?.properties.role], ['Primary', 'Secondary']);
    assert.equal(after?.name, before?.name);
  });

  it('is suspended after a forced failover', async () => {
    await succeeds(azure.arm.call('POST', `${group('sql-orders-neu')}/forceFailoverAllowDataLoss`));
    const { body } = await azure.arm.get(group('sql-orders-neu'));
    assert.deepEqual([body.properties?.replicationRole, body.properties?.replicationState], ['Primary', 'SUSPENDED']);
    const links = await azure.arm.get(`${id('sql-orders-neu')}/replicationLinks`);
    assert.equal(links.body.value?.[0]?.properties.replicationState, 'SUSPENDED');
  });

  it('is deleted on the primary only, and its databases go on replicating', async () => {
    const refused = await azure.arm.call('DELETE', group('sql-orders-neu'));
    assert.deepEqual(refusal(refused), [400, 'FailoverGroupUpdateOrDeleteRequestOnSecondary']);
    await succeeds(azure.arm.call('DELETE', group('sql-orders-weu')));
    assert.equal((await azure.arm.get(group('sql-orders-weu'))).status, 404);
    const [link] = (await azure.arm.get(`${id('sql-orders-neu')}/replicationLinks`)).body.value ?? [];
    assert.equal(link?.properties.role, 'Secondary');
    assert.equal((await azure.arm.call('DELETE', group('sql-orders-weu'))).status, 204);
  });

  it('of managed instances exchanges their roles', async () => {
    const instance = (name: string) => findInstance(azure.running.emulator.state, name);
    const path = (name: string) =>
      `${instance(name).id.split('/managedInstances/')[0] ?? ''}/locations/${instance(name).location}/instanceFailoverGroups/ifg-orders`;
    const refused = await azure.arm.call('POST', `${path('sqlmi-orders-weu')}/failover`);
    assert.deepEqual(refusal(refused), [400, 'InstanceFailoverGroupFailoverRequestOnPrimary']);
    await succeeds(azure.arm.call('POST', `${path('sqlmi-orders-neu')}/failover`));
    assert.equal((await azure.arm.get(path('sqlmi-orders-neu'))).body.properties?.replicationRole, 'Primary');
  });
});

describe('A replication link', () => {
  const { azure, id, succeeds } = serverClient();
  const link = (server: string) => `${id(server)}/databases/orders/replicationLinks/${name}`;
  const name = '0c8b6f0a-0000-4000-8000-000000000001';
  const addLink = () =>
    azure.running.emulator.state.replicationLinks.push({
      name,
      primary: id('sql-legacy-neu'),
      secondary: id('sql-billing-weu'),
      database: 'billing',
    });
  const billing = (server: string) => `${id(server)}/databases/billing/replicationLinks/${name}`;
  beforeEach(() => {
    azure.running.emulator.state.locks = [];
    azure.running.emulator.state.servers
      .find((s) => s.name === 'sql-legacy-neu')
      ?.databases.push({ name: 'billing', status: 'Online', sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } });
    addLink();
  });

  it('names the partner database in full since 2022-08-01-preview', async () => {
    const { body } = await azure.arm.get(billing('sql-billing-weu'));
    assert.equal(body.properties?.partnerDatabaseId, `${id('sql-legacy-neu')}/databases/billing`);
    const older = await azure.arm.get(`${billing('sql-billing-weu')}?api-version=2021-11-01`);
    assert.equal(older.body.properties?.partnerDatabaseId, undefined);
    assert.equal((await azure.arm.get(link('sql-orders-weu'))).status, 404);
  });

  it('has a role for named replicas, standby replicas, and copies in progress', async () => {
    const [link] = azure.running.emulator.state.replicationLinks;
    for (const [change, ...expected] of [
      [{ secondaryRole: 'NonReadableSecondary' }, 'Primary', 'NonReadableSecondary', 'GEO', 'CATCH_UP'],
      [{ linkType: 'STANDBY' }, 'Primary', 'Secondary', 'STANDBY', 'CATCH_UP'],
      [{ linkType: 'NAMED' }, 'Primary', 'Secondary', 'NAMED', 'CATCH_UP'],
      [{ secondaryRole: 'Copy', percentComplete: 40 }, 'Source', 'Copy', 'GEO', 'SEEDING'],
      [{ suspended: true }, 'Primary', 'Secondary', 'GEO', 'SUSPENDED'],
    ] as const) {
      const { name, primary, secondary, database } = link ?? {};
      azure.running.emulator.state.replicationLinks = [{ name, primary, secondary, database, ...change }] as never;
      const { properties: primarySide } = (await azure.arm.get(billing('sql-legacy-neu'))).body;
      const { properties: secondarySide } = (await azure.arm.get(billing('sql-billing-weu'))).body;
      assert.deepEqual(
        [primarySide?.role, primarySide?.partnerRole, primarySide?.linkType, primarySide?.replicationState],
        expected,
      );
      assert.deepEqual([secondarySide?.partnerRole, secondarySide?.role], expected.slice(0, 2));
    }
  });

  it('exchanges the roles of its databases', async () => {
    const refused = await azure.arm.call('POST', `${billing('sql-legacy-neu')}/failover`);
    assert.deepEqual(refusal(refused), [400, 'GeoReplicationDatabaseNotSecondary']);
    await succeeds(azure.arm.call('POST', `${billing('sql-billing-weu')}/failover`));
    assert.equal((await azure.arm.get(billing('sql-billing-weu'))).body.properties?.role, 'Primary');
  });

  it('ends when it is deleted', async () => {
    await succeeds(azure.arm.call('DELETE', billing('sql-billing-weu')));
    assert.equal((await azure.arm.get(billing('sql-billing-weu'))).status, 404);
  });

  it('of a failover group neither fails over nor ends by itself', async () => {
    const [ofGroup] = (await azure.arm.get(`${id('sql-orders-neu')}/replicationLinks`)).body.value ?? [];
    for (const [method, path] of [
      ['POST', '/failover'],
      ['DELETE', ''],
    ] as const) {
      const refused = await azure.arm.call(method, `${ofGroup?.id ?? ''}${path}`);
      assert.deepEqual(refusal(refused), [409, 'FailoverGroupAlreadySetup']);
    }
  });
});
