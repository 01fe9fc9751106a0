import assert from 'node:assert/strict';
import { isArmError } from '../../src/core/armError';
import { formatKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import type { Plan } from '../../src/core/plan/plan';
import { readRotationGroup } from '../../src/core/plan/rotationGroup';
import { asText } from '../../src/core/markdown';
import { planDocument } from '../../src/core/plan/planDocument';
import { titleOf } from '../../src/core/plan/planTexts';
import type { Step } from '../../src/core/plan/rotationPlan';
import type { PlanHost, PlanResult } from '../../src/core/plan/runPlan';
import { parsePlan, savedPlan } from '../../src/core/plan/savedPlan';
import type { Change } from '../../src/core/operations/change';
import type { Azure } from '../../src/core/ports';
import {
  changeState,
  connectToEmulator,
  emulator,
  emulatorCloud,
  findKey,
  findServer,
  found,
  resetEmulator,
  subscriptionIds,
} from './connection';
import { subscriptions } from '../emulator/seeds/demoNames';
import {
  addReplicaVault,
  changesIn,
  inOrder,
  moveReplica,
  primary,
  replaceGroupByLink,
  replica,
  replicaVault,
} from '../failoverPair';
import { planFor, runWith } from './planRuns';

const finished = { kind: 'done', warnings: [] } as const;

const changesSent = async (): Promise<string[]> => changesIn(await emulator.requests());

/** How Azure refuses a change: at once, or in the operation that it starts. */
const failures = [
  ['is refused', { status: 409, code: 'Conflict' }, 'Conflict'],
  ['fails in Azure', { when: 'poll', code: 'AzureKeyVaultConnectionFailed' }, 'AzureKeyVaultConnectionFailed'],
] as const;

function savedAndRead(plan: Plan): Plan {
  const parsed = parsePlan(savedPlan(plan), emulatorCloud());
  assert.ok('plan' in parsed && 'steps' in parsed.plan);
  return parsed.plan;
}

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
    assert.deepEqual((await run()).end, finished);
    assert.deepEqual(await changesSent(), inOrder);
    for (const name of [primary, replica]) {
      const protector = await azure.tdeProtectors.get(await findServer(azure, name));
      assert.deepEqual([protector.uri, protector.autoRotation], [plan.keyIdentifier, plan.autoRotation]);
    }
  });

  it('does the same for managed instances of a failover group', async () => {
    const [first, second] = ['sqlmi-orders-weu', 'sqlmi-orders-neu'];
    plan = await planFor(azure, { first });
    await emulator.clearRequests();
    assert.deepEqual((await run()).end, finished);
    assert.deepEqual(await changesSent(), [
      `${second} keys`,
      `${first} keys`,
      `${second} encryptionProtector`,
      `${first} encryptionProtector`,
    ]);
  });

  it('sends nothing a second time when it has finished', async () => {
    await run();
    await emulator.clearRequests();
    assert.deepEqual((await run()).end, finished);
    assert.deepEqual(await changesSent(), []);
  });

  for (const [failing, change] of inOrder.entries()) {
    const match = { method: 'PUT', path: `/servers/${change.replace(' ', '/')}/` };
    const isComparison = ({ kind }: Step) => kind === 'compareThumbprints';

    for (const [how, fault, code] of failures) {
      it(`stops if the change of ${change} ${how}, says what is done, and then finishes without sending another one twice`, async () => {
        await emulator.addFault({ match, ...fault, times: 1 });
        const { end, done } = await run();
        assert.ok(end.kind === 'failed' && isArmError(end.error) && end.error.code === code);
        assert.equal(done.filter((step) => !isComparison(step)).length, failing);
        assert.deepEqual(await changesSent(), inOrder.slice(0, failing + 1));
        const text = planDocument(plan, [], { done });
        assert.deepEqual(
          plan.steps.map((step) => text.includes(`. Done: **${asText(titleOf(step))}**`)),
          plan.steps.map((step) => done.includes(step)),
        );
        await emulator.clearRequests();
        assert.deepEqual((await run()).end, finished);
        assert.deepEqual(await changesSent(), inOrder.slice(failing));
      });
    }

    it(`continues if the answer to the change of ${change} is lost, and doesn't send it again`, async () => {
      await emulator.addFault({ match, behavior: 'reset', when: 'afterEffect', times: 1 });
      assert.deepEqual((await run()).end, finished);
      assert.deepEqual(await changesSent(), inOrder);
    });

    it(`starts no change after ${change} on Cancel, and resumes with the next one`, async () => {
      const stop = new AbortController();
      let changed = 0;
      const onChanged = () => {
        if (changed++ === failing) stop.abort();
      };
      const { end } = await run({ signal: stop.signal, onChanged });
      assert.equal(end.kind, failing === inOrder.length - 1 ? 'done' : 'stopped');
      assert.deepEqual(await changesSent(), inOrder.slice(0, failing + 1));
      await run();
      assert.deepEqual(await changesSent(), inOrder);
    });
  }

  it('changes no TDE protector after a failover between the phases', async () => {
    const failOver = () =>
      changeState(({ failoverGroups, replicationLinks }) => {
        for (const group of failoverGroups) {
          const before = group.primary;
          group.primary = group.secondaries[0] ?? assert.fail();
          group.secondaries = [before];
        }
        for (const link of replicationLinks) [link.primary, link.secondary] = [link.secondary, link.primary];
      });
    const result = await runUntilFlip(failOver);
    assert.ok(result.end.kind === 'differs');
    assert.ok(result.end.problems.includes(`The replication of "${primary}" has changed.`));
    assert.ok(!(await changesSent()).some((change) => change.endsWith('encryptionProtector')));
  });

  it('changes no TDE protector if the key has another thumbprint on a server', async () => {
    const result = await runUntilFlip(() =>
      changeState(({ servers }) => {
        const { keys } = servers.find(({ name }) => name === replica) ?? assert.fail();
        for (const key of keys) if (key.uri === plan.keyIdentifier) key.thumbprint = '00';
      }),
    );
    assert.ok(result.end.kind === 'differs');
    assert.match(
      result.end.problems.join(),
      /^https:.* has different thumbprints on "sql-orders-weu", "sql-orders-neu"\.$/,
    );
    assert.ok(!(await changesSent()).some((change) => change.endsWith('encryptionProtector')));
  });

  it('changes nothing if another key has become the TDE protector, or a check fails', async () => {
    const refused = await run({ check: () => Promise.resolve([{ outcome: 'fail', text: 'expired', codes: [] }]) });
    assert.equal(refused.end.kind, 'refused');
    await changeState(({ servers }) => {
      const server = servers.find(({ name }) => name === primary) ?? assert.fail();
      server.protector = { serverKeyName: server.keys[0]?.name ?? '', autoRotationEnabled: false };
    });
    assert.deepEqual((await run()).end, {
      kind: 'differs',
      problems: [`The TDE protector of "${primary}" is another key now.`],
    });
    assert.deepEqual(await changesSent(), []);
  });

  it('runs as planned after it was saved and read again', async () => {
    const read = savedAndRead(plan);
    assert.deepEqual(read.steps.length, plan.steps.length);
    assert.deepEqual((await runWith(azure, read)).end, finished);
    assert.deepEqual(await changesSent(), inOrder);
  });

  /** Suspends the replication of all failover groups. */
  const suspend = () =>
    changeState(({ failoverGroups }) => {
      for (const group of failoverGroups) group.suspended = true;
    });

  it('changes nothing while a replica has not caught up, and no TDE protector if that happens between the phases', async () => {
    const refused = await runUntilFlip(suspend);
    assert.deepEqual(refused.end, {
      kind: 'refused',
      findings: [{ outcome: 'fail', text: `"${replica}" hasn't caught up with "${primary}": SUSPENDED`, codes: [] }],
    });
    assert.equal((await run()).end.kind, 'refused');
    assert.deepEqual(await changesSent(), [], 'since the replication was suspended');
  });

  it('warns if a replica has not caught up after the last TDE protector', async () => {
    const result = await run({ azure: afterLastChange(suspend) });
    assert.deepEqual(result.end, {
      kind: 'done',
      warnings: [`"${replica}" hasn't caught up with "${primary}": SUSPENDED.`],
    });
  });

  it('says so if the TDE protectors are not as planned after the last one', async () => {
    const goBack = () =>
      changeState(({ servers }) => {
        const server = servers.find(({ name }) => name === replica) ?? assert.fail();
        server.protector = { serverKeyName: server.keys[0]?.name ?? '', autoRotationEnabled: true };
      });
    const { end, done } = await run({ azure: afterLastChange(goBack) });
    assert.ok(end.kind === 'differs');
    assert.ok(end.problems.includes(`The TDE protector of "${replica}" isn't the new key.`));
    assert.equal(done.length, plan.steps.length);
  });

  it('runs the checks before the first server key, and again right before each TDE protector', async () => {
    const checks: string[] = [];
    const check = async (kind: string) => {
      checks.push(`${kind} after ${(await changesSent()).length}`);
      return [];
    };
    await run({ check });
    assert.deepEqual(checks, ['createServerKey after 0', 'setProtector after 2', 'setProtector after 3']);
  });

  /** Azure, whose state changes right after the second TDE protector has been set. */
  function afterLastChange(act: () => Promise<void>): Azure {
    let isLast = false;
    const set: Azure['tdeProtectors']['set'] = async (...args) => {
      const protector = await azure.tdeProtectors.set(...args);
      if (isLast) await act();
      isLast = true;
      return protector;
    };
    return { ...azure, tdeProtectors: { ...azure.tdeProtectors, set } };
  }

  /** Runs the first phase, changes the state, and then runs the rest. */
  async function runUntilFlip(between: () => Promise<void>): Promise<PlanResult> {
    let isChanged = false;
    const settle = async ({ kind }: Change): Promise<void> => {
      if (kind === 'setProtector' && !isChanged) {
        isChanged = true;
        await between();
      }
    };
    return run({ settle });
  }
});

describe('moving a failover pair to two vaults', () => {
  it('gives both servers both keys, its own first, and then makes each one the TDE protector of its server', async () => {
    await resetEmulator();
    await changeState(addReplicaVault);
    const azure = connectToEmulator();
    const own = formatKeyIdentifier(await findKey(azure, replicaVault, 'tde-orders-next'));
    const plan = await planFor(azure, { own: replicaVault });
    await emulator.clearRequests();
    assert.deepEqual((await runWith(azure, savedAndRead(plan))).end, finished);
    assert.deepEqual(await changesSent(), [
      ...inOrder.slice(0, 1),
      ...inOrder.slice(0, 1),
      ...inOrder.slice(1, 2),
      ...inOrder.slice(1),
    ]);
    const created = (await emulator.requests()).flatMap(({ method, path }) =>
      method === 'PUT' && path.includes('/keys/') ? [/kv-orders(-neu)?_/.exec(path)?.[0]] : [],
    );
    assert.deepEqual(created, ['kv-orders-neu_', 'kv-orders_', 'kv-orders_', 'kv-orders-neu_']);
    for (const [name, uri] of [
      [primary, plan.keyIdentifier],
      [replica, own],
    ] as const) {
      assert.equal((await azure.tdeProtectors.get(await findServer(azure, name))).uri, uri);
    }
  });
});

describe('a plan for a server with a replica in another subscription, without a failover group', () => {
  const hideId = () => {
    const properties = { partnerServer: replica, partnerRole: 'Secondary', replicationState: 'CATCH_UP' };
    const body = JSON.stringify({ value: [{ id: '/x/y', name: 'y', properties }] });
    return emulator.addFault({ match: { path: '/replicationLinks$' }, behavior: 'answer', body });
  };
  const searches = async () => (await emulator.requests()).filter(({ path }) => path.includes('ResourceGraph')).length;
  const groupIn = async (azure: Azure, ids: readonly string[]) => {
    const server = await findServer(azure, primary);
    await emulator.clearRequests();
    return readRotationGroup(azure, server, ids, AbortSignal.timeout(10_000));
  };
  const namesIn = (group: Awaited<ReturnType<typeof groupIn>>) =>
    'servers' in group ? group.servers.map(({ server }) => server.name) : [group.problem];
  let azure: Azure;
  beforeEach(async () => {
    await resetEmulator();
    await changeState(moveReplica);
    await changeState(replaceGroupByLink);
    azure = connectToEmulator();
  });

  it('finds the replica by its ID, without a search', async () => {
    assert.deepEqual(namesIn(await groupIn(azure, [])), [primary, replica]);
    assert.equal(await searches(), 0);
  });

  it('finds a replica whose ID Azure does not show by its name, in the subscriptions that the account can see', async () => {
    await hideId();
    assert.deepEqual(namesIn(await groupIn(azure, await subscriptionIds(azure))), [primary, replica]);
    assert.notEqual(await searches(), 0);
    assert.deepEqual(namesIn(await groupIn(azure, [subscriptions.production])), [
      `"${primary}" replicates with "${replica}", which isn't in a subscription that your account can see.`,
    ]);
  });

  it('runs, and changes nothing if the replica can no longer be read', async () => {
    const plan = await planFor(azure);
    await emulator.clearRequests();
    const path = `/servers/${replica}$`;
    const unread = { match: { method: 'GET', path }, status: 403, code: 'AuthorizationFailed', times: 1 };
    await emulator.addFault(unread);
    const { end, done } = await runWith(azure, plan);
    assert.ok(end.kind === 'failed' && isArmError(end.error) && end.error.code === 'AuthorizationFailed');
    assert.deepEqual([done, await changesSent()], [[], []]);
    assert.deepEqual((await runWith(azure, plan)).end, finished);
    assert.deepEqual(await changesSent(), inOrder);
  });
});

describe('a plan for a chain of replicas', () => {
  const second = 'sql-archive-neu';
  const problem = `"${replica}" is a replica and has a replica itself. With customer-managed keys, Azure SQL doesn't support a chain of replicas.`;
  let azure: Azure;
  beforeEach(async () => {
    await resetEmulator();
    azure = connectToEmulator();
  });

  /** Replicates the replica to another server. */
  const extend = () =>
    changeState(({ servers, replicationLinks }) => {
      const idOf = (name: string) => found(servers, name).id;
      replicationLinks.push({
        ...{ name: 'chain', database: 'orders' },
        primary: idOf(replica),
        secondary: idOf(second),
      });
    });

  it('is not made, whichever of the servers it starts with', async () => {
    await extend();
    const ids = await subscriptionIds(azure);
    for (const name of [primary, replica, second]) {
      const server = await findServer(azure, name);
      assert.deepEqual(await readRotationGroup(azure, server, ids, AbortSignal.timeout(10_000)), { problem });
    }
  });

  it('stops before its first change, with a sentence, if the chain was made after the plan', async () => {
    const plan = await planFor(azure);
    await extend();
    await emulator.clearRequests();
    const { end, done } = await runWith(azure, plan);
    assert.deepEqual([end, done], [{ kind: 'differs', problems: [problem] }, []]);
    assert.deepEqual(await changesSent(), []);
  });
});
