import * as l10n from '@vscode/l10n';
import pMap from 'p-map';
import type { Creation } from '../../core/creation/creation';
import type { Progress } from '../progress';

/** How many server keys are checked at once, each with about five requests. Azure allows 25 requests a second in a subscription. */
export const parallelChecks = 8;

/**
 * Checks creations side by side, and reports after each how many are checked and how many of them have problems.
 * @param onChecked gets the index of a creation and its complete form
 */
export async function checkEach(
  planned: readonly Creation[],
  read: (creation: Creation, signal: AbortSignal) => Promise<Creation>,
  onChecked: (index: number, complete: Creation) => void,
  { signal, report }: Progress,
): Promise<void> {
  let done = 0;
  let problems = 0;
  const checkOne = async ([index, creation]: [number, Creation]): Promise<void> => {
    const complete = await read(creation, signal);
    onChecked(index, complete);
    done += 1;
    if (complete.findings?.some(({ outcome }) => outcome === 'fail')) problems += 1;
    report(
      problems === 0
        ? l10n.t('Checked {0} of {1}', done, planned.length)
        : l10n.t('Checked {0} of {1}: {2} with problems', done, planned.length, problems),
    );
  };
  await pMap(planned.entries(), checkOne, { concurrency: parallelChecks, signal });
}
