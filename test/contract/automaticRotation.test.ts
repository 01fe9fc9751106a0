import assert from 'node:assert/strict';
import { thumbprintOf } from '../emulator/base/ids';
import { findVault } from './demoIds';
import { serverClient } from './serverClient';

describe('Automatic rotation', () => {
  const { azure, id, stateOf, uriOf } = serverClient();

  function addVersion(created = Date.now()): string {
    const { keys } = findVault(azure.running.emulator.state, 'kv-orders');
    const versions = keys.find(({ name }) => name === 'tde-orders')?.versions ?? [];
    const newest = versions.at(-1);
    assert.ok(newest);
    const version = 'aaaabbbbccccddddaaaabbbbccccdddd';
    const seconds = Math.floor(created / 1000);
    versions.push({ ...newest, version, created: seconds, updated: seconds, thumbprint: thumbprintOf(version) });
    return `kv-orders_tde-orders_${version}`;
  }
  const namesOn = async (server: string) =>
    (await azure.arm.get(`${id(server)}/keys`)).body.value?.map(({ name }) => name) ?? [];
  const protectorOf = async (server: string) =>
    (await azure.arm.get(`${id(server)}/encryptionProtector/current`)).body.properties?.serverKeyName;

  it('does not happen by default', async () => {
    const added = addVersion();
    assert.ok(!(await namesOn('sql-orders-weu')).includes(added));
  });

  it('adds the new version as a server key to the secondary and the primary, uses it, and keeps the old one', async () => {
    azure.running.emulator.options.rotationMs = 0;
    const before = await namesOn('sql-orders-weu');
    const added = addVersion();
    assert.equal(await protectorOf('sql-orders-weu'), added);
    assert.deepEqual(new Set(await namesOn('sql-orders-weu')), new Set([...before, added]));
    assert.ok((await namesOn('sql-orders-neu')).includes(added));
  });

  it('waits as long as the option says', async () => {
    azure.running.emulator.options.rotationMs = 3_600_000;
    const added = addVersion();
    assert.notEqual(await protectorOf('sql-orders-weu'), added);
    azure.running.emulator.options.rotationMs = 1000;
    addVersion(Date.now() - 5000);
    assert.equal(await protectorOf('sql-orders-weu'), added);
  });

  it('does not happen if a partner may not use the new version', async () => {
    azure.running.emulator.options.rotationMs = 0;
    const { state } = azure.running.emulator;
    const { principalId } = stateOf('sql-orders-neu');
    state.roleAssignments = state.roleAssignments.filter((a) => a.principalId !== principalId);
    const added = addVersion();
    assert.notEqual(await protectorOf('sql-orders-weu'), added);
  });

  it('adds the new version to a database with its own TDE protector, and keeps the old one', async () => {
    azure.running.emulator.options.rotationMs = 0;
    const database = `${id('sql-inventory-weu')}/databases/suppliers`;
    const stored = stateOf('sql-inventory-weu').databases.find(({ name }) => name === 'suppliers');
    assert.ok(stored);
    const before = stored.encryptionProtector;
    stored.autoRotation = true;
    const { body } = await azure.arm.get(`${database}?$expand=keys&api-version=2023-08-01`);
    const newest = uriOf('kv-billing', 'tde-billing');
    assert.notEqual(before, newest);
    assert.equal(body.properties?.encryptionProtector, newest);
    assert.deepEqual(Object.keys(body.properties.keys as object), [before, newest]);
  });
});
