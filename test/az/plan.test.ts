import assert from 'node:assert/strict';
import { commandsOf, undoCommandsOf } from '../../src/core/plan/planCommands';
import type { Plan } from '../../src/core/plan/plan';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { assertSameChange, changeNames } from '../azure/changeRuns';
import { connectToEmulator, emulator, findServer, found, resetEmulator, subscriptionIds } from '../azure/connection';
import { assertSameEnd, planKinds } from '../azure/planRuns';
import { primary, replica } from '../failoverPair';
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

  const runAll = async ({ steps }: Plan) => {
    for (const { text } of steps.flatMap(commandsOf)) await az.run(text);
  };

  for (const kind of planKinds) {
    it(`end in the same state as its run: ${kind}`, async () => {
      const isTooOld = kind === 'a key without a version' && isBefore(await az.json('az version'), 84);
      const same = assertSameEnd(kind, runAll);
      await (isTooOld ? assert.rejects(same, /The provided uri is invalid/) : same);
    });
  }
});

describe('The command of a change', function () {
  this.timeout(120_000);
  before(() => resetEmulator());
  const az = signedInAz();

  for (const name of changeNames) {
    it(`ends in the same state as that of the extension, if Azure CLI has it: ${name}`, async () => {
      const notes: string[] = [];
      const same = assertSameChange(name, async (step) => {
        for (const { text, note } of commandsOf(step)) {
          if (note !== undefined) notes.push(note);
          await az.run(text);
        }
      });
      const outcome = await same.then(
        () => 'the same',
        (error: unknown) => String(error),
      );
      const isMissing = notes.length > 0 && isBefore(await az.json('az version'), 46);
      assert.match(outcome, isMissing ? /misspelled or not recognized|unrecognized arguments/ : /^the same$/);
    });
  }
});

/** Whether Azure CLI is older than the version 2 with this number. */
function isBefore(versions: unknown, wanted: number): boolean {
  const { 'azure-cli': text } = versions as { 'azure-cli': string };
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return major < 2 || (major === 2 && minor < wanted);
}
