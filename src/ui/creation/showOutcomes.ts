import { openReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { l10n, window } from 'vscode';
import { outcomeReport, outcomeSentence, type Outcome } from '../../core/creation/creationReport';
import { logFailure, type Action } from '../failures/report';
import type { Services } from '../services';

/**
 * Tells in one notification what has come of all, with a list to read.
 * @param next what may make up for those that failed
 */
export async function showOutcomes(
  services: Services,
  outcomes: readonly Outcome[],
  next: Action | undefined,
): Promise<void> {
  const at = new Date();
  await refreshRows(services, outcomes);
  const show = l10n.t('Show Results');
  const tell = messageFor(outcomes);
  const others = next ? [next.title] : [];
  let chosen = await tell(outcomeSentence(outcomes), show, ...others);
  if (chosen === show) {
    const node = { label: 'server-keys', fullId: at.toISOString() };
    await openReadOnlyContent(node, outcomeReport(outcomes, at), '.txt');
    // Those who have read why may want to go on.
    chosen = next && (await tell(outcomeSentence(outcomes), ...others));
  }
  if (chosen !== undefined) await next?.run();
}

function messageFor(outcomes: readonly Outcome[]) {
  const failed = outcomes.filter(({ result }) => result.kind === 'failed').length;
  return failed === 0
    ? (...texts: [string, ...string[]]) => window.showInformationMessage(...texts)
    : failed === outcomes.length
      ? (...texts: [string, ...string[]]) => window.showErrorMessage(...texts)
      : (...texts: [string, ...string[]]) => window.showWarningMessage(...texts);
}

async function refreshRows(services: Services, outcomes: readonly Outcome[]): Promise<void> {
  try {
    for (const server of new Set(outcomes.map(({ creation }) => creation.server))) {
      await services.tree.refreshServer(server);
    }
  } catch (error) {
    logFailure(services, error);
  }
}
