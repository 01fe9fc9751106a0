import assert from 'node:assert/strict';
import { parseKeyIdentifier } from '../../src/core/keys/keyIdentifier';
import { serverKeyRequest } from '../../src/core/creation/creation';
import type { ServerKey, SqlServer } from '../../src/core/model';
import type { Step } from '../../src/core/plan/rotationPlan';
import { runPlan, type PlanHost } from '../../src/core/plan/runPlan';
import { planChaos } from './planRuns';

const { PLAN_SEED, CHAOS_RUNS = '2000' } = process.env;
/** Plans need fewer runs than single operations. */
const share = 0.5;

const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, seed) => seed);

/** The invariants that runs broke, with the variable that repeats each. */
async function violations(seeds: readonly number[], run: typeof runPlan, isLenient = false): Promise<string> {
  const found: string[] = [];
  const chaos = planChaos(isLenient);
  for (const seed of seeds) {
    const broken = await chaos(seed, run);
    if (broken.length > 0) found.push(`PLAN_SEED=${seed}: ${broken.join('; ')}`);
  }
  return found.join('\n');
}

/** Sends a step without any read. */
async function send({ azure, cloud }: PlanHost, step: Step): Promise<void> {
  if (step.kind === 'compareThumbprints') return;
  const uri = step.keyIdentifier;
  const parsed = parseKeyIdentifier(uri, cloud);
  assert.ok(parsed.ok);
  if (step.kind === 'createServerKey') {
    await azure.serverKeys.create(step.server as SqlServer, serverKeyRequest({ key: parsed.key }));
  } else {
    await azure.tdeProtectors.set(
      step.server,
      { id: `${step.server.id}/keys/new`, uri } as ServerKey,
      step.autoRotation,
    );
  }
}

/** Sends steps one after the other, and ends as a correct run does. */
const careless =
  (order: (steps: readonly Step[]) => readonly Step[]): typeof runPlan =>
  async ({ steps }, host) => {
    for (const step of order(steps)) {
      try {
        await send(host, step);
      } catch (error) {
        return { end: { kind: 'failed', step, error }, done: [] };
      }
    }
    return { end: { kind: 'done', warnings: [] }, done: steps };
  };

describe('plans during faults, closed windows, and changes of someone else', function () {
  this.timeout('1h');

  it('change no TDE protector too early, write once, and end as planned or with a reason', async () => {
    const seeds = PLAN_SEED ? [Number(PLAN_SEED)] : seedsTo(Number(CHAOS_RUNS) * share);
    const began = performance.now();
    assert.equal(await violations(seeds, runPlan), '');
    console.log(`    ${seeds.length} runs of plans in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  });

  it('are judged: runs that send without reading, in another order, or nothing at all are found', async () => {
    const few = seedsTo(20);
    const inOrder = await violations(
      few,
      careless((steps) => steps),
    );
    assert.match(inOrder, /was written 2 times/);
    assert.match(inOrder, /was changed before the barrier held/);
    assert.match(
      await violations(
        few,
        careless((steps) => steps.toReversed()),
        true,
      ),
      /lacks the TDE protector/,
    );
    assert.match(
      await violations(
        few,
        careless(() => []),
      ),
      /told that the plan is done, but it is not/,
    );
    const giveUp: typeof runPlan = () => Promise.resolve({ end: { kind: 'differs', problems: ['x'] }, done: [] });
    assert.match(await violations(few, giveUp), /stopped without a reason: x/);
    const fail: typeof runPlan = ({ steps: [step = assert.fail()] }) =>
      Promise.resolve({ end: { kind: 'failed', step, error: new TypeError('mistake') }, done: [] });
    assert.match(await violations(few, fail), /TypeError: mistake/);
    const stop: typeof runPlan = () => Promise.resolve({ end: { kind: 'stopped' }, done: [] });
    assert.match(await violations(few, stop), /the plan never ended/);
  });
});
