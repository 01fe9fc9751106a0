import { l10n } from 'vscode';
import type { Creation } from '../../../core/creation/creation';
import { createOne } from '../../creation/createOne';
import { checkAll } from '../../creation/checkAll';
import { runFix } from '../../fixes/runFix';
import { checksBeforeCreation } from '../../configuration';
import type { Services } from '../../services';
import { chosenKeys } from '../chosenKeys';
import { subscriptionNames } from '../serverPicks';
import { pick } from '../../quickPick';
import { required, type CreateServerKeyAnswers, type Question } from '../answers';
import { distinctFindings } from './summary';
import type { Summary } from './summary';
import { summaryRows, type Decision } from './summaryRows';

export const confirm = (services: Services): Question => ({
  id: 'confirm',
  needed: () => true,
  async ask(ui, answers, course) {
    let summary: Summary | undefined;
    const checkOnly = answers.checkOnly ?? false;
    let showAll = checkOnly;
    for (;;) {
      const items = async (signal: AbortSignal) => {
        summary ??= await readSummary(services, answers, signal);
        return summaryRows(summary, course, { showAll, checkOnly });
      };
      const decision = await pick<Decision>(ui, items, {
        placeHolder: checkOnly
          ? l10n.t('Review the checks; choose a row to change, fix, or copy it')
          : l10n.t('Review, then create; choose a row to change, fix, or copy it'),
        loadingPlaceHolder: l10n.t('Checking server, vault, and key…'),
      });
      switch (decision.kind) {
        case 'create':
          answers.confirmed = required(summary).creations;
          return;
        case 'close':
          return;
        case 'backTo':
          return course.backTo(decision.question);
        case 'showAll':
          showAll = true;
          break;
        case 'fix':
          // A failed fix shows a notification, and the wizard keeps every answer.
          await runFix(services, decision.found, (creation) => createOne(services, creation));
          summary = undefined;
      }
    }
  },
});

async function readSummary(services: Services, answers: CreateServerKeyAnswers, signal: AbortSignal): Promise<Summary> {
  const { newKey, vault, checkOnly } = answers;
  const servers = required(answers.servers);
  const { subscriptions } = await services.inventory.get();
  const keys = await chosenKeys(services, answers, signal);
  const planned = servers.flatMap((server) =>
    keys.map(({ id, facts }): Creation => ({ server, key: id, vault, vaultKey: facts, isNew: newKey !== undefined })),
  );
  const creations = await checkAll(services, planned, checkOnly ?? checksBeforeCreation(), signal);
  const counted = creations.filter(({ existing }) => checkOnly ?? !existing);
  return {
    servers,
    subscriptionName: subscriptionNames(subscriptions),
    vault: creations[0]?.vault,
    // Creations of the first server come first, one for each key.
    keys: creations
      .slice(0, keys.length)
      .map(({ key, vaultKey }) => ({ id: key, ...(vaultKey && { facts: vaultKey }) })),
    newKey,
    creations,
    findings: distinctFindings(counted.flatMap(({ findings = [] }) => findings)),
  };
}
