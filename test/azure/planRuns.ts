import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { Plan } from '../../src/core/plan/plan';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { rotationPlan } from '../../src/core/plan/rotationPlan';
import { runPlan, type PlanHost, type PlanResult } from '../../src/core/plan/runPlan';
import type { Azure } from '../../src/core/ports';
import type { State } from '../emulator/base/state';
import { addReplicaVault, moveReplica, primary, replicaVault } from '../failoverPair';
import {
  changeState,
  connectToEmulator,
  emulator,
  emulatorCloud,
  findKey,
  findServer,
  resetEmulator,
  subscriptionIds,
} from './connection';

/** What a plan rotates, and to which key. */
interface Rotation {
  readonly first: string;
  /** The vault and the name. */
  readonly key: readonly [string, string];
  readonly isVersionless?: true;
  /** The vault with the new key of the replica, if it gets another one. */
  readonly own?: string;
}

const ofPair: Rotation = { first: primary, key: ['kv-orders', 'tde-orders-next'] };
const ofBilling: Rotation = { first: 'sql-billing-weu', key: ['kv-billing', 'tde-billing'] };

/** Moves the replica to another subscription, and gives the group of the primary a name with all kinds of characters that Azure allows. */
function renameGroup(state: State): void {
  moveReplica(state);
  Object.assign(state, JSON.parse(JSON.stringify(state).replaceAll('rg-orders', 'rg_Größe-(a.b)')));
}

/** One plan of each kind, and what it changes in the demo estate before. */
const kinds: Readonly<Record<string, Rotation & { readonly prepare?: (state: State) => void }>> = {
  'one server': ofBilling,
  'a pair': ofPair,
  'a pair with a vault for each server': { ...ofPair, own: replicaVault, prepare: addReplicaVault },
  'a key without a version': { ...ofBilling, isVersionless: true },
  'a managed HSM': { first: 'sql-hr-weu', key: ['hsm-contoso', 'tde-hsm'] },
  'two subscriptions, and unusual names': { ...ofPair, prepare: renameGroup },
};

export const planKinds = Object.keys(kinds);

/** Plans a rotation, by default of the failover pair. */
export async function planFor(azure: Azure, rotation: Partial<Rotation> = {}): Promise<Plan> {
  const { first, key, isVersionless, own } = { ...ofPair, ...rotation };
  const identifierOf = async (vault: string) => {
    const newest = await findKey(azure, vault, key[1]);
    const { version: _, ...latest } = newest;
    return formatKeyIdentifier(isVersionless ? latest : newest);
  };
  const server = await findServer(azure, first);
  const group = await readRotationGroup(azure, server, await subscriptionIds(azure), AbortSignal.timeout(10_000));
  assert.ok('servers' in group);
  const ownKey = own && (await identifierOf(own));
  const ownKeys = group.servers
    .slice(1)
    .flatMap(({ server: { id } }) => (ownKey ? [{ server: id, keyIdentifier: ownKey }] : []));
  const planned = rotationPlan(group.servers, await identifierOf(key[0]), true, ownKeys);
  return { ...planned, id: randomUUID(), cloud: emulatorCloud().resourceManager, created: new Date() };
}

/** Runs a plan without its checks. */
export async function runWith(azure: Azure, plan: Plan, changes: Partial<PlanHost> = {}): Promise<PlanResult> {
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

/** Fails unless the steps of a plan of this kind, carried out in another way, end in the same state as its run. */
export async function assertSameEnd(kind: string, carryOut: (plan: Plan) => Promise<void>): Promise<void> {
  const { prepare = () => undefined, ...rotation } = kinds[kind] ?? assert.fail(kind);
  const start = async () => {
    await resetEmulator();
    await changeState(prepare);
    return connectToEmulator();
  };
  const azure = await start();
  const plan = await planFor(azure, rotation);
  const before = await serverKeys();
  assert.equal((await runWith(azure, plan)).end.kind, 'done');
  const expected = await serverKeys();
  assert.notDeepEqual(expected, before);
  await start();
  await carryOut(plan);
  assert.deepEqual(await serverKeys(), expected);
}

/** The TDE protector of every server, and the key identifiers of its server keys. */
const serverKeys = async () =>
  (await emulator.state()).servers.map(({ name, protector, keys }) => ({
    ...{ name, protector },
    uris: keys.map(({ uri }) => uri).sort(),
  }));
