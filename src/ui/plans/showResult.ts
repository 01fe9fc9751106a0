import { l10n } from 'vscode';
import { listed } from '../../core/text';
import { stepsWithout } from '../../core/plan/planState';
import { shortKeyName } from '../../core/plan/planTexts';
import { notificationText } from '../../core/errors/diagnose';
import type { SqlServer } from '../../core/model';
import type { ServerPlace } from '../../core/ports';
import type { Finding } from '../../core/errors/finding';
import type { Plan } from '../../core/plan/plan';
import { keyOf, type PlanEnd, type PlanResult } from '../../core/plan/runPlan';
import { diagnoser } from '../failures/diagnoseCreation';
import { logFailure } from '../failures/report';
import { longestReadMs } from '../fixes/rightsObstacles';
import { notify, offer, withResult } from '../messages';
import type { Services } from '../services';
import { copyPlan } from '../handOver/copyPlan';
import { showPlan } from './showPlan';

/** Tells how a run ended: what was done, why it stopped, and what to do next. */
export async function showResult(
  services: Services,
  plan: Plan,
  { end, done }: PlanResult,
  resume: () => Promise<void>,
): Promise<void> {
  if (end.kind === 'done') {
    void notify(end.warnings.length > 0 ? 'warning' : 'info', [doneText(plan), ...end.warnings].join(' '));
    return;
  }
  const { reason, next, findings = [] } = await explain(services, end);
  const isOutdated = end.kind === 'differs';
  const left = stepsWithout(plan, done);
  const show = { title: l10n.t('Show Plan'), run: () => showPlan(plan, findings, { done, reason, next }) };
  const copy = { title: l10n.t('Copy As…'), run: () => copyPlan(services, { ...plan, steps: left }) };
  await offer(
    end.kind === 'failed' ? 'error' : end.kind === 'stopped' ? 'info' : 'warning',
    [stopText(done.length, plan.steps.length, reason), ...next.slice(0, 1)].join(' '),
    ...(isOutdated ? [] : [withResult({ title: l10n.t('Resume'), run: resume }, false)]),
    withResult(show, true),
    ...(isOutdated || left.length === 0 ? [] : [withResult(copy, true)]),
  );
}

function doneText({ steps, keyIdentifier, ownKeys }: Plan): string {
  const names = listed(steps.flatMap((step) => (step.kind === 'setProtector' ? [`"${step.server.name}"`] : [])));
  return ownKeys.length === 0
    ? l10n.t('Plan finished: "{0}" is the TDE protector of {1}.', shortKeyName(keyIdentifier), names)
    : l10n.t('Plan finished: {0} have their new TDE protectors.', names);
}

interface Explanation {
  /** A sentence. */
  readonly reason: string;
  /** What to do, as sentences, the most promising first. */
  readonly next: readonly string[];
  readonly findings?: readonly Finding[];
}

async function explain(services: Services, end: Exclude<PlanEnd, { kind: 'done' }>): Promise<Explanation> {
  switch (end.kind) {
    case 'stopped':
      return { reason: l10n.t('You stopped it.'), next: [] };
    case 'differs':
      return { reason: end.problems.join(' '), next: [l10n.t('Create a new plan.')] };
    case 'refused':
      return {
        reason: `${end.findings[0]?.text ?? ''}.`,
        next: [l10n.t('Fix this, then resume the plan.')],
        findings: end.findings,
      };
    case 'failed':
      return explainFailure(services, end);
  }
}

async function explainFailure(
  services: Services,
  { step, error }: Extract<PlanEnd, { kind: 'failed' }>,
): Promise<Explanation> {
  const server = 'server' in step ? await readServer(services, step.server) : undefined;
  const key = keyOf(step.keyIdentifier, services.cloud());
  const diagnosis = server
    ? await diagnoser(services, AbortSignal.timeout(longestReadMs))({ creation: { server, key }, error })
    : logFailure(services, error);
  return { reason: notificationText(diagnosis), next: diagnosis.steps };
}

/** Undefined if it can't be read: the failure that is known is the one to report. */
async function readServer({ azure }: Services, place: ServerPlace): Promise<SqlServer | undefined> {
  const { sqlServers } = await azure.get();
  return sqlServers.get(place, AbortSignal.timeout(longestReadMs)).catch(() => undefined);
}

const stopText = (done: number, all: number, reason: string): string =>
  done === 0
    ? l10n.t('Plan stopped before its first step: {0}', reason)
    : l10n.t('Plan stopped after {0} of {1} steps: {2}', done, all, reason);
