import { l10n } from 'vscode';
import { outcomeSentence, type CreationOutcome } from '../../core/creation/creationReport';
import { outcomeDocument } from '../../core/creation/outcomeDocument';
import { logFailure } from '../failures/report';
import { offer, withResult, type Action, type Severity } from '../messages';
import type { Services } from '../services';
import { showMarkdown } from '../showMarkdown';

/**
 * Shows all results in one notification, with a report to read.
 * @param others what to offer in addition to the report, at most two actions; those that return true keep the notification
 */
export async function showOutcomes(
  services: Services,
  outcomes: readonly CreationOutcome[],
  others: readonly Action<boolean>[],
): Promise<void> {
  const at = new Date();
  await refreshRows(services, outcomes);
  const show: Action = {
    title: l10n.t('Show Results'),
    run: () => showMarkdown(l10n.t('Results of several server keys'), outcomeDocument(outcomes, at)),
  };
  // The user may want to continue after reading the report.
  const goesOn = others.length > 0;
  await offer(severityOf(outcomes), outcomeSentence(outcomes), withResult(show, goesOn), ...others);
}

function severityOf(outcomes: readonly CreationOutcome[]): Severity {
  const failed = outcomes.filter(({ result }) => result.kind === 'failed').length;
  return failed === 0 ? 'info' : failed === outcomes.length ? 'error' : 'warning';
}

async function refreshRows(services: Services, outcomes: readonly CreationOutcome[]): Promise<void> {
  try {
    for (const server of new Set(outcomes.map(({ creation }) => creation.server))) {
      await services.tree.refreshServer(server);
    }
  } catch (error) {
    logFailure(services, error);
  }
}
