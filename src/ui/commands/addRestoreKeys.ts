import type { IActionContext } from '@microsoft/vscode-azext-utils';
import { l10n, ThemeIcon } from 'vscode';
import { sameId } from '../../core/armId';
import { parseKeyIdentifier } from '../../core/keys/keyIdentifier';
import type { SqlServer } from '../../core/model';
import { restoreDocument, restorePlan, type KeyTimes, type RestorePlan } from '../../core/plan/restorePlan';
import type { SavedRestore } from '../../core/plan/savedRestore';
import { utcMinute } from '../../core/text';
import { isReadOnly } from '../configuration';
import { orProblem } from '../failures/listProblems';
import { offer, withResult, type Action } from '../messages';
import { copyPlan } from '../handOver/copyPlan';
import { readWithProgress } from '../progress';
import { pick, type Item } from '../quickPick';
import { newPlan, savePlan } from '../handOver/savePlan';
import { showMarkdown } from '../showMarkdown';
import type { Services } from '../services';
import { serverItems } from '../wizard/serverPicks';
import { createFor } from './createServerKey';
import type { Handler } from './handler';
import { askForLogicalServer } from './targets';

/** Finds the keys that a server lacks to restore a backup of another server, and creates their server keys after consent. */
export const addRestoreKeys: Handler = (services) => async (context, args) => {
  const target = await askForLogicalServer(services, context, args, l10n.t('Find Keys for a Restore'));
  await findRestoreKeys(services, context, target);
};

/** @param times those that the error of a restore names; otherwise, the user chooses a backup */
export async function findRestoreKeys(
  services: Services,
  context: IActionContext,
  target: SqlServer,
  times?: KeyTimes,
): Promise<void> {
  const source = await pickSource(services, context, target);
  const range = times ?? (await pickBackup(services, context, source));
  const title = l10n.t('Comparing the server keys of "{0}" and "{1}"…', source.name, target.name);
  const plan = await readWithProgress(services, title, async ({ signal }) => {
    const { serverKeys } = await services.azure.get();
    const [theirs, own] = await Promise.all([source, target].map((server) => serverKeys.list(server, signal)));
    return restorePlan([source, theirs ?? []], [target, own ?? []], range);
  });
  if (plan) await offerRestore(services, context, target, plan);
}

/** Creates the server keys of a saved plan that the server still lacks, after consent. */
export async function offerRestoreKeys(
  services: Services,
  context: IActionContext,
  saved: SavedRestore,
): Promise<void> {
  const title = l10n.t('Comparing the server keys of "{0}" with the plan…', saved.target.name);
  const read = await readWithProgress(services, title, async ({ signal }) => {
    const { sqlServers, serverKeys } = await services.azure.get();
    const [target, keys] = await Promise.all([
      sqlServers.get(saved.target, signal),
      serverKeys.list(saved.target, signal),
    ]);
    return { target, plan: restorePlan([saved.source, saved.needed], [target, keys], saved.times) };
  });
  if (read) await offerRestore(services, context, read.target, read.plan);
}

async function offerRestore(
  services: Services,
  context: IActionContext,
  target: SqlServer,
  plan: RestorePlan,
): Promise<void> {
  await showMarkdown(l10n.t('Restore to {0}', target.name), restoreDocument(plan));
  if (plan.steps.length > 0) await offerCreation(services, context, target, plan);
}

async function offerCreation(
  services: Services,
  context: IActionContext,
  target: SqlServer,
  plan: RestorePlan,
): Promise<void> {
  const keys = plan.steps.flatMap(({ keyIdentifier }) => {
    const parsed = parseKeyIdentifier(keyIdentifier, services.cloud());
    return parsed.ok ? [parsed.key] : [];
  });
  const create: Action = {
    title: l10n.t('Create Server Keys…'),
    run: () => createFor(services, context, { servers: [target], asProtector: 'never' }, ...keys),
  };
  const copied = { first: target, servers: [{ server: target }], steps: plan.steps };
  const { source, times, needed } = plan;
  const saved = newPlan(services, { source, target, times, needed });
  await offer(
    'info',
    l10n.t('"{0}" lacks {1} of {2} keys that the restore may need.', target.name, plan.steps.length, needed.length),
    ...(isReadOnly() ? [] : [withResult(create, false)]),
    withResult({ title: l10n.t('Save Plan…'), run: () => savePlan(services, saved, target) }, true),
    withResult({ title: l10n.t('Copy As…'), run: () => copyPlan(services, copied) }, true),
  );
}

function pickSource(services: Services, context: IActionContext, target: SqlServer): Promise<SqlServer> {
  const all = serverItems(services);
  const others = async (signal: AbortSignal): Promise<Item<SqlServer>[]> =>
    (await all(signal)).filter(({ data }) => !data || !sameId(data.id, target.id));
  return pick(context.ui, others, {
    title: l10n.t('Find Keys for a Restore to "{0}"', target.name),
    placeHolder: l10n.t('Select the server that the backup comes from'),
    loadingPlaceHolder: l10n.t('Loading SQL servers…'),
  });
}

/** Asks for a long-term backup, or for all keys. A backup needs no key that was created after it. */
function pickBackup(services: Services, context: IActionContext, source: SqlServer): Promise<KeyTimes> {
  const any = { label: l10n.t('Any backup: all keys of "{0}"', source.name), iconPath: new ThemeIcon('key'), data: {} };
  const longTerm = (signal: AbortSignal): Promise<Item<KeyTimes>[]> =>
    orProblem<KeyTimes>(services, l10n.t('Can\'t list the long-term backups of "{0}"', source.name), async () => {
      const { backups } = await services.azure.get();
      const taken = await backups.listLongTerm(source, signal);
      return taken
        .toSorted((a, b) => (b.taken?.getTime() ?? 0) - (a.taken?.getTime() ?? 0))
        .map(({ database, taken: time }) => ({
          label: database,
          iconPath: new ThemeIcon('archive'),
          description: time ? utcMinute(time) : '',
          group: l10n.t('long-term backups'),
          data: time ? { to: time } : {},
        }));
    });
  return pick(context.ui, async (signal) => [any, ...(await longTerm(signal))], {
    title: l10n.t('Find Keys for a Restore'),
    placeHolder: l10n.t('Select the backup of "{0}"', source.name),
    loadingPlaceHolder: l10n.t('Loading long-term backups…'),
  });
}
