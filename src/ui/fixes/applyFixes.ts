import pMap from 'p-map';
import { l10n } from 'vscode';
import { describeFixes, type GroupFix } from '../../core/checks/describeFixes';
import { logFailure } from '../failures/report';
import { confirm, notify } from '../messages';
import { waitForTurn } from '../operations/waitForTurn';
import { changeWithProgress } from '../progress';
import type { Services } from '../services';
import { scopesOf, send } from './applyFix';
import { rightsObstacles } from './rightsObstacles';

/** How many fixes are applied at once, each to another resource. */
const parallel = 4;
/** On how many resources the rights are read before the consent. */
const maxRead = 3;

/**
 * Shows what several fixes of one kind change, and on how many resources, and applies them with one consent. A failure doesn't stop
 * the others.
 * @returns whether at least one was applied
 */
export async function applyFixes(services: Services, fixes: readonly GroupFix[]): Promise<boolean> {
  const [first] = fixes;
  if (!first) return false;
  const answered = services.questions.askedFromNow();
  const azure = await services.azure.get();
  const { question, detail, verb, progress: title } = describeFixes(fixes);
  const scopes = [...new Set(fixes.flatMap(scopesOf))].slice(0, maxRead);
  const obstacles = await rightsObstacles(azure, first.kind, scopes);
  await answered();
  if (!(await confirm(question, obstacles + detail, verb))) return false;
  const servers = fixes.flatMap((fix) => (fix.kind === 'assignIdentity' ? [fix.server] : []));
  if (!(await waitForTurn(services, servers))) return false;
  const stopped = () =>
    l10n.t('Stopped waiting. Azure may still apply the changes that were started. No other changes start.');
  const { isCanceled, end } = await changeWithProgress(services, title, stopped, async ({ signal, report }) => {
    let made = 0;
    const apply = async (group: readonly GroupFix[]): Promise<void> => {
      for (const fix of group) {
        if (signal.aborted) return;
        try {
          await send(azure, fix);
          report(l10n.t('{0} of {1}', ++made, fixes.length));
        } catch (error) {
          logFailure(services, error);
        }
      }
    };
    await pMap(byResource(fixes), apply, { concurrency: parallel });
    return made;
  });
  const made = await end;
  if (made < fixes.length) {
    void notify(
      'warning',
      l10n.t('{0} of {1} changes made. The log has the reasons for the others.', made, fixes.length),
    );
  }
  return made > 0 && !isCanceled;
}

/** Azure refuses two changes of one resource at a time. */
function byResource(fixes: readonly GroupFix[]): readonly (readonly GroupFix[])[] {
  const groups = new Map<string, readonly GroupFix[]>();
  for (const fix of fixes) {
    const resource = scopesOf(fix).join();
    groups.set(resource, [...(groups.get(resource) ?? []), fix]);
  }
  return [...groups.values()];
}
