import { l10n, ThemeIcon } from 'vscode';
import type { Plan } from '../../core/plan/plan';
import { shortKeyName } from '../../core/plan/planTexts';
import { utcMinute } from '../../core/text';
import { listPlans } from '../plans/planStore';
import { askAndRun } from '../plans/runPlan';
import { openPlan } from '../handOver/savePlan';
import { pick, type Item } from '../quickPick';
import { offerRestoreKeys } from './addRestoreKeys';
import type { Handler } from './handler';
import { runChange } from './runChange';

/** Runs a recent or saved plan, or what is left of it. */
export const runPlan: Handler =
  (services) =>
  async (context, { file }) => {
    const choose = () =>
      pick(context.ui, async () => itemsOf(await listPlans(services.storage, services.cloud())), {
        title: l10n.t('Run Plan'),
        placeHolder: l10n.t('Select the plan to run'),
      });
    const chosen = file ? 'file' : await choose();
    const plan = chosen === 'file' ? await openPlan(services, file) : chosen;
    if (!plan) return;
    if ('step' in plan) await runChange(services, context, plan);
    else if ('source' in plan) await offerRestoreKeys(services, context, plan);
    else await askAndRun(services, plan);
  };

const itemsOf = (plans: readonly Plan[]): Item<Plan | 'file'>[] => [
  ...plans.map((plan) => ({
    label: l10n.t('Rotate "{0}"', plan.first.name),
    description: shortKeyName(plan.keyIdentifier),
    detail: l10n.t('{0} steps · created at {1}', plan.steps.length, utcMinute(plan.created)),
    iconPath: new ThemeIcon('list-ordered'),
    data: plan,
  })),
  {
    label: l10n.t('Open a Saved Plan…'),
    iconPath: new ThemeIcon('folder-opened'),
    data: 'file',
  },
];
