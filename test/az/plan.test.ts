import assert from 'node:assert/strict';
import { commandsOf, undoCommandsOf } from '../../src/core/plan/planCommands';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import {
  changeState,
  connectToEmulator,
  emulator,
  findKey,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
} from '../azure/connection';
import { addReplicaVault, primary, replica, replicaVault } from '../failoverPair';
import { signedInAz } from './azureCli';

const pair = [replica, primary];

const protectors = async () => {
  const { servers } = await emulator.state();
  return pair.map((name) => found(servers, name).protector);
};

describe('The commands of a rotation plan', function () {
  this.timeout(120_000);
  before(() => resetEmulator());
  const az = signedInAz();

  it('rotate a server and its replica, and set both back', async () => {
    const azure = connectToEmulator();
    const server = await findServer(azure, primary);
    const group = await readRotationGroup(azure, server, await subscriptionIds(azure), AbortSignal.timeout(10_000));
    assert.ok('servers' in group);
    const [{ keys, protector }] = group.servers;
    const earlier = keys.find(({ uri }) => uri !== undefined && uri !== protector.uri);
    assert.ok(earlier);
    const { steps } = rotationPlan(group.servers, earlier.uri ?? '', false);
    const before = await protectors();
    for (const { text } of steps.flatMap(commandsOf)) await az.run(text);
    for (const { serverKeyName } of await protectors()) assert.equal(serverKeyName, earlier.name);
    for (const { text } of undoCommandsOf(steps)) await az.run(text);
    assert.deepEqual(await protectors(), before);
  });

  it('move a server and its replica to a vault each', async () => {
    await changeState(addReplicaVault);
    const azure = connectToEmulator();
    const server = await findServer(azure, primary);
    const group = await readRotationGroup(azure, server, await subscriptionIds(azure), AbortSignal.timeout(10_000));
    assert.ok('servers' in group);
    const [own, key] = await Promise.all(
      [replicaVault, 'kv-orders'].map(async (vault) =>
        formatKeyIdentifier(await findKey(azure, vault, 'tde-orders-next')),
      ),
    );
    assert.ok(own && key);
    const ownKeys = group.servers.slice(1).map(({ server: { id } }) => ({ server: id, keyIdentifier: own }));
    const { steps } = rotationPlan(group.servers, key, true, ownKeys);
    for (const { text } of steps.flatMap(commandsOf)) await az.run(text);
    for (const [name, uri] of [
      [replica, own],
      [primary, key],
    ] as const) {
      const protector = await azure.tdeProtectors.get(await findServer(azure, name));
      assert.deepEqual([protector.uri, protector.autoRotation], [uri, true]);
    }
  });
});
