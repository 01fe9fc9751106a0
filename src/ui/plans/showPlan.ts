import { l10n } from 'vscode';
import type { Finding } from '../../core/errors/finding';
import type { Plan } from '../../core/plan/plan';
import { planDocument, type PlanProgress } from '../../core/plan/planDocument';
import { showMarkdown } from '../showMarkdown';

/**
 * Shows a plan as a document.
 * @param progress the steps that are done, and why the plan has stopped
 */
export async function showPlan(plan: Plan, findings: readonly Finding[], progress?: PlanProgress): Promise<void> {
  await showMarkdown(l10n.t('Plan of {0}', plan.first.name), planDocument(plan, findings, progress));
}
