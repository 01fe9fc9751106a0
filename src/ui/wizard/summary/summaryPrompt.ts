import { l10n } from 'vscode';
import pMap from 'p-map';
import { findServerKey, type Creation } from '../../../core/creation/creation';
import { reading } from '../../../core/checks/facts';
import type { Finding } from '../../../core/errors/finding';
import type { Planned } from '../../../core/checks/readFacts';
import { createOne } from '../../creation/createOne';
import { preflightReader } from '../../runChecks';
import { runFix } from '../../fixes/runFix';
import { checksBeforeCreation } from '../../configuration';
import type { Services } from '../../services';
import { chosenKeys } from '../chosenKeys';
import { subscriptionNames } from '../serverPicks';
import { pick } from '../../quickPick';
import { required, type CreateServerKeyAnswers, type Question } from '../answers';
import { distinctFindings } from './summaryChecks';
import type { Summary } from './summary';
import { summaryRows, type Decision } from './summaryRows';

/** Server keys checked at once, each with some ten requests. */
const parallel = 4;

export const confirm = (services: Services): Question => ({
  id: 'confirm',
  needed: () => true,
  async ask(ui, answers, course) {
    let summary: Summary | undefined;
    let showAll = answers.checkOnly ?? false;
    for (;;) {
      const items = async (signal: AbortSignal) => {
        summary ??= await readSummary(services, answers, signal);
        return summaryRows(summary, course, showAll);
      };
      const decision = await pick<Decision>(ui, items, {
        placeHolder: l10n.t('Check what is going to happen, then start it; choose a row to change, fix or copy it'),
        loadingPlaceHolder: l10n.t('Checking server, vault and key…'),
      });
      switch (decision.kind) {
        case 'create':
          answers.confirmed = required(summary).creations;
          return;
        case 'backTo':
          return course.backTo(decision.question);
        case 'showAll':
          showAll = true;
          break;
        case 'fix':
          await runFix(services, decision.found, (creation) => createOne(services, creation));
          summary = undefined;
      }
    }
  },
});

async function readSummary(services: Services, answers: CreateServerKeyAnswers, signal: AbortSignal): Promise<Summary> {
  const { newKey } = answers;
  const servers = required(answers.servers);
  const { subscriptions } = await services.inventory.get();
  const { vault, keys } = await chosenKeys(services, answers, signal);
  const planned = servers.flatMap((server) =>
    keys.map(({ id }): Planned => ({ server, key: id, vault, isNew: newKey !== undefined })),
  );
  const isWanted = answers.checkOnly ?? checksBeforeCreation();
  const checked = await checkAll(services, planned, isWanted, signal);
  const counted = checked.filter(({ creation }) => answers.checkOnly ?? !creation.existing);
  return {
    servers,
    subscriptionName: subscriptionNames(subscriptions),
    vault,
    keys,
    newKey,
    creations: checked.map(({ creation }) => creation),
    findings: distinctFindings(counted.flatMap(({ findings }) => findings)),
  };
}

interface CheckedCreation {
  readonly creation: Creation;
  readonly findings: readonly Finding[];
}

/** What cannot be read is no reason to stop: it is the service that decides. */
async function checkAll(
  services: Services,
  planned: readonly Planned[],
  isWanted: boolean,
  signal: AbortSignal,
): Promise<readonly CheckedCreation[]> {
  const { serverKeys } = await services.azure.get();
  const check = await preflightReader(services, signal);
  const checkOne = async (plan: Planned): Promise<CheckedCreation> => {
    const { facts, findings } = isWanted
      ? await check(plan)
      : { facts: { serverKeys: await reading(serverKeys.list(plan.server, signal)) }, findings: [] };
    const existing = findServerKey(facts.serverKeys.value ?? [], plan.key);
    return { creation: { ...plan, ...(existing && { existing }) }, findings };
  };
  return pMap(planned, checkOne, { concurrency: parallel });
}
