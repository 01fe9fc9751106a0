import { openReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { l10n, window } from 'vscode';
import { outcomeReport, outcomeSentence, type Outcome } from '../../../core/creationReport';
import { logFailure } from '../../diagnostics/report';
import type { Services } from '../../services';

/** Tells in one notification what has come of all, with a list to read and another try for what may still succeed. */
export async function showOutcomes(
  services: Services,
  outcomes: readonly Outcome[],
  tryAgain: () => Promise<void>,
): Promise<void> {
  const at = new Date();
  await refreshRows(services, outcomes);
  const show = l10n.t('Show Results');
  const again = outcomes.some(isWorthAnotherTry) ? [l10n.t('Try Again')] : [];
  const tell = messageFor(outcomes);
  let chosen = await tell(outcomeSentence(outcomes), show, ...again);
  if (chosen === show) {
    const node = { label: l10n.t('server-keys'), fullId: at.toISOString() };
    await openReadOnlyContent(node, outcomeReport(outcomes, at), '.txt');
    // Those who have read why may want another try.
    chosen = again.length > 0 ? await tell(outcomeSentence(outcomes), ...again) : undefined;
  }
  if (chosen !== undefined) await tryAgain();
}

const isWorthAnotherTry = ({ result }: Outcome): boolean =>
  result.kind === 'notStarted' || (result.kind === 'failed' && result.diagnosis.retryMode !== 'never');

function messageFor(outcomes: readonly Outcome[]) {
  const failed = outcomes.filter(({ result }) => result.kind === 'failed').length;
  return failed === 0
    ? (...texts: [string, ...string[]]) => window.showInformationMessage(...texts)
    : failed === outcomes.length
      ? (...texts: [string, ...string[]]) => window.showErrorMessage(...texts)
      : (...texts: [string, ...string[]]) => window.showWarningMessage(...texts);
}

async function refreshRows({ tree, log }: Services, outcomes: readonly Outcome[]): Promise<void> {
  try {
    for (const server of new Set(outcomes.map(({ creation }) => creation.server))) {
      const row = await tree.findServer(server);
      if (row) tree.refresh(row);
    }
  } catch (error) {
    logFailure(log, error);
  }
}
