import assert from 'node:assert/strict';
import { instanceFailoverGroupRules } from '../emulator/rules/instanceFailoverGroupRules';
import { findInstance } from './demoIds';
import { freshEmulator } from './freshEmulator';
import { refusal } from './serverClient';

describe('An instance failover group', () => {
  const azure = freshEmulator({ operationMs: 5 });
  const instance = (name: string) => findInstance(azure.running.emulator.state, name);
  const groupIn = (name: string, region: string, group: string) => {
    const scope = instance(name).id.split('/managedInstances/')[0] ?? '';
    return `${scope}/locations/${region}/instanceFailoverGroups/${group}`;
  };
  const onPrimary = (group = 'ifg-orders') => groupIn('sqlmi-orders-weu', 'westeurope', group);
  const call = (method: string, path: string, properties?: object) =>
    azure.arm.call(method, path, properties === undefined ? {} : { body: { properties } });
  const properties = () => ({
    readWriteEndpoint: { failoverPolicy: 'Automatic', failoverWithDataLossGracePeriodMinutes: 120 },
    partnerRegions: [{ location: 'North Europe' }],
    managedInstancePairs: [
      {
        primaryManagedInstanceId: instance('sqlmi-orders-weu').id,
        partnerManagedInstanceId: instance('sqlmi-orders-neu').id,
      },
    ],
  });

  it('is deleted and created again', async () => {
    const deleted = await call('DELETE', onPrimary());
    assert.match(String(deleted.headers.location), /\/instanceFailoverGroupOperationResults\//);
    assert.equal((await azure.arm.finish(deleted)).body.status, 'Succeeded');
    assert.equal((await call('DELETE', onPrimary())).status, 204);
    instance('sqlmi-orders-neu').databases = [];
    const created = await call('PUT', onPrimary('ifg-new'), properties());
    assert.equal((await azure.arm.finish(created)).body.status, 'Succeeded');
    const { body } = await azure.arm.get(groupIn('sqlmi-orders-neu', 'northeurope', 'ifg-new'));
    assert.equal(body.properties?.replicationRole, 'Secondary');
    assert.deepEqual(body.properties.readWriteEndpoint, properties().readWriteEndpoint);
    const [copied, original] = ['sqlmi-orders-neu', 'sqlmi-orders-weu'].map((name) =>
      instance(name).databases.map((database) => database.name),
    );
    assert.deepEqual(copied, original);
  });

  it('changes on the primary instance only', async () => {
    const secondary = groupIn('sqlmi-orders-neu', 'northeurope', 'ifg-orders');
    const code = 'InstanceFailoverGroupUpdateOrDeleteRequestOnSecondary';
    assert.deepEqual(refusal(await call('DELETE', secondary)), [400, code]);
    assert.deepEqual(refusal(await call('PUT', secondary, properties())), [400, code]);
  });

  const pairOf = () => properties().managedInstancePairs;
  const other = () => ({ ...pairOf()[0], primaryManagedInstanceId: instance('sqlmi-billing-weu').id });
  const refusals: Record<string, () => object | undefined> = {
    Invalid: () => undefined,
    InvalidReadWriteEndpoint: () => ({ ...properties(), readWriteEndpoint: null }),
    InvalidReadWriteEndpointFields: () => ({ ...properties(), readWriteEndpoint: { failoverPolicy: 'Automatic' } }),
    UnsupportedPartnerCount: () => ({ ...properties(), partnerRegions: [{ location: 'a' }, { location: 'b' }] }),
    UnsupportedPairCount: () => ({ ...properties(), managedInstancePairs: [...pairOf(), ...pairOf()] }),
    InvalidPrimary: () => ({ ...properties(), managedInstancePairs: [{ ...other(), primaryManagedInstanceId: '/' }] }),
    InvalidPartner: () => ({
      ...properties(),
      managedInstancePairs: [{ ...pairOf()[0], partnerManagedInstanceId: '/' }],
    }),
    InvalidManagedInstanceRegion: () => ({ ...properties(), partnerRegions: [{ location: 'East US' }] }),
    DuplicatePartner: properties,
  };
  for (const [code, sent] of Object.entries(refusals)) {
    it(`is refused with ${code}`, async () => {
      const answer = await call('PUT', onPrimary('ifg-new'), sent());
      assert.deepEqual(refusal(answer), [400, `InstanceFailoverGroupCreateOrUpdateRequest${code}`]);
    });
  }

  it('has a test for every rule', () => {
    const tested = Object.keys(refusals).map((code) => `InstanceFailoverGroupCreateOrUpdateRequest${code}`);
    assert.deepEqual(
      instanceFailoverGroupRules.map(({ code }) => code),
      tested,
    );
  });
});
