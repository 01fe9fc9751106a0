import { env, l10n } from 'vscode';
import { formsFor, type Form } from '../core/export/forms';
import type { Steps } from '../core/export/exported';
import { notify } from './messages';
import { pickAction } from './quickPick';
import type { Services } from './services';

/** Asks for a form, copies the steps in it, and says what the text needs. */
export async function copyPlan(services: Services, plan: Steps): Promise<void> {
  await pickAction(
    services,
    l10n.t('Copy Plan As'),
    l10n.t('Select what to copy the plan as'),
    formsFor(plan).map((form) => ({ title: form.title, run: () => copyAs(form, plan) })),
  );
}

async function copyAs({ exportPlan }: Form, plan: Steps): Promise<void> {
  const { text, note } = exportPlan(plan);
  await env.clipboard.writeText(text);
  void notify('info', note);
}
