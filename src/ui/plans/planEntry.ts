import type { Change } from '../../core/operations/change';
import { endedWith, type Known } from '../../core/operations/entry';
import type { Plan } from '../../core/plan/plan';
import { runPlan, type PlanHost, type PlanResult } from '../../core/plan/runPlan';
import { recordRun } from '../operations/recordRun';
import type { Services } from '../services';
import { remember } from './planStore';

/** Runs a plan as one operation of the journal, which has the ID of the plan. Running the plan again continues the operation. */
export async function recordedRun(services: Services, plan: Plan, host: PlanHost): Promise<PlanResult> {
  await remember(services, plan);
  let result: PlanResult | undefined;
  const run = async (): Promise<boolean> => {
    result = await runPlan(plan, host);
    return result.end.kind === 'done';
  };
  await recordRun(services, changeOf(plan), run, plan.id);
  if (!result) throw new Error('The plan has not run');
  return result;
}

/** What is there after the last step. */
function changeOf({ steps, first }: Plan): Change {
  const items = steps.flatMap((step) => {
    if (step.kind === 'compareThumbprints') return [];
    const { server, keyIdentifier } = step;
    const item = { server: server.id, keyIdentifier };
    return [step.kind === 'setProtector' ? { ...item, autoRotation: step.autoRotation } : item];
  });
  return { kind: 'runPlan', resource: first.id, items };
}

/** What the journal has about the last run of a plan; undefined before the first one. */
export async function entryOf({ journal }: Services, { id }: Plan): Promise<Known | undefined> {
  return (await (await journal.get()).list()).find(({ entry }) => entry.id === id);
}

/** Enters that all steps of a plan are done, if the journal has another end of its last run. */
export async function enterAsDone(services: Services, plan: Plan): Promise<void> {
  const known = await entryOf(services, plan);
  if (known?.waits !== 'nobody' || known.entry.state === 'succeeded') return;
  await (await services.journal.get()).save(endedWith(known.entry, undefined, Date.now()));
}
