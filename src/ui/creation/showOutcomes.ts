import { openReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { l10n } from 'vscode';
import { outcomeReport, outcomeSentence, type CreationOutcome } from '../../core/creation/creationReport';
import { logFailure } from '../failures/report';
import { notify, type Action, type Severity } from '../messages';
import type { Services } from '../services';

/**
 * Shows all results in one notification, with a report to read.
 * @param next what to offer in addition to the report
 */
export async function showOutcomes(
  services: Services,
  outcomes: readonly CreationOutcome[],
  next: Action<void> | undefined,
): Promise<void> {
  const at = new Date();
  await refreshRows(services, outcomes);
  const severity = severityOf(outcomes);
  const sentence = outcomeSentence(outcomes);
  const others = next ? [next] : [];
  const show = async () => {
    await openReadOnlyContent({ label: 'server-keys', fullId: at.toISOString() }, outcomeReport(outcomes, at), '.txt');
    // The user may want to continue after reading the report.
    if (next) await notify(severity, sentence, next);
  };
  await notify(severity, sentence, { title: l10n.t('Show Results'), run: show }, ...others);
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
