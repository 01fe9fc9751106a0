import { l10n } from 'vscode';
import type { Finding } from '../../core/errors/finding';
import type { Plan } from '../../core/plan/plan';
import { isReadOnly } from '../configuration';
import { offer, withResult, type Action } from '../messages';
import type { Services } from '../services';
import { copyPlan } from '../handOver/copyPlan';
import { savePlan } from '../handOver/savePlan';
import { remember } from './planStore';
import { askAndRun } from './runPlan';
import { showPlan } from './showPlan';

/** Remembers a new plan, shows it, and offers to run, save, or copy it. */
export async function offerPlan(services: Services, plan: Plan, findings: readonly Finding[]): Promise<void> {
  await remember(services, plan);
  await showPlan(plan, findings);
  const run: Action = { title: l10n.t('Run Plan…'), run: () => askAndRun(services, plan) };
  void offer(
    'info',
    l10n.t('Plan for "{0}" with {1} steps. Nothing has changed yet.', plan.first.name, plan.steps.length),
    ...(isReadOnly() ? [] : [withResult(run, false)]),
    withResult({ title: l10n.t('Save Plan…'), run: () => savePlan(services, plan, plan.first) }, true),
    withResult({ title: l10n.t('Copy As…'), run: () => copyPlan(services, plan) }, true),
  );
}
