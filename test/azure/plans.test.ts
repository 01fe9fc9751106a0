import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { Plan } from '../../src/core/plan/plan';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { runPlan, type PlanHost, type PlanResult } from '../../src/core/plan/runPlan';
import type { Azure } from '../../src/core/ports';
import {
  connectToEmulator,
  emulator,
  emulatorCloud,
  findKey,
  findServer,
  resetEmulator,
  subscriptionIds,
} from './connection';

const [primary, replica] = ['sql-orders-weu', 'sql-orders-neu'];

/** The changes that the emulator has received, in order: "server keys" and "server encryptionProtector". */
async function changesSent(): Promise<string[]> {
  const puts = (await emulator.requests()).filter(({ method }) => method === 'PUT');
  return puts.map(({ path }) => path.replace(/^.*\/servers\/([^/]*)\/([^/]*)\/.*$/, '$1 $2'));
}

const inOrder = [
  `${replica} keys`,
  `${primary} keys`,
  `${replica} encryptionProtector`,
  `${primary} encryptionProtector`,
];

describe('running a rotation plan for a failover pair', () => {
  let azure: Azure;
  let plan: Plan;
  beforeEach(async () => {
    await resetEmulator();
    azure = connectToEmulator();
    plan = await planFor(azure);
    await emulator.clearRequests();
  });

  const run = (changes: Partial<PlanHost> = {}) => runWith(azure, plan, changes);

  it('gives every server the key, replicas first, and then changes the TDE protectors in the same order', async () => {
    assert.deepEqual((await run()).end, { kind: 'done' });
    assert.deepEqual(await changesSent(), inOrder);
    for (const name of [primary, replica]) {
      const protector = await azure.tdeProtectors.get(await findServer(azure, name));
      assert.deepEqual([protector.uri, protector.autoRotation], [plan.keyIdentifier, plan.autoRotation]);
    }
  });

  it('sends nothing a second time when it has finished', async () => {
    await run();
    await emulator.clearRequests();
    assert.deepEqual((await run()).end, { kind: 'done' });
    assert.deepEqual(await changesSent(), []);
  });
});

async function planFor(azure: Azure): Promise<Plan> {
  const server = await findServer(azure, primary);
  const keyIdentifier = formatKeyIdentifier(await findKey(azure, 'kv-orders', 'tde-orders-next'));
  const group = await readRotationGroup(azure, server, await subscriptionIds(azure), AbortSignal.timeout(10_000));
  assert.ok('servers' in group);
  const made = new Date();
  const cloud = emulatorCloud().resourceManager;
  return { ...rotationPlan(group.servers, keyIdentifier, true), id: randomUUID(), cloud, made };
}

async function runWith(azure: Azure, plan: Plan, changes: Partial<PlanHost>): Promise<PlanResult> {
  const host: PlanHost = {
    azure,
    cloud: emulatorCloud(),
    subscriptionIds: await subscriptionIds(azure),
    signal: new AbortController().signal,
    report: () => undefined,
    onChanged: () => undefined,
    check: () => Promise.resolve([]),
    settle: () => Promise.resolve(),
    ...changes,
  };
  return runPlan(plan, host);
}
