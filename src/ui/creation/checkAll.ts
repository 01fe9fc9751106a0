import pMap from 'p-map';
import { l10n } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import type { Finding } from '../../core/errors/finding';
import { readWithProgress, type Progress } from '../progress';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';

/** How many server keys are checked at once, each with about five requests. Azure allows 25 requests a second in a subscription. */
const parallel = 8;

/**
 * Checks the creations of a run. If there are many, shows how many are checked; Cancel there ends the checks, and the rest is reported
 * as not checked. A fact that can't be read doesn't block the creation, because Azure decides.
 * @param withChecks false to read only what is shown when the checks are turned off
 * @param signal aborts everything
 */
export async function checkAll(
  services: Services,
  planned: readonly Creation[],
  withChecks: boolean,
  signal: AbortSignal,
): Promise<readonly Creation[]> {
  const { check, look } = creationChecker(services, planned);
  const read = withChecks ? check : look;
  const creations = [...planned];
  const readAll = async ({ signal: ended, report }: Progress): Promise<void> => {
    const either = AbortSignal.any([signal, ended]);
    let done = 0;
    let problems = 0;
    const readOne = async ([i, creation]: [number, Creation]): Promise<void> => {
      const complete = await read(creation, either);
      creations[i] = complete;
      done += 1;
      if (complete.findings?.some(({ outcome }) => outcome === 'fail')) problems += 1;
      report(progressText(done, planned.length, problems));
    };
    await pMap(planned.entries(), readOne, { concurrency: parallel, signal: either });
  };
  if (planned.length <= parallel) {
    await readAll({ signal, report: () => undefined });
    return creations;
  }
  await readWithProgress(services, l10n.t('Checking the server keys…'), readAll);
  return withChecks ? creations.map((creation) => ({ findings: [stopped(creation)], ...creation })) : creations;
}

const progressText = (done: number, all: number, problems: number): string =>
  problems === 0 ? l10n.t('{0} of {1}', done, all) : l10n.t('{0} of {1}, {2} with problems', done, all, problems);

const stopped = ({ server }: Creation): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: the server key on "{0}"', server.name),
  detail: l10n.t('The checks were canceled.'),
  codes: [],
});
