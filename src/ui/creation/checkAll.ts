import { l10n } from 'vscode';
import type { Creation } from '../../core/creation/creation';
import type { Finding } from '../../core/errors/finding';
import { readWithProgress, type Progress } from '../progress';
import { creationChecker } from '../runChecks';
import type { Services } from '../services';
import { checkEach, parallelChecks } from './checkEach';

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
  const readAll = ({ signal: ended, report }: Progress): Promise<void> =>
    checkEach(planned, read, (index, complete) => (creations[index] = complete), {
      signal: AbortSignal.any([signal, ended]),
      report,
    });
  if (planned.length <= parallelChecks) {
    await readAll({ signal, report: () => undefined });
    return creations;
  }
  await readWithProgress(services, l10n.t('Checking the server keys…'), readAll);
  return withChecks ? creations.map((creation) => ({ findings: [stopped(creation)], ...creation })) : creations;
}

const stopped = ({ server }: Creation): Finding => ({
  outcome: 'unknown',
  text: l10n.t('Could not be checked: the server key on "{0}"', server.name),
  detail: l10n.t('The checks were canceled.'),
  codes: [],
});
