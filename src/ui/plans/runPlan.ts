import { l10n } from 'vscode';
import type { Plan } from '../../core/plan/plan';
import { differences, stepsLeft } from '../../core/plan/planState';
import { titleOf } from '../../core/plan/planTexts';
import { readRotationGroup } from '../../core/plan/rotationGroup';
import type { Step } from '../../core/plan/rotationPlan';
import type { PlanHost } from '../../core/plan/runPlan';
import { confirmProduction } from '../confirmProduction';
import { allSubscriptions } from '../allSubscriptions';
import { showFailure } from '../failures/notifyFailure';
import { logFailure } from '../failures/report';
import { rightsObstacles } from '../fixes/rightsObstacles';
import { askModal, notify } from '../messages';
import { settleBefore } from '../operations/settleBefore';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress, readWithProgress, type Progress } from '../progress';
import type { Services } from '../services';
import { checkPlan } from './planChecks';
import { enterAsDone, entryOf, recordedRun } from './planEntry';
import { showPlan } from './showPlan';
import { showResult } from './showResult';

/** Runs what is left of a plan, with the user's consent. A failure is shown; nothing is thrown. */
export async function askAndRun(services: Services, plan: Plan): Promise<void> {
  try {
    const subscriptionIds = (await allSubscriptions(services)).subscriptions.map(({ id }) => id);
    if (!(await mayRun(services, plan, subscriptionIds))) return;
    const changed = plan.steps.flatMap((step) => (step.kind === 'setProtector' ? [step.server] : []));
    if (!(await confirmProduction(services, changed)) || !(await mayStart(services, plan))) return;
    const title = l10n.t('Rotating the TDE protector of "{0}"…', plan.first.name);
    const stopped = () => l10n.t('Stopping after the step that runs. No other step starts.');
    const { end } = await changeWithProgress(services, title, stopped, async (progress) =>
      recordedRun(services, plan, await hostOf(services, plan, subscriptionIds, progress)),
    );
    await showResult(services, plan, await end, () => askAndRun(services, plan));
  } catch (error) {
    await showFailure(services, error);
  }
}

/** Waits for changes of other windows, with the user's consent. Tells if this window runs the plan already. */
async function mayStart(services: Services, plan: Plan): Promise<boolean> {
  const servers = plan.servers.map(({ server }) => server);
  if (!(await waitForTurn(services, servers))) return false;
  const known = await entryOf(services, plan);
  if (known?.waits !== 'thisWindow') return true;
  void notify('info', l10n.t('The plan is already running. "Show Operations…" shows when it ends.'));
  return false;
}

/** Reads the servers, and asks for consent to the steps that are left. */
async function mayRun(services: Services, plan: Plan, subscriptionIds: readonly string[]): Promise<boolean> {
  const azure = await services.azure.get();
  const reading = l10n.t('Reading the servers that replicate with "{0}"…', plan.first.name);
  const group = await readWithProgress(services, reading, ({ signal }) =>
    readRotationGroup(azure, plan.first, subscriptionIds, signal),
  );
  if (!group) return false;
  const servers = 'servers' in group ? group.servers : [];
  const problems = 'problem' in group ? [group.problem] : differences(plan, servers);
  const left = stepsLeft(plan, servers);
  const done = plan.steps.filter((step) => !left.includes(step));
  if (problems.length > 0) {
    await showResult(services, plan, { end: { kind: 'differs', problems }, done }, () => askAndRun(services, plan));
    return false;
  }
  if (left.length === 0) {
    await enterAsDone(services, plan);
    void notify('info', l10n.t('Nothing to run: all steps of the plan are done.'));
    return false;
  }
  return isConfirmed(services, plan, left, done);
}

async function isConfirmed(
  services: Services,
  plan: Plan,
  left: readonly Step[],
  done: readonly Step[],
): Promise<boolean> {
  const answered = services.questions.askedFromNow();
  const azure = await services.azure.get();
  const idsOf = (kind: Step['kind']) => [
    ...new Set(left.flatMap((step) => (step.kind === kind && 'server' in step ? [step.server.id] : []))),
  ];
  const obstacles =
    (await rightsObstacles(azure, 'createOnReplicas', idsOf('createServerKey'))) +
    (await rightsObstacles(azure, 'setProtector', idsOf('setProtector')));
  await answered();
  const detail = [
    ...(done.length > 0 ? [l10n.t('{0} of {1} steps are done. The others:', done.length, plan.steps.length)] : []),
    ...left.map((step) => `${plan.steps.indexOf(step) + 1}. ${titleOf(step)}`),
    '',
    l10n.t('The servers are read and checked before each change. The first problem stops the plan.'),
    l10n.t('Can be undone: the plan has the commands. Keep the earlier keys, because backups may need them.'),
  ].join('\n');
  const isResumed = done.length > 0;
  const question = isResumed
    ? l10n.t('Resume the rotation of the TDE protector of "{0}"?', plan.first.name)
    : l10n.t('Rotate the TDE protector of "{0}"?', plan.first.name);
  const run = { title: isResumed ? l10n.t('Resume Plan') : l10n.t('Run Plan'), run: () => true };
  const show = {
    title: l10n.t('Show Plan'),
    run: async () => {
      await showPlan(plan, [], { done });
      return false;
    },
  };
  return (await askModal('warning', question, obstacles + detail, run, show)) ?? false;
}

async function hostOf(
  services: Services,
  plan: Plan,
  subscriptionIds: readonly string[],
  { signal, report }: Progress,
): Promise<PlanHost> {
  return {
    azure: await services.azure.get(),
    cloud: services.cloud(),
    subscriptionIds,
    signal,
    report: (count, step) => {
      report(l10n.t('{0} of {1}: {2}', count + 1, plan.steps.length, titleOf(step)));
    },
    onChanged: (server) => {
      services.tree.refreshServer(server).catch((error: unknown) => logFailure(services, error));
    },
    check: (kind, servers) => checkPlan(services, plan, kind, servers, signal),
    settle: (change) => settleBefore(services, change, signal),
  };
}
