import assert from 'node:assert/strict';
import { checkCreation } from '../../src/core/checks/checkCreation';
import { checkInstance } from '../../src/core/checks/instanceChecks';
import { factsReader } from '../../src/core/checks/readFacts';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { Finding } from '../../src/core/errors/finding';
import { parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { ServerDetails } from '../../src/core/model';
import { inventoryIdentity } from '../emulator/seeds/demoNames';
import {
  changeState,
  connectToEmulator,
  emulator,
  emulatorCloud,
  failureOf,
  findKey,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
} from './connection';

const name = 'sqlmi-orders-weu';

describe('a managed instance', () => {
  beforeEach(() => resetEmulator());

  async function read() {
    const azure = connectToEmulator();
    const ids = await subscriptionIds(azure);
    const place = await azure.sqlServers.findInstance(name.toUpperCase(), ids);
    assert.ok(place);
    return { azure, ids, instance: await azure.sqlServers.get(place) };
  }

  /** The findings about its TDE protector that did not pass, and the kinds of their fixes. */
  async function problems(change: (instance: ServerDetails) => ServerDetails = (instance) => instance) {
    const { azure, ids, instance } = await read();
    const { uri = '' } = await azure.tdeProtectors.get(instance);
    const cloud = emulatorCloud();
    const parsed = parseKeyIdentifier(uri, cloud);
    assert.ok(parsed.ok);
    const where = { cloud, now: new Date(), subscriptionIds: ids };
    const findings = await checkInstance(azure, change(instance), parsed.key, where);
    const seen = ({ outcome, text, fixes = [] }: Finding) => [outcome, text, ...fixes.map(({ kind }) => kind)];
    return findings.filter(({ outcome }) => outcome !== 'pass').map(seen);
  }

  it('is found by its name, and has an identity, keys, and a TDE protector', async () => {
    const { azure, ids, instance } = await read();
    assert.deepEqual([instance.name, instance.location, instance.state], [name, 'westeurope', 'Ready']);
    assert.ok(instance.identity.systemAssigned);
    const keys = await azure.serverKeys.list(instance);
    const protector = await azure.tdeProtectors.get(instance);
    assert.deepEqual(keys.map(({ type }) => type).toSorted(), ['customerManaged', 'serviceManaged']);
    assert.equal(found(keys, protector.serverKeyName).uri, protector.uri);
    assert.equal(await azure.sqlServers.findInstance('sqlmi-gone', ids), undefined);
  });

  it('that Azure refuses to read is reported', async () => {
    const { azure, instance } = await read();
    const fault = { code: 'AuthorizationFailed', status: 403 };
    await emulator.addFault({ match: { path: `/managedInstances/${name}(/|$)` }, ...fault });
    for (const reading of [
      azure.sqlServers.get(instance),
      azure.serverKeys.list(instance),
      azure.tdeProtectors.get(instance),
    ]) {
      assert.equal((await failureOf(reading)).code, 'AuthorizationFailed');
    }
  });

  it('shows why it cannot use its key, without the fixes for logical servers', async () => {
    assert.deepEqual(await problems(), []);
    await changeState(({ vaults }) => {
      for (const key of found(vaults, 'kv-orders').keys) for (const version of key.versions) version.enabled = false;
    });
    assert.match((await problems()).join(), /^fail,"tde-orders" is not suitable: disabled/);
    const withoutIdentity = await problems((instance) => ({ ...instance, identity: { userAssigned: [] } }));
    assert.deepEqual(withoutIdentity[0], ['fail', `"${name}" has no managed identity`]);
  });

  it('with a user-assigned identity does not pass the exception for trusted services', async () => {
    await changeState(({ vaults }) => {
      found(vaults, 'kv-orders').network = { ...found(vaults, 'kv-firewalled').network, bypass: 'AzureServices' };
    });
    const warning = ['warn', 'The firewall of "kv-orders" may block the managed instance'];
    const isFirewall = ([, text = '']: readonly string[]) => text.includes('firewall');
    assert.deepEqual((await problems()).filter(isFirewall), []);
    const { id, principalId } = { id: '/x/id-a', principalId: inventoryIdentity.principalId };
    const identity = { userAssigned: [{ id, principalId }], primaryUserAssigned: id };
    assert.deepEqual((await problems((instance) => ({ ...instance, identity }))).filter(isFirewall), [warning]);
  });

  it('gets a key, uses it as its TDE protector, and loses it again, without a request to a logical server', async () => {
    const azure = connectToEmulator();
    const instance = await findServer(azure, 'sqlmi-billing-weu');
    const request = serverKeyRequest({ key: await findKey(azure, 'kv-billing', 'tde-billing') });
    await emulator.clearRequests();
    const created = await azure.serverKeys.create(instance, request);
    assert.equal(created.uri, request.properties.uri);
    const protector = await azure.tdeProtectors.set(instance, created, true);
    assert.deepEqual([protector.serverKeyName, protector.autoRotation], [created.name, true]);
    await azure.tdeProtectors.revalidate(instance);
    const keys = await azure.serverKeys.list(instance);
    const serviceManaged = await azure.tdeProtectors.set(instance, found(keys, 'ServiceManaged'), false);
    assert.equal(serviceManaged.type, 'serviceManaged');
    await azure.serverKeys.delete(instance, created);
    assert.deepEqual(
      (await azure.serverKeys.list(instance)).map(({ name: left }) => left),
      ['ServiceManaged'],
    );
    const paths = (await emulator.requests()).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => /\/Microsoft\.Sql\/servers\//i.test(path)),
      [],
    );
  });

  it('has the partners of its failover groups, and inaccessible databases', async () => {
    const azure = connectToEmulator();
    const [primary, secondary] = [await findServer(azure, name), await findServer(azure, 'sqlmi-orders-neu')];
    assert.deepEqual(await azure.sqlServers.listGeoPartners(primary), [
      { name: secondary.name, id: secondary.id, role: 'secondary', location: 'North Europe' },
    ]);
    const [back] = await azure.sqlServers.listGeoPartners(secondary);
    assert.deepEqual([back?.name, back?.role], [primary.name, 'primary']);
    assert.deepEqual(await azure.sqlServers.listGeoPartners(await findServer(azure, 'sqlmi-billing-weu')), []);
    assert.deepEqual(await azure.sqlServers.listRunningOperations(primary), []);
    await changeState(({ managedInstances }) => {
      for (const database of found(managedInstances, name).databases) database.status = 'Inaccessible';
    });
    assert.deepEqual(await azure.tdeProtectors.listInaccessible(primary), ['ledger']);
    const listed = await azure.sqlServers.listInaccessible([primary.subscriptionId]);
    assert.ok(listed.some(({ server, name: database }) => server === primary.id && database === 'ledger'));
  });

  it('passes the checks for a new server key that name actions on managed instances', async () => {
    const azure = connectToEmulator();
    const instance = await findServer(azure, 'sqlmi-billing-weu');
    const key = await findKey(azure, 'kv-billing', 'tde-billing');
    const reader = factsReader(azure, await subscriptionIds(azure));
    const world = { cloud: emulatorCloud(), now: new Date() };
    await emulator.clearRequests();
    const facts = await reader.read({ server: instance, key });
    const paths = (await emulator.requests()).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => /\/Microsoft\.Sql\/servers\//i.test(path)),
      [],
    );
    const findings = checkCreation({ server: instance, key }, facts, world);
    assert.deepEqual(
      findings.filter(({ outcome }) => outcome !== 'pass').map(({ text }) => text),
      [],
    );
    const { vault, host, name: keyName, kind } = key;
    const versionless = checkCreation({ server: instance, key: { vault, host, name: keyName, kind } }, facts, world);
    assert.equal(versionless[0]?.text, 'A managed instance needs a key identifier with a version');
  });
});
