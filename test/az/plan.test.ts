import assert from 'node:assert/strict';
import { commandsOf, undoCommandsOf } from '../../src/core/plan/planCommands';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { connectToEmulator, emulator, findServer, found, resetEmulator, subscriptionIds } from '../azure/connection';
import { signedInAz } from './azureCli';

const pair = ['sql-orders-neu', 'sql-orders-weu'];

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
    const server = await findServer(azure, 'sql-orders-weu');
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
});
