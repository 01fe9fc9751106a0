import assert from 'node:assert/strict';
import { checkInstance } from '../../src/core/checks/instanceChecks';
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
});
