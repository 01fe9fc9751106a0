import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { l10n, Uri, window, workspace } from 'vscode';
import type { PlanHead } from '../../core/plan/plan';
import type { ServerPlace } from '../../core/ports';
import { parsePlan, savedPlan, type SavablePlan } from '../../core/plan/savedPlan';
import { showFailure } from '../failures/notifyFailure';
import { planFileEnd } from '../ids';
import { notify } from '../messages';
import type { Services } from '../services';

/** VS Code compares only the part of a file name after the last dot. */
const filters = () => ({ [l10n.t('Plans')]: ['json'] });

/** Steps as a plan that can be saved. */
export const newPlan = <Content extends object>({ cloud }: Services, content: Content): Content & PlanHead => ({
  ...content,
  id: randomUUID(),
  cloud: cloud().resourceManager,
  created: new Date(),
});

/**
 * Saves a plan to a file that the user chooses.
 * @param server whose name the file has
 */
export async function savePlan(services: Services, plan: SavablePlan, server: ServerPlace): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  const name = `${server.name}.${planFileEnd}`;
  const defaultUri = Uri.joinPath(folder?.uri ?? Uri.file(homedir()), name);
  const file = await window.showSaveDialog({ defaultUri, filters: filters(), title: l10n.t('Save Plan') });
  if (!file) return;
  try {
    await workspace.fs.writeFile(file, new TextEncoder().encode(savedPlan(plan)));
    void notify('info', l10n.t('Plan saved. "Run Plan…" opens it again.'));
  } catch (error) {
    await showFailure(services, error);
  }
}

/** Reads the plan in a file, or asks for a file. @returns undefined if the user cancels or the file has no plan to run */
export async function openPlan(services: Services, given?: Uri): Promise<SavablePlan | undefined> {
  const [file] = given
    ? [given]
    : ((await window.showOpenDialog({ filters: filters(), title: l10n.t('Open Plan') })) ?? []);
  if (!file) return undefined;
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const result = parsePlan(text, services.cloud());
  if ('plan' in result) return result.plan;
  void notify('warning', result.problem);
  return undefined;
}
