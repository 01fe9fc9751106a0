import { l10n } from 'vscode';
import { isAzureFix, type AzureFix } from '../../core/checks/describeFix';
import { isGroupFix } from '../../core/checks/describeFixes';
import type { CreationOutcome } from '../../core/creation/creationReport';
import { byCause } from '../../core/creation/outcomeDocument';
import { applyFixes } from '../fixes/applyFixes';
import { offerRevalidation } from '../fixes/offerRevalidation';
import { fixesOf, revalidate, runFix, titleOf, type FoundFix } from '../fixes/runFix';
import { withResult, type Action } from '../messages';
import { pickAction } from '../quickPick';
import type { Services } from '../services';

/** What fixes the failures with one error code: several fixes of one kind, or a single one. */
interface CauseFix {
  readonly code: string;
  readonly found: readonly FoundFix<AzureFix>[];
}

/**
 * The button that fixes the causes of the failures of a run. It returns true if the user leaves the list of causes.
 * @param retry creates again what failed. It waits until a fix of failures with this error code takes effect.
 */
export function fixCauses(
  services: Services,
  outcomes: readonly CreationOutcome[],
  retry: (code: string) => Promise<void>,
): readonly Action<boolean>[] {
  const fixes = causeFixes(outcomes);
  const actions = fixes.map((fix) => {
    const applyThenRetry = async () => {
      if (await apply(services, fix)) await retry(fix.code);
    };
    return withResult({ title: labelOf(fix), run: applyThenRetry }, false);
  });
  if (actions.length < 2) return actions;
  const choose = async () =>
    (await pickAction(services, l10n.t('Fix Causes'), l10n.t('Which cause do you want to fix?'), actions)) ?? true;
  return [{ title: l10n.t('Fix Causes…'), run: choose }];
}

function causeFixes(outcomes: readonly CreationOutcome[]): readonly CauseFix[] {
  return byCause(outcomes).flatMap((failures): CauseFix[] => {
    const code = failures[0]?.diagnosis.code ?? '';
    const all = failures.flatMap(({ diagnosis: { evidence } }) =>
      evidence && !evidence.isSuspicion ? fixesOf(evidence.found) : [],
    );
    const changes = distinct(all.flatMap(({ fix, finding }) => (isAzureFix(fix) ? [{ fix, finding }] : [])));
    const kinds = [...new Set(changes.map(({ fix }) => fix.kind))];
    return kinds
      .map((kind) => ({ code, found: changes.filter(({ fix }) => fix.kind === kind) }))
      .filter(({ found }) => found.length === 1 || found.every(({ fix }) => isGroupFix(fix)));
  });
}

/** Several servers may need the same change, for example of one vault. */
function distinct(found: readonly FoundFix<AzureFix>[]): readonly FoundFix<AzureFix>[] {
  return [...new Map(found.map((one) => [JSON.stringify(one.fix), one])).values()];
}

function labelOf({ found }: CauseFix): string {
  const [first] = found;
  const title = first ? titleOf(first.fix) : '';
  return found.length === 1 ? title : l10n.t('{0} ({1} changes)', title, found.length);
}

async function apply(services: Services, { found }: CauseFix): Promise<boolean> {
  const [first, ...others] = found;
  if (first && others.length === 0) return (await runFix(services, first, () => Promise.resolve(false))).isFixed;
  const fixes = found.flatMap(({ fix }) => (isGroupFix(fix) ? [fix] : []));
  const isFixed = await applyFixes(services, fixes);
  if (isFixed) void offerRevalidation(services, fixes, (server) => revalidate(services, server));
  return isFixed;
}
