import { l10n } from 'vscode';
import { databaseId } from '../../core/armId';
import type { Finding } from '../../core/errors/finding';
import { describeChange } from '../../core/operations/operationTexts';
import type { DatabaseSide } from '../../core/plan/databaseGroup';
import {
  changeOfStep,
  databaseSteps,
  isStepDone,
  stepFor,
  type DatabaseStep,
  type WantedKey,
} from '../../core/plan/databasePlan';
import { stepOfFix } from '../../core/plan/singleStep';
import { lagging } from '../../core/plan/planState';
import { shortKeyName } from '../../core/plan/planTexts';
import type { Azure } from '../../core/ports';
import { checkKey } from '../fixes/databaseObstacles';
import { asParagraphs, rightsObstacles } from '../fixes/rightsObstacles';
import { fixesOf, isQuestion, runFix, titleOf } from '../fixes/runFix';
import { copyOrSave } from '../handOver/copyPlan';
import { askModal, withResult, type Action } from '../messages';
import { readWithProgress } from '../progress';
import type { Services } from '../services';

/**
 * Checks replicated databases with their own identities, and asks for consent to the steps that are left. If a check fails, nothing may
 * be changed yet.
 * @param again repeats the command after a fix
 */
export async function confirmDatabaseSteps(
  services: Services,
  sides: readonly [DatabaseSide, ...DatabaseSide[]],
  wanted: WantedKey,
  again: () => Promise<void>,
): Promise<boolean> {
  const azure = await services.azure.get();
  const { name } = sides[0].database;
  const steps = databaseSteps(sides, wanted);
  const left = steps.filter((step) => !isStepDone(step));
  const checking = l10n.t('Checking the databases that replicate with "{0}"…', name);
  const read = await readWithProgress(services, checking, async ({ signal }) => {
    const [findings, rights] = await Promise.all([
      problemsOf(services, azure, sides, left, signal),
      rightsOf(azure, left),
    ]);
    return { findings, rights };
  });
  if (!read) return false;
  const failing = read.findings.filter(({ outcome }) => outcome === 'fail');
  const obstacles = asParagraphs(read.findings) + read.rights;
  const question = questionFor(name, wanted);
  if (failing.length > 0) {
    const detail = obstacles + l10n.t('Fix this first. Until then, nothing is changed.');
    await askModal('warning', question, detail, ...fixesFor(services, failing, again));
    return false;
  }
  const verb = wanted.autoRotation === undefined ? l10n.t('Add Key') : l10n.t('Make TDE Protector');
  const detail = obstacles + detailOf(steps, left, wanted);
  const handOver = withResult(handOverOf(services, sides, wanted, left), false);
  return (await askModal('warning', question, detail, { title: verb, run: () => true }, handOver)) ?? false;
}

/** Copies all steps that are left, or saves the change of the database that the user chose: when it runs, its replicas are found again. */
function handOverOf(
  services: Services,
  sides: readonly [DatabaseSide, ...DatabaseSide[]],
  wanted: WantedKey,
  left: readonly DatabaseStep[],
): Action {
  const [chosen] = sides;
  const servers = sides.map(({ server }) => ({ server }));
  const plan = { first: chosen.server, servers, steps: left.map(stepOfFix) };
  const saved = stepOfFix(stepFor(chosen, wanted));
  return { title: l10n.t('Copy or Save…'), run: () => copyOrSave(services, saved, plan) };
}

/** What the checks of each database that changes find, without what passed. */
async function problemsOf(
  services: Services,
  azure: Azure,
  sides: readonly DatabaseSide[],
  left: readonly DatabaseStep[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const checked = await Promise.all(
    oncePerDatabase(left).map(async (step) =>
      (await checkKey(services, azure, step, signal)).map((finding) => ({
        ...finding,
        // The databases have the same name.
        text: l10n.t('{0}: {1}', step.server.name, finding.text),
      })),
    ),
  );
  return [...lagging(sides), ...checked.flat()].filter(({ outcome }) => outcome !== 'pass');
}

async function rightsOf(azure: Azure, left: readonly DatabaseStep[]): Promise<string> {
  const texts = await Promise.all(
    oncePerDatabase(left).map(({ kind, server, database }) =>
      rightsObstacles(azure, kind, [databaseId(server, database.name)]),
    ),
  );
  return texts.join('');
}

const oncePerDatabase = (steps: readonly DatabaseStep[]): readonly DatabaseStep[] =>
  steps.filter((step, i) => steps.findIndex(({ database }) => database === step.database) === i);

/** The best fix, followed by the command. */
const fixesFor = (services: Services, failing: readonly Finding[], again: () => Promise<void>): readonly Action[] =>
  fixesOf(failing)
    .flatMap(({ fix, finding }) => {
      if (isQuestion(fix)) return [];
      const run = async () => {
        if ((await runFix(services, { fix, finding }, () => Promise.resolve(false))).isFixed) await again();
      };
      return [{ title: titleOf(fix), run }];
    })
    .slice(0, 1);

function questionFor(name: string, { uri, autoRotation }: WantedKey): string {
  const key = shortKeyName(uri);
  return autoRotation === undefined
    ? l10n.t('Add the key "{0}" to the database "{1}" and its replicas?', key, name)
    : l10n.t('Make "{0}" the TDE protector of the database "{1}" and its replicas?', key, name);
}

const detailOf = (
  steps: readonly DatabaseStep[],
  left: readonly DatabaseStep[],
  { uri, autoRotation }: WantedKey,
): string =>
  [
    l10n.t('Key identifier: {0}', uri),
    ...(left.length < steps.length
      ? [l10n.t('{0} of {1} steps are done. The others:', steps.length - left.length, steps.length)]
      : []),
    ...left.map((step) => `${steps.indexOf(step) + 1}. ${describeStep(step)}`),
    '',
    l10n.t('The databases are read before each step. The first problem stops the rest.'),
    autoRotation === undefined
      ? l10n.t('Can be undone: remove the key from the databases in the portal or with Azure CLI.')
      : l10n.t('Can be undone: make the former key the TDE protector again. Keep it, because backups may need it.'),
  ].join('\n');

/** A step as a line of a list. */
export const describeStep = (step: DatabaseStep): string => describeChange(changeOfStep(step));
