import { env, l10n } from 'vscode';
import { stepsOf, type Steps } from '../../core/export/exported';
import { formsFor, type Form } from '../../core/export/forms';
import type { ChangePlan } from '../../core/plan/singleStep';
import { notify, type Action } from '../messages';
import { pickAction } from '../quickPick';
import { newPlan, savePlan } from './savePlan';
import type { Services } from '../services';

/** Asks for a form, copies the steps in it, and says what the text needs. */
export async function copyPlan(services: Services, plan: Steps): Promise<void> {
  await pickAction(services, l10n.t('Copy Plan As'), l10n.t('Select what to copy the plan as'), copiesOf(plan));
}

/**
 * Asks for a form, and copies a change in it, or saves the change as a plan that someone can run later.
 * @param plan all its steps, if there are several
 */
export async function copyOrSave(services: Services, step: ChangePlan['step'], plan = stepsOf(step)): Promise<void> {
  const save = {
    title: l10n.t('Save as Plan…'),
    run: () => savePlan(services, newPlan(services, { step }), plan.first),
  };
  await pickAction(services, l10n.t('Copy or Save Change'), l10n.t('Select what to copy the change as, or save it'), [
    ...copiesOf(plan),
    save,
  ]);
}

const copiesOf = (plan: Steps): readonly Action[] =>
  formsFor(plan).map((form) => ({ title: form.title, run: () => copyAs(form, plan) }));

async function copyAs({ exportPlan }: Form, plan: Steps): Promise<void> {
  const { text, note } = exportPlan(plan);
  await env.clipboard.writeText(text);
  void notify('info', note);
}
