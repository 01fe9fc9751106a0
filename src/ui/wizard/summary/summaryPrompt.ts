import { l10n } from 'vscode';
import type { Creation } from '../../../core/creation/creation';
import { formatKeyIdentifier } from '../../../core/keys/keyIdentifier';
import type { NewServerKeys } from '../../../core/plan/singleStep';
import { createOne } from '../../creation/createOne';
import { checkAll } from '../../creation/checkAll';
import { runFix } from '../../fixes/runFix';
import { copyOrSave } from '../../handOver/copyPlan';
import { checksBeforeCreation } from '../../changeSettings';
import type { Services } from '../../services';
import { chosenKeys } from '../chosenKeys';
import { pickLive, type Rows } from '../../livePick';
import { subscriptionNames } from '../serverPicks';
import { required, type CreateServerKeyAnswers, type Question } from '../answers';
import { confirmMany } from './confirmMany';
import { distinctFindings } from './summary';
import type { Summary } from './summary';
import { summaryRows, type Decision } from './summaryRows';

export const confirm = (services: Services): Question => ({
  id: 'confirm',
  needed: () => true,
  async ask(_, answers, course) {
    let summary: Summary | undefined;
    const checkOnly = answers.checkOnly ?? false;
    for (;;) {
      const rows = (showAll: boolean) => summaryRows(required(summary), course, { showAll, checkOnly });
      const decision = await pickLive<Decision>(services, course.place(), {
        placeHolder: checkOnly
          ? l10n.t('Review the checks; choose a row to change, fix, or read it')
          : l10n.t('Review, then create; choose a row to change, fix, or read it'),
        loadingPlaceHolder: l10n.t('Checking server, vault, and key…'),
        load: async (signal) => {
          summary ??= await readSummary(services, answers, signal);
          return rows(checkOnly);
        },
        expand: ({ kind }) => (kind === 'showAll' ? afterExpanding(rows(false), rows(true)) : undefined),
      });
      switch (decision.kind) {
        case 'create':
          if (!(await confirmMany(required(summary).creations))) break;
          answers.confirmed = required(summary).creations;
          return;
        case 'close':
          return;
        case 'backTo':
          return course.backTo(decision.question, decision.isFix ? avoiding(summary) : {});
        case 'fix':
        case 'copyOrSave':
        case 'checkAgain':
        case 'showAll':
          summary = await carryOut(services, decision, required(summary));
      }
    }
  },
});

/** Does what doesn't end the wizard. @returns the summary if it is still true */
async function carryOut(services: Services, decision: Decision, summary: Summary): Promise<Summary | undefined> {
  if (decision.kind === 'copyOrSave') {
    await copyOrSave(services, newServerKeys(summary));
    return summary;
  }
  // A failed fix shows a notification, and the wizard keeps every answer.
  if (decision.kind === 'fix') await runFix(services, decision.found, (creation) => createOne(services, creation));
  return undefined;
}

function newServerKeys({ servers, keys }: Summary): NewServerKeys {
  const [first, ...others] = servers;
  return {
    kind: 'createServerKeys',
    servers: [required(first), ...others],
    keys: keys.map(({ id }) => formatKeyIdentifier(id)),
  };
}

/** Offers the key of the summary last. */
const avoiding = (summary: Summary | undefined): Pick<CreateServerKeyAnswers, 'avoided'> => {
  const key = summary?.keys[0];
  return key ? { avoided: key.id } : {};
};

/** The expanded rows, with the focus on the first one that is new. */
function afterExpanding(before: Rows<Decision>, { items }: Rows<Decision>): Rows<Decision> {
  const known = new Set(before.items.map(({ label }) => label));
  return { items, focused: items.find(({ label }) => !known.has(label)) };
}

async function readSummary(services: Services, answers: CreateServerKeyAnswers, signal: AbortSignal): Promise<Summary> {
  const { newKey, vault, checkOnly } = answers;
  const servers = required(answers.servers);
  const { subscriptions } = await services.inventory.get();
  const keys = await chosenKeys(services, answers, signal);
  const planned = servers.flatMap((server) =>
    keys.map((key): Creation => ({
      server,
      key: key.id,
      vault: key.vault ?? vault,
      vaultKey: key.facts,
      isNew: newKey !== undefined,
    })),
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
